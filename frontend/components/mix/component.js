const EASE_MS = 300;

export default function (component) {
  return mount(component, createMix);
}

function createMix(root) {
  root.setAttribute("data-testid", "mix");
  root.setAttribute("role", "group");
  const heading = make("div", "heading");
  const likes = make("p", "likes");
  heading.append(make("h2", "eyebrow", "The mix"), likes);
  const figures = make("div", "figures");
  const bar = make("div", "bar");
  bar.setAttribute("aria-hidden", "true");
  const shown = make("p", "shown");
  const past = make("div", "heading past");
  const legend = make("p", "likes");
  const legendText = make("span");
  const dash = make("i", "dash");
  legend.append(dash, legendText);
  legend.title = "A slate has whole cards, so what is shown can differ from the mix by a card";
  past.append(make("h2", "eyebrow", "Like by like"), legend);
  root.append(heading, figures, bar, shown, past);

  const parts = new Map();

  function onLike(event) {
    const part = parts.get(event.detail?.source);
    if (!part || calm()) return;
    part.figure.animate(
      [{ transform: "scale(1)" }, { transform: "scale(1.07)" }, { transform: "scale(1)" }],
      { duration: 420, easing: "cubic-bezier(.2,.7,.2,1)" },
    );
    part.pulse.animate(
      [
        { opacity: 0.75, transform: "scaleX(0)" },
        { opacity: 0, transform: "scaleX(1)" },
      ],
      { duration: 620, easing: "ease-out" },
    );
  }
  window.addEventListener("double-feature:like", onLike);

  function draw(data) {
    const wanted = data.parts ?? [];
    for (const [name, part] of parts) {
      if (wanted.some((w) => w.name === name)) continue;
      part.figure.remove();
      part.segment.remove();
      parts.delete(name);
    }
    for (const source of wanted) {
      if (!parts.has(source.name)) parts.set(source.name, createPart(source, figures, bar));
      drawPart(parts.get(source.name), source);
      if (/^[a-z0-9_]+$/.test(source.name)) setAttribute(root, `data-${source.name}`, source.share);
    }
    setAttribute(root, "aria-label", `The mix: ${wanted.map((w) => `${w.label} ${w.percent} %`).join(", ")}`);
    setText(likes, data.likes ? `${data.likes} ${data.likes === 1 ? "like" : "likes"}` : "even, before the first like");
    dash.hidden = !data.likes;
    setText(legendText, data.likes ? "share really shown" : "each like adds a step");
    drawShown(shown, wanted);
  }

  return { draw, leave: () => window.removeEventListener("double-feature:like", onLike) };
}

function createPart(source, figures, bar) {
  const figure = make("div", "figure");
  const label = make("span", "label");
  label.append(glyph(source), make("span", "", source.label));
  const number = make("span", "number");
  const digits = make("span", "digits", "");
  number.append(digits, make("span", "unit", "%"));
  figure.append(label, number);
  figures.append(figure);
  const segment = make("span", `segment ${source.shape in SHAPES ? source.shape : "circle"}`);
  const pulse = make("i");
  segment.append(pulse);
  bar.append(segment);
  for (const node of [figure, segment]) node.style.setProperty("--source", safeColor(source.color));
  return { figure, digits, segment, pulse, now: null, frame: 0 };
}

function drawPart(part, source) {
  part.segment.style.flexGrow = Math.max(0.001, source.share);
  const from = part.now;
  const to = source.percent;
  cancelAnimationFrame(part.frame);
  part.now = to;
  part.figure.classList.toggle("small", to < 10);
  if (from === null || from === to || calm() || document.visibilityState !== "visible") {
    setText(part.digits, String(to));
    return;
  }
  const began = performance.now();
  const step = (now) => {
    const t = Math.min(1, (now - began) / EASE_MS);
    setText(part.digits, String(Math.round(from + (to - from) * (1 - (1 - t) ** 3))));
    if (t < 1) part.frame = requestAnimationFrame(step);
  };
  part.frame = requestAnimationFrame(step);
}

// One dot for each card on screen, in the shape of the source it really came from.
function drawShown(node, parts) {
  const total = parts.reduce((sum, part) => sum + part.shown, 0);
  if (!total) {
    node.replaceChildren(make("span", "", "Nothing on screen yet"));
    return;
  }
  const dots = [];
  for (const part of parts) for (let i = 0; i < Math.min(part.shown, 24); i++) dots.push(glyph(part));
  const words = parts.map((part) => `${part.shown} ${part.label}`).join(", ");
  const row = make("span", "dots");
  row.append(...dots);
  row.setAttribute("role", "img");
  row.setAttribute("aria-label", words);
  node.replaceChildren(make("span", "", "On screen"), row);
  node.title = `Of the ${total} cards: ${words}`;
}
