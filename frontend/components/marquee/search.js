const SEARCH_PAUSE_MS = 120;
const SEARCH_TIMEOUT_MS = 4000;

// What a search can do, for those who have not tried it.
const SEARCH_EXAMPLES = ["heist on a train", "grief and the sea", "robot love", "french romance in the 1960s"];

// A combobox: the suggestions come from this page's own server while one types.
function createSearch(onPick) {
  const node = make("div", "search");
  const input = make("input");
  const list = make("ul", "list");
  const id = `films-${Math.random().toString(36).slice(2)}`;
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-label": "Search a title, a name or a story",
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

  // What can be chosen, in the order of the list: each row with what choosing it does.
  let rows = [];
  let active = -1;
  let timer = 0;
  let asking = null;
  // From a key stroke to its answer the list is of another query: nothing is chosen from it.
  let waiting = false;

  function open(show) {
    list.hidden = !show;
    setAttribute(input, "aria-expanded", show);
    if (!show) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(index) {
    rows[index]?.act();
  }

  function mark(index) {
    active = index;
    rows.forEach((row, i) => setAttribute(row.node, "aria-selected", i === index));
    const row = rows[index]?.node;
    if (row) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function fill(found, note, atEnd = "") {
    waiting = false;
    rows = found;
    list.replaceChildren();
    if (note) list.append(remark(note));
    rows.forEach(({ node: row, act }, index) => {
      row.id = `${id}-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.addEventListener("pointerenter", () => mark(index));
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        act();
      });
      list.append(row);
    });
    if (atEnd) list.append(remark(atEnd));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    open(true);
  }

  function remark(words) {
    const row = make("li", "note", words);
    row.setAttribute("role", "option");
    row.setAttribute("aria-disabled", "true");
    return row;
  }

  function filmRow(film) {
    const row = make("li");
    row.setAttribute("data-testid", "suggestion");
    row.setAttribute("data-movie-id", film.id);
    const image = make("img");
    image.alt = "";
    image.addEventListener("error", () => image.classList.add("gone"));
    const path = safePoster(film.poster);
    if (path) image.src = path;
    const words = make("span", "found");
    const head = make("span", "head");
    head.append(make("b", "", film.title), make("span", "year", film.year));
    words.append(head, make("span", "by", film.by), because(film.match ?? {}));
    row.append(image, words);
    const act = () => {
      input.value = "";
      rows = [];
      open(false);
      input.blur();
      onPick(film.id);
    };
    return { node: row, act };
  }

  function because(match) {
    const line = make("span", "match");
    line.setAttribute("data-testid", "match");
    line.append(make("span", "kind", match.kind === "story" ? "story: " : "title or name"));
    if (match.kind === "story") line.append(make("span", "", (match.terms ?? []).join(", ")));
    return line;
  }

  function exampleRow(example) {
    const row = make("li", "example", example);
    row.setAttribute("data-testid", "example");
    const act = () => {
      input.value = example;
      input.focus();
      ask(example);
    };
    return { node: row, act };
  }

  function invite(note = "Search by title, by name, or by story. Try:") {
    fill(SEARCH_EXAMPLES.map(exampleRow), note);
  }

  function show({ films, partial }, query) {
    const apology = "The stories do not answer just now; titles and names do.";
    if (!films.length) {
      invite(partial ? apology : `No title, name or story fits “${query}”. Try:`);
      return;
    }
    fill(films.map(filmRow), "", partial ? apology : "");
    mark(0);
  }

  async function ask(query) {
    clearTimeout(timer);
    waiting = true;
    asking?.abort();
    const mine = (asking = new AbortController());
    const limit = setTimeout(() => mine.abort("late"), SEARCH_TIMEOUT_MS);
    try {
      const answer = await fetch(`/films?query=${encodeURIComponent(query)}`, { signal: mine.signal });
      const found = answer.ok ? await answer.json() : null;
      if (mine !== asking) return;
      if (found) show(found, query);
      else fill([], "The search does not answer just now.");
    } catch {
      if (mine === asking) fill([], "The search does not answer just now.");
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
      invite();
      return;
    }
    waiting = true;
    timer = setTimeout(() => ask(query), SEARCH_PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.hidden) {
      event.preventDefault();
      reopen();
    } else if (step && rows.length) {
      event.preventDefault();
      mark(active < 0 && step < 0 ? rows.length - 1 : (active + step + rows.length) % rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const query = input.value.trim();
      if (waiting && query) ask(query);
      else if (!list.hidden && active >= 0) choose(active);
    } else if (event.key === "Escape") {
      open(false);
    }
  });

  function reopen() {
    if (!input.value.trim()) invite();
    else open(list.children.length > 0);
  }

  input.addEventListener("focus", reopen);
  input.addEventListener("blur", () => open(false));

  return {
    node,
    refresh(closed, liked) {
      input.disabled = closed;
      input.placeholder = liked ? "Another film, or a story" : "A title, a name, a story";
    },
    leave() {
      clearTimeout(timer);
      asking?.abort();
    },
  };
}
