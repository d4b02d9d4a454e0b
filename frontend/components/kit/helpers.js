// Shared by all components; put before each component's own script.
// Data comes from the network: it is only ever set as text, or as a checked attribute.

const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
const calm = () => reducedMotion.matches;

const HEX = /^#[0-9a-f]{6}$/;
const POSTER = /^\/posters\/[a-z0-9-]+\.(webp|svg)(\?v=[\w-]+)?$/;

const safeColor = (value, otherwise = "#9aa3b2") =>
  typeof value === "string" && HEX.test(value) ? value : otherwise;

const safePoster = (value) => (typeof value === "string" && POSTER.test(value) ? value : "");

function make(tag, classes = "", text = null) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (text !== null) node.textContent = text;
  return node;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setAttribute(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) === text) return false;
  node.setAttribute(name, text);
  return true;
}

const SVG = "http://www.w3.org/2000/svg";

function drawing(viewBox, classes, parts) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  if (classes) svg.setAttribute("class", classes);
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    svg.append(part);
  }
  return svg;
}

const SHAPES = {
  circle: [["circle", { cx: 5, cy: 5, r: 4.6 }]],
  diamond: [["path", { d: "M5 -0.4 L10.4 5 L5 10.4 L-0.4 5 Z" }]],
  triangle: [["path", { d: "M5 0 L10.4 9.4 L-0.4 9.4 Z" }]],
};

// The shape of a source, in its colour.
function glyph(source) {
  const svg = drawing("0 0 10 10", "glyph", SHAPES[source?.shape] ?? SHAPES.circle);
  svg.style.fill = safeColor(source?.color);
  return svg;
}

// Light or dark, told by the background that Streamlit's theme gives; true when it changed.
function markTheme(root) {
  const value = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const digits = /^#([0-9a-f]{6})/i.exec(value);
  if (!digits) return false;
  const n = parseInt(digits[1], 16);
  const light = 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) > 128;
  setAttribute(document.documentElement, "data-df-theme", light ? "light" : "dark");
  return setAttribute(root, "data-theme", light ? "light" : "dark");
}

// One object per mounted component. Streamlit calls the script again with each new data.
const mounted = new WeakMap();

// Tells the components what a click brought, by their names, ahead of Streamlit.
const PARTS = "double-feature:parts";

function mount(component, create) {
  const parent = component.parentElement;
  let instance = mounted.get(parent);
  if (!instance) {
    const root = parent.querySelector(".df");
    instance = create(root, () => instance.component, (data) => show(instance, data));
    instance.root = root;
    instance.onParts = ({ detail }) => show(instance, detail?.[root.dataset.part]);
    window.addEventListener(PARTS, instance.onParts);
    mounted.set(parent, instance);
  }
  instance.component = component;
  // Reading a style makes the browser compute it at once, so after the first time it waits for
  // the frame, where it is computed anyway.
  if (instance.marked) {
    requestAnimationFrame(() => {
      if (markTheme(instance.root) && instance.data) instance.draw(instance.data);
    });
  } else markTheme(instance.root);
  instance.marked = true;
  show(instance, component.data ?? {});
  return () => {
    window.removeEventListener(PARTS, instance.onParts);
    instance.leave?.();
    mounted.delete(parent);
  };
}

// Draws what is new. Streamlit's data may be what a click has drawn already, or older than that.
function show(instance, data) {
  if (!data) return;
  const last = instance.data;
  if (last?.view && last.view === data.view && data.turn < last.turn) return;
  const text = JSON.stringify(data);
  if (instance.text === text) return;
  instance.text = text;
  instance.data = data;
  instance.draw(data);
}

// Tells the page's script of a press. Streamlit may hand one on twice, so each is named by
// its time, which no other of the page has, also after the component was mounted anew.
function tell(component, event, value) {
  const press = String(performance.timeOrigin + performance.now());
  component.setTriggerValue(event, { ...value, press });
}

// Runs when what was drawn is on screen: in the frame after it, for what runs between the two keeps
// the first from being painted. Soon anyway where nothing is painted, as in a hidden tab.
function afterPaint(run) {
  let waits = true;
  const once = () => {
    if (waits) run();
    waits = false;
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once)));
  setTimeout(once, 300);
}

const typing = (event) => {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
};
