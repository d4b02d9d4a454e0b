const SEARCH_PAUSE_MS = 120;
const SEARCH_TIMEOUT_MS = 4000;

// A combobox: the suggestions come from this page's own server while one types.
function createSearch(onPick) {
  const node = make("div", "search");
  const input = make("input");
  const list = make("ul", "list");
  const id = `films-${Math.random().toString(36).slice(2)}`;
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-label": "Search a film, director or actor",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    "data-testid": "search",
  })) {
    input.setAttribute(name, value);
  }
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Films found");
  list.hidden = true;
  node.append(
    drawing("0 0 24 24", "lens", [["path", { d: "M15.5 15.5L21 21M10.5 17.5a7 7 0 1 0 0-14a7 7 0 0 0 0 14" }]]),
    input,
    list,
  );

  let films = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  function open(show) {
    list.hidden = !show;
    setAttribute(input, "aria-expanded", show);
    if (!show) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(index) {
    const film = films[index];
    if (!film) return;
    input.value = "";
    films = [];
    open(false);
    input.blur();
    onPick(film.id);
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((row, i) => setAttribute(row, "aria-selected", i === index));
    const row = list.children[index];
    if (row?.id) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function show(found, note) {
    films = found;
    list.replaceChildren(...found.map(suggestion));
    if (!found.length) {
      const row = make("li", "note", note);
      row.setAttribute("role", "option");
      row.setAttribute("aria-disabled", "true");
      list.append(row);
    }
    open(true);
    if (found.length) mark(0);
  }

  function suggestion(film, index) {
    const row = make("li");
    row.id = `${id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("data-testid", "suggestion");
    row.setAttribute("data-movie-id", film.id);
    const image = make("img");
    image.alt = "";
    const path = safePoster(film.poster);
    if (path) image.src = path;
    const words = make("span", "found");
    words.append(make("b", "", film.title), make("span", "", [film.year, film.by].filter(Boolean).join(" · ")));
    row.append(image, words);
    row.addEventListener("pointerenter", () => mark(index));
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(index);
    });
    return row;
  }

  async function ask(query) {
    asking?.abort();
    const mine = (asking = new AbortController());
    const limit = setTimeout(() => mine.abort("late"), SEARCH_TIMEOUT_MS);
    try {
      const answer = await fetch(`/films?query=${encodeURIComponent(query)}`, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).films : null;
      if (mine !== asking) return;
      if (found) show(found, `No film, director or actor called “${query}”.`);
      else show([], "The search does not answer just now.");
    } catch {
      if (mine === asking) show([], "The search does not answer just now.");
    } finally {
      clearTimeout(limit);
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const query = input.value.trim();
    if (!query) {
      asking?.abort();
      asking = null;
      open(false);
      return;
    }
    timer = setTimeout(() => ask(query), SEARCH_PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden && films.length) {
      event.preventDefault();
      mark((active + step + films.length) % films.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(Math.max(0, active));
    } else if (event.key === "Escape") {
      open(false);
    }
  });
  input.addEventListener("focus", () => open(Boolean(input.value.trim() && list.children.length)));
  input.addEventListener("blur", () => open(false));

  return {
    node,
    refresh(closed, liked) {
      input.disabled = closed;
      input.placeholder = liked ? "Go on from another film" : "Search a title, director or actor";
    },
    leave() {
      clearTimeout(timer);
      asking?.abort();
    },
  };
}
