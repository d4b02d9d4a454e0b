export default function (component) {
  return mount(component, createMarquee);
}

function createMarquee(root, current) {
  const liked = make("section", "liked");
  const thumb = make("img", "thumb");
  thumb.addEventListener("error", () => thumb.classList.add("gone"));
  const words = make("div", "words");
  const eyebrow = make("p", "eyebrow");
  const title = make("h2", "title");
  const palette = make("span", "palette");
  const says = make("p", "says");
  says.setAttribute("role", "status");
  const head = make("div", "head");
  const year = make("span", "year");
  head.append(title, year, palette);
  words.append(eyebrow, head, says);
  liked.append(thumb, words);
  const search = createSearch((id) => tell(current(), "pick", { movie_id: id }));
  root.append(liked, search.node);

  function draw(data) {
    const film = data.liked;
    root.classList.toggle("inviting", !film);
    setAttribute(document.documentElement, "data-df-scene", film ? "slate" : "start");
    if (film) {
      liked.setAttribute("data-testid", "liked");
      setAttribute(liked, "data-movie-id", film.id);
      drawLiked(film);
    } else {
      liked.removeAttribute("data-testid");
      liked.removeAttribute("data-movie-id");
      setText(eyebrow, "Tonight");
      setText(title, "Pick a film you love");
      setText(year, "");
      palette.replaceChildren();
    }
    drawSays(data, film);
    search.refresh(Boolean(data.closed), Boolean(film));
  }

  function drawLiked(film) {
    const path = safePoster(film.poster);
    if (path && thumb.getAttribute("src") !== path) {
      thumb.classList.remove("gone");
      thumb.src = path;
      if (!calm()) thumb.animate([{ opacity: 0, transform: "translateY(14px)" }, { opacity: 1, transform: "none" }], { duration: 320, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
    thumb.alt = `Poster of ${film.title}`;
    setText(eyebrow, "You liked");
    setText(title, film.title);
    setText(year, film.year);
    title.title = film.title;
    palette.replaceChildren(
      ...(film.palette ?? []).map((swatch) => {
        const bar = make("i");
        bar.style.background = safeColor(swatch.hex);
        bar.style.flexGrow = Math.max(0.04, Number(swatch.share) || 0);
        return bar;
      }),
    );
    palette.title = "The colours of its poster";
  }

  function drawSays(data, film) {
    says.classList.toggle("urgent", Boolean(data.notice && data.urgent));
    if (data.notice) {
      says.replaceChildren(data.notice);
      return;
    }
    if (!film) {
      says.replaceChildren(
        "One recommender looks at the poster’s colours, the other reads the plot. Each like decides how they share the screen.",
      );
      return;
    }
    const parts = [];
    const offered = (data.offered ?? []).filter((source) => source.count > 0);
    offered.forEach((source, index) => {
      if (index) parts.push(index === offered.length - 1 ? " and " : ", ");
      const part = make("span", "part");
      part.append(glyph(source), ` ${source.words}`);
      parts.push(part);
    });
    says.replaceChildren(...parts);
  }

  return { draw, leave: search.leave };
}
