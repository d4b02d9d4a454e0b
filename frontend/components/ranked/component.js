export default function (component) {
  return mount(component, createRanked);
}

function createRanked(root) {
  root.setAttribute("data-testid", "ranked");
  const heading = make("div", "heading");
  const note = make("p", "note");
  heading.append(make("h2", "eyebrow", "Ranked for you"), note);
  const row = make("ol", "row");
  root.append(heading, row);
  const items = [];

  function draw(data) {
    setText(note, data.note ?? "");
    note.title = data.note ?? "";
    const films = data.films ?? [];
    const count = data.count ?? 5;
    while (items.length < count) {
      items.push(createItem());
      row.append(items.at(-1).node);
    }
    items.forEach((item, index) => drawItem(item, films[index], index));
  }

  return { draw };
}

function createItem() {
  const node = make("li", "film");
  const frame = make("span", "frame");
  const image = make("img");
  image.addEventListener("error", () => (image.hidden = true));
  image.addEventListener("load", () => (image.hidden = false));
  image.hidden = true;
  const place = make("span", "place");
  frame.append(image, place);
  const title = make("b");
  const reason = make("span", "reason");
  node.append(frame, title, reason);
  return { node, image, place, title, reason, id: null };
}

function drawItem(item, film, index) {
  setText(item.place, String(index + 1));
  item.node.classList.toggle("blank", !film);
  const id = film?.id ?? null;
  setText(item.title, film?.title ?? "");
  item.title.title = film ? `${film.title} (${film.year})` : "";
  setText(item.reason, film?.reason || film?.year || "");
  item.reason.title = film?.reason ?? "";
  if (id !== item.id) {
    item.id = id;
    const path = safePoster(film?.poster);
    item.image.hidden = !path;
    item.image.alt = film ? `Poster of ${film.title}` : "";
    if (path) item.image.src = path;
    if (id) setAttribute(item.node, "data-movie-id", id);
    else item.node.removeAttribute("data-movie-id");
    if (id && !calm()) item.node.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 260, delay: index * 30, fill: "backwards" });
  }
}
