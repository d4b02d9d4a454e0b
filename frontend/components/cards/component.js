const WAIT_NOTE_MS = 1000;
const GIVE_UP_MS = 8000;
const DOUBLE_CLICK_MS = 400;
const IMAGE_RETRY_MS = 2000;
const IMAGE_RETRIES = 5;
const GLIDE = { duration: 300, easing: "cubic-bezier(.2,.7,.2,1)" };

export default function (component) {
  return mount(component, createGrid);
}

function createGrid(root, current, show) {
  const grid = make("div", "grid");
  const placard = make("div", "placard");
  placard.setAttribute("role", "status");
  const waiting = make("p", "waiting", "Still waiting for the recommenders…");
  root.append(grid, placard, waiting);
  // The places drawn before the script ran have done their work.
  document.getElementById("df-curtain")?.remove();

  const cards = new Map();
  let data = { films: [] };
  let pending = null;
  let timers = [];
  let arrived = 0;

  function settle() {
    pending = null;
    timers.forEach(clearTimeout);
    timers = [];
    root.classList.remove("busy", "late");
    for (const card of cards.values()) card.node.classList.remove("picked");
  }

  function press(card, clicks = 1) {
    // One answer at a time: a second click on the same slate would race the first. The second
    // half of a double click may fall on the card that took the first one's place.
    if (pending || data.closed) return;
    if (clicks > 1 && performance.now() - arrived < DOUBLE_CLICK_MS) return;
    pending = { view: data.view, movie_id: card.film.id, ranking_id: card.ranking };
    root.classList.add("busy");
    card.node.classList.add("picked");
    timers = [
      setTimeout(() => root.classList.add("late"), WAIT_NOTE_MS),
      setTimeout(settle, GIVE_UP_MS),
    ];
    if (card.film.source) {
      window.dispatchEvent(
        new CustomEvent("double-feature:like", { detail: { source: card.film.source } }),
      );
    }
    send(pending);
  }

  // The answer is drawn as it comes; Streamlit is told once it is on screen, and draws the rest.
  async function send(wish) {
    let parts = null;
    try {
      parts = await ask(wish);
    } catch {
      // No answer, or none with films: the page's script does it instead. Nothing is liked twice,
      // for the backend counts a card of a ranking once.
    }
    if (!root.isConnected) return;
    if (!parts && pending === wish) {
      current().setTriggerValue("press", { movie_id: wish.movie_id, ranking_id: wish.ranking_id });
      return;
    }
    if (parts) show(parts.cards);
    afterPaint(() => {
      if (parts) window.dispatchEvent(new CustomEvent(PARTS, { detail: parts }));
      afterPaint(() => root.isConnected && current().setTriggerValue("drawn", parts?.cards.turn ?? 0));
    });
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!/^[0-9]$/.test(event.key) || typing(event)) return;
    const place = event.key === "0" ? 10 : Number(event.key);
    for (const card of cards.values()) {
      if (card.film.position === place) {
        event.preventDefault();
        press(card);
        return;
      }
    }
  }
  document.addEventListener("keydown", onKey);

  // A held Enter would press card after card.
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat) event.preventDefault();
  });

  function draw(next) {
    const before = new Map();
    const origin = root.getBoundingClientRect();
    for (const [id, card] of cards) before.set(id, card.node.getBoundingClientRect());
    const focused = root.getRootNode().activeElement;
    const focusedId = focused?.dataset?.movieId;
    const focusedPlace = focused?.dataset?.position;
    const liked = pending?.movie_id;
    const fresh = next.turn !== data.turn;
    data = next;
    if (fresh) {
      settle();
      arrived = performance.now();
    }

    const films = next.films ?? [];
    root.classList.toggle("starting", !next.ranking_id);
    root.classList.toggle("closed", Boolean(next.closed));
    root.classList.toggle("empty", films.length === 0);
    const columns = next.ranking_id ? Math.max(5, Math.ceil(films.length / 2)) : 6;
    root.style.setProperty("--columns", columns);
    drawPlacard(placard, next);

    const wanted = new Set(films.map((film) => film.id));
    for (const [id, card] of cards) {
      if (wanted.has(id)) continue;
      cards.delete(id);
      leave(root, card.node, before.get(id), origin, id === liked);
    }

    const sources = new Map((next.sources ?? []).map((source) => [source.name, source]));
    films.forEach((film, index) => {
      let card = cards.get(film.id);
      if (!card) {
        card = createCard(film, press);
        cards.set(film.id, card);
      }
      card.film = film;
      card.ranking = next.ranking_id ?? "";
      drawCard(card, sources, Boolean(next.closed));
      if (grid.children[index] !== card.node) grid.insertBefore(card.node, grid.children[index] ?? null);
    });

    if (!calm() && document.visibilityState === "visible") {
      // All places are read before anything moves: one layout instead of ten.
      const nodes = films.map((film) => cards.get(film.id).node);
      const places = nodes.map((node) => node.getBoundingClientRect());
      films.forEach((film, i) => enter(nodes[i], before.get(film.id), places[i], i));
    }
    if (focusedId && root.getRootNode().activeElement?.dataset?.movieId !== focusedId) {
      const same = cards.get(focusedId);
      const there = same ?? [...cards.values()].find((c) => String(c.film.position) === focusedPlace);
      there?.node.focus({ preventScroll: true });
    }
  }

  return {
    draw,
    leave() {
      document.removeEventListener("keydown", onKey);
      timers.forEach(clearTimeout);
    },
  };
}

async function ask(wish) {
  const response = await fetch("/press", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
    priority: "high",
  });
  if (!response.ok) throw new Error(`/press answered ${response.status}`);
  const parts = await response.json();
  if (!Array.isArray(parts?.cards?.films)) throw new Error("/press answered without films");
  return parts;
}

function createCard(film, press) {
  const node = make("button", "card");
  node.type = "button";
  const frame = make("span", "frame");
  const image = make("img", "poster");
  image.alt = "";
  image.width = 480;
  image.height = 720;
  image.decoding = "async";
  let retries = 0;
  image.addEventListener("load", () => node.classList.remove("bare"));
  image.addEventListener("error", () => {
    node.classList.add("bare");
    const path = image.getAttribute("src");
    if (path && retries++ < IMAGE_RETRIES) {
      setTimeout(() => node.isConnected && (image.src = path), IMAGE_RETRY_MS);
    }
  });
  const bareTitle = make("span", "bare-title");
  const key = make("span", "key");
  const badge = make("span", "badge");
  const why = make("span", "why");
  const heart = drawing("0 0 24 24", "heart", [
    ["path", { d: "M12 21s-7.5-4.7-9.7-9.1C.6 8.3 2.6 4.5 6.2 4.5c2.2 0 4 1.2 5.8 3.5 1.8-2.3 3.6-3.5 5.8-3.5 3.6 0 5.6 3.8 3.9 7.4C19.5 16.3 12 21 12 21z" }],
  ]);
  frame.append(image, bareTitle, why, key, heart);
  const caption = make("span", "caption");
  const title = make("span", "title");
  const line = make("span", "line");
  const proof = make("span", "proof");
  const because = make("span", "because");
  caption.append(badge, title, line, proof, because);
  node.append(frame, caption);
  const card = { node, film, image, bareTitle, key, badge, why, title, line, proof, because };
  node.addEventListener("click", (event) => press(card, event.detail));
  return card;
}

function drawCard(card, sources, closed) {
  const { node, film } = card;
  const source = sources.get(film.source);
  setAttribute(node, "data-testid", card.ranking ? "movie-card" : "starter-card");
  setAttribute(node, "data-movie-id", film.id);
  setAttribute(node, "data-position", film.position);
  setAttribute(node, "data-source", film.source ?? "");
  setAttribute(node, "data-ranking-id", card.ranking);
  node.disabled = closed;
  const details = [film.year, film.by].filter(Boolean).join(" · ");
  setText(card.title, film.title);
  card.title.title = film.title;
  setText(card.line, details);
  setText(card.because, source ? film.reason : "");
  setText(card.bareTitle, film.title);
  setText(card.key, film.position <= 10 ? String(film.position % 10) : "");

  const path = safePoster(film.poster);
  if (!path) node.classList.add("bare");
  else if (card.image.getAttribute("src") !== path) card.image.src = path;
  card.image.alt = `Poster of ${film.title}`;
  node.style.setProperty("--tone", safeColor(film.palette?.[0]?.hex));
  node.style.setProperty("--source", safeColor(source?.color));

  card.badge.replaceChildren();
  if (source) card.badge.append(glyph(source), make("span", "", source.label));
  drawProof(card.proof, source ? film.evidence : null);
  drawWhy(card.why, film, source, sources);

  const offered = source ? `. ${source.label}: ${film.reason || source.verb}` : "";
  setAttribute(node, "aria-label", `${film.title}, ${details}${offered}`);
}

function drawPlacard(placard, data) {
  placard.replaceChildren();
  if (!data.closed) return;
  placard.append(make("strong", "", "Intermission"), make("span", "", data.closed));
}

// A card that stays glides from where it was; a new one fades in.
function enter(node, was, now, index) {
  if (!was) {
    node.animate(
      [
        { opacity: 0, transform: "translateY(10px) scale(.985)" },
        { opacity: 1, transform: "none" },
      ],
      { ...GLIDE, duration: 260, delay: Math.min(index, 10) * 14, fill: "backwards" },
    );
    return;
  }
  const dx = was.left - now.left;
  const dy = was.top - now.top;
  if (Math.abs(dx) + Math.abs(dy) < 1) return;
  node.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], GLIDE);
}

// A card that goes fades out where it was, without holding its place; the liked one rises.
function leave(root, node, was, origin, liked) {
  if (calm() || document.visibilityState !== "visible" || !was?.width) {
    node.remove();
    return;
  }
  const ghost = node;
  for (const name of ["data-testid", "data-movie-id"]) ghost.removeAttribute(name);
  ghost.setAttribute("aria-hidden", "true");
  ghost.disabled = true;
  ghost.classList.add("ghost");
  Object.assign(ghost.style, {
    left: `${was.left - origin.left}px`,
    top: `${was.top - origin.top}px`,
    width: `${was.width}px`,
  });
  root.append(ghost);
  const away = liked
    ? [{ opacity: 1, transform: "none" }, { opacity: 0, transform: "translateY(-36px) scale(1.05)" }]
    : [{ opacity: 1 }, { opacity: 0 }];
  const animation = ghost.animate(away, { duration: liked ? 340 : 180, easing: "ease-out" });
  animation.onfinish = animation.oncancel = () => ghost.remove();
}
