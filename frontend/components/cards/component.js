const DIM_MS = 300;
const WAIT_NOTE_MS = 1000;
const GIVE_UP_MS = 8000;
const DOUBLE_CLICK_MS = 400;
const OLD_POSTER_MS = 120;
const IMAGE_RETRY_MS = 2000;
const IMAGE_RETRIES = 5;
const LIKE = "double-feature:like";
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
  let picked = null;
  let timers = [];
  let arrived = 0;

  function settle() {
    pending = null;
    timers.forEach(clearTimeout);
    timers = [];
    root.classList.remove("busy", "late");
    picked?.node.classList.remove("picked");
    picked = null;
  }

  function press(card, clicks = 1) {
    // One answer at a time: a second click on the same slate would race the first. The second
    // half of a double click may fall on the card that took the first one's place.
    if (pending || data.closed) return;
    if (clicks > 1 && performance.now() - arrived < DOUBLE_CLICK_MS) return;
    pending = { view: data.view, movie_id: card.film.id, ranking_id: card.ranking };
    picked = card;
    card.frame.append(card.heart ??= drawing("0 0 24 24", "heart", HEART));
    card.node.classList.add("picked");
    // Only what takes long is shown to take long: to dim nine posters is work for the browser too.
    timers = [
      setTimeout(() => root.classList.add("busy"), DIM_MS),
      setTimeout(() => root.classList.add("late"), WAIT_NOTE_MS),
      setTimeout(settle, GIVE_UP_MS),
    ];
    send(pending, card.film.source);
  }

  // The answer is drawn as it comes; Streamlit is told once it is on screen, and draws the rest.
  async function send(wish, source) {
    let parts = null;
    try {
      parts = await ask(wish);
    } catch {
      // No answer, or none with films: the page's script does it instead. Nothing is liked twice,
      // for the backend counts a card of a ranking once.
    }
    if (!root.isConnected) return;
    if (!parts && pending === wish) {
      tell(current(), "press", { movie_id: wish.movie_id, ranking_id: wish.ranking_id });
      return;
    }
    if (parts) show(parts.cards);
    afterPaint(() => {
      if (parts) window.dispatchEvent(new CustomEvent(PARTS, { detail: parts }));
      if (source) window.dispatchEvent(new CustomEvent(LIKE, { detail: { source } }));
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
    const films = next.films ?? [];
    const wanted = new Set(films.map((film) => film.id));
    const focused = root.getRootNode().activeElement;
    const focusedId = focused?.dataset?.movieId;
    const focusedPlace = focused?.dataset?.position;
    const likedId = pending?.movie_id;
    const moves = !calm() && document.visibilityState === "visible";

    // Places are read before anything changes, and never after: they are the same for all slates
    // of one number of columns, and reading one of a changed page would compute it on the spot.
    const columns = next.ranking_id ? Math.max(5, Math.ceil(films.length / 2)) : 6;
    const places = new Map();
    if (moves) for (const { film, node } of cards.values()) places.set(film.position, placeOf(node));
    const free = new Map();
    const gone = [];
    const were = new Map();
    for (const [id, card] of cards) {
      if (wanted.has(id)) {
        were.set(id, card.film.position);
        continue;
      }
      cards.delete(id);
      // A card in focus is replaced, so that the new one is announced.
      if (id === likedId || id === focusedId) gone.push(card);
      else free.set(card.film.position, card);
    }

    const fresh = next.turn !== data.turn;
    data = next;
    if (fresh) {
      settle();
      arrived = performance.now();
    }
    root.classList.toggle("starting", !next.ranking_id);
    root.classList.toggle("closed", Boolean(next.closed));
    root.classList.toggle("empty", films.length === 0);
    const sameColumns = root.style.getPropertyValue("--columns") === String(columns);
    if (!sameColumns) root.style.setProperty("--columns", columns);
    drawPlacard(placard, next);
    const motions = [];
    for (const card of gone) {
      const place = places.get(card.film.position);
      if (card.film.id === likedId && place) motions.push(rise(root, card.node, place));
      else card.node.remove();
    }

    const sources = new Map((next.sources ?? []).map((source) => [source.name, source]));
    films.forEach((film, index) => {
      let card = cards.get(film.id);
      if (card && moves && sameColumns) {
        motions.push(glide(card.node, places.get(were.get(film.id)), places.get(film.position)));
      } else if (!card) {
        card = free.get(film.position) ?? createCard(press);
        free.delete(film.position);
        cards.set(film.id, card);
      }
      drawCard(card, film, next.ranking_id ?? "", sources, Boolean(next.closed));
      if (grid.children[index] !== card.node) grid.insertBefore(card.node, grid.children[index] ?? null);
    });
    for (const card of free.values()) card.node.remove();
    // In the frame, where styles are computed anyway, and before it is painted.
    if (motions.some(Boolean)) requestAnimationFrame(() => motions.forEach((start) => start?.()));

    if (focusedId && root.getRootNode().activeElement?.dataset?.movieId !== focusedId) {
      afterPaint(() => refocus(focusedId, focusedPlace));
    }
  }

  // Keeps the focus on its film, or else on its place; unless it went elsewhere by itself.
  function refocus(id, place) {
    if (document.activeElement !== document.body) return;
    const same = cards.get(id) ?? [...cards.values()].find((c) => String(c.film.position) === place);
    same?.node.focus({ preventScroll: true });
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

const HEART = [
  ["path", { d: "M12 21s-7.5-4.7-9.7-9.1C.6 8.3 2.6 4.5 6.2 4.5c2.2 0 4 1.2 5.8 3.5 1.8-2.3 3.6-3.5 5.8-3.5 3.6 0 5.6 3.8 3.9 7.4C19.5 16.3 12 21 12 21z" }],
];

// A place for a film; the film in it changes from slate to slate.
function createCard(press) {
  const node = make("button", "card");
  node.type = "button";
  const frame = make("span", "frame");
  const bareTitle = make("span", "bare-title");
  const key = make("span", "key");
  const badge = make("span", "badge");
  const why = make("span", "why");
  frame.append(bareTitle, why, key);
  const caption = make("span", "caption");
  const title = make("span", "title");
  const line = make("span", "line");
  const proof = make("span", "proof");
  const because = make("span", "because");
  caption.append(badge, title, line, proof, because);
  node.append(frame, caption);
  const card = { node, film: {}, explain() {}, frame, bareTitle, key, badge, why, title, line, proof, because };
  node.addEventListener("click", (event) => press(card, event.detail));
  // What only hover and focus show is made when they do.
  for (const wish of ["pointerenter", "focus"]) node.addEventListener(wish, () => card.explain());
  return card;
}

function drawCard(card, film, ranking, sources, closed) {
  const { node } = card;
  const source = sources.get(film.source);
  const other = film.id !== card.film.id;
  card.film = film;
  card.ranking = ranking;
  setAttribute(node, "data-testid", ranking ? "movie-card" : "starter-card");
  setAttribute(node, "data-movie-id", film.id);
  setAttribute(node, "data-position", film.position);
  setAttribute(node, "data-source", film.source ?? "");
  setAttribute(node, "data-ranking-id", ranking);
  if (node.disabled !== closed) node.disabled = closed;
  const details = [film.year, film.by].filter(Boolean).join(" · ");
  setText(card.title, film.title);
  setAttribute(card.title, "title", film.title);
  setText(card.line, details);
  setText(card.because, source ? film.reason : "");
  setText(card.bareTitle, film.title);
  setText(card.key, film.position <= 10 ? String(film.position % 10) : "");
  if (other) drawPoster(card, film);

  if (card.source !== source?.name) {
    card.source = source?.name;
    card.frame.style.setProperty("--source", safeColor(source?.color));
    card.badge.replaceChildren();
    if (source) card.badge.append(glyph(source), make("span", "", source.label));
  }
  drawProof(card.proof, source ? film.evidence : null);
  card.why.replaceChildren();
  card.explain = () => {
    if (!card.why.hasChildNodes()) drawWhy(card.why, film, source, sources);
  };
  // It may be under the pointer already.
  if (node.matches(":hover, :focus")) card.explain();

  const offered = source ? `. ${source.label}: ${film.reason || source.verb}` : "";
  setAttribute(node, "aria-label", `${film.title}, ${details}${offered}`);
}

// The new poster fades in over the one before it. It is fetched once the card's words are on
// screen, and the old one does not stay longer than a moment, for it is another film's.
function drawPoster(card, film) {
  const path = safePoster(film.poster);
  const old = card.image;
  const image = make("img", "poster");
  image.width = 480;
  image.height = 720;
  image.decoding = "async";
  image.alt = `Poster of ${film.title}`;
  let retries = 0;
  image.addEventListener("load", () => {
    card.node.classList.remove("bare");
    if (calm()) return old?.remove();
    const fade = image.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 200, easing: "ease-out" });
    fade.onfinish = fade.oncancel = () => old?.remove();
  });
  image.addEventListener("error", () => {
    card.node.classList.add("bare");
    if (retries++ < IMAGE_RETRIES) {
      setTimeout(() => image.isConnected && (image.src = path), IMAGE_RETRY_MS);
    }
  });
  card.image = image;
  // Set by itself: a custom property would have the styles of all in the card computed again.
  card.frame.style.backgroundColor = safeColor(film.palette?.[0]?.hex);
  card.node.classList.toggle("bare", !path);
  if (old?.naturalWidth) old.after(image);
  else {
    old?.remove();
    card.frame.prepend(image);
  }
  if (path) afterPaint(() => (image.src = path));
  if (old) setTimeout(() => (image.naturalWidth && image.complete) || old.remove(), OLD_POSTER_MS);
}

function drawPlacard(placard, data) {
  placard.replaceChildren();
  if (!data.closed) return;
  placard.append(make("strong", "", "Intermission"), make("span", "", data.closed));
}

const placeOf = (node) => ({ left: node.offsetLeft, top: node.offsetTop, width: node.offsetWidth });

// A card that stays glides from where it was.
function glide(node, was, now) {
  if (!was || !now || (was.left === now.left && was.top === now.top)) return null;
  const from = `translate(${was.left - now.left}px, ${was.top - now.top}px)`;
  return () => node.animate([{ transform: from }, { transform: "none" }], GLIDE);
}

// The liked card rises from where it was and fades, without holding its place.
function rise(root, ghost, place) {
  for (const name of ["data-testid", "data-movie-id"]) ghost.removeAttribute(name);
  ghost.setAttribute("aria-hidden", "true");
  ghost.disabled = true;
  ghost.classList.add("ghost");
  for (const side of ["left", "top", "width"]) ghost.style[side] = `${place[side]}px`;
  root.append(ghost);
  return () => {
    const animation = ghost.animate(
      [{ opacity: 1, transform: "none" }, { opacity: 0, transform: "translateY(-36px) scale(1.05)" }],
      { duration: 340, easing: "ease-out" },
    );
    animation.onfinish = animation.oncancel = () => ghost.remove();
  };
}
