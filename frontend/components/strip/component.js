export default function (component) {
  return mount(component, createStrip);
}

const plain = (value, digits = 0) =>
  typeof value === "number" ? value.toFixed(value < 10 && digits ? digits : 0) : "–";

function createStrip(root) {
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "The deployments");
  const list = make("ul", "list");
  const totals = make("div", "totals");
  const rate = figure("requests/s", "Requests a second over all routes");
  const late = figure("ms p95", "95 of 100 requests were answered within this time");
  totals.append(rate.node, late.node);
  const note = make("p", "note");
  note.setAttribute("role", "status");
  root.append(list, totals, note);
  const tiles = new Map();

  function draw(data) {
    const wanted = data.deployments ?? [];
    for (const [name, tile] of tiles) {
      if (wanted.some((w) => w.name === name)) continue;
      tile.node.remove();
      tiles.delete(name);
    }
    wanted.forEach((deployment, index) => {
      let tile = tiles.get(deployment.name);
      if (!tile) {
        tile = createTile();
        tiles.set(deployment.name, tile);
      }
      drawTile(tile, deployment);
      if (list.children[index] !== tile.node) list.insertBefore(tile.node, list.children[index] ?? null);
    });
    setText(rate.value, plain(data.totals?.requests_per_s, 1));
    setText(late.value, plain(data.totals?.p95, 1));
    setText(note, data.note ?? "");
    root.classList.toggle("old", Boolean(data.note));
  }

  return { draw };
}

function figure(unit, help) {
  const node = make("p", "total");
  const value = make("b", "", "–");
  node.append(value, make("span", "", unit));
  node.title = help;
  return { node, value };
}

function createTile() {
  const node = make("li", "tile");
  node.setAttribute("data-testid", "deployment");
  const label = make("span", "label");
  const dots = make("span", "dots");
  const scaling = make("span", "scaling");
  const row = make("span", "row");
  row.append(dots, scaling);
  const traffic = make("span", "traffic");
  const past = drawing("0 0 100 24", "past", [["path", { class: "area" }], ["path", { class: "line" }]]);
  past.setAttribute("preserveAspectRatio", "none");
  node.append(label, row, traffic, past);
  return { node, label, dots, scaling, traffic, past };
}

const NAMES = { running: "running", starting: "starting", stopping: "stopping" };

function drawTile(tile, deployment) {
  const { node } = tile;
  setAttribute(node, "data-name", deployment.name);
  setAttribute(node, "data-actual", deployment.actual ?? "");
  setAttribute(node, "data-target", deployment.target ?? "");
  node.classList.toggle("ill", deployment.healthy === false);
  node.classList.toggle("unknown", deployment.actual === null);
  setText(tile.label, deployment.label);
  node.title = `${deployment.help}\nReplicas, requests a second, median and 95th percentile of the time they take`;

  const shape = deployment.kind === "shard" ? "diamond" : "circle";
  const states = deployment.dots ?? [];
  const wanted = states.map((state) => `${shape} ${state}`).join(" ");
  if (tile.drawn !== wanted) {
    tile.drawn = wanted;
    states.forEach((state, index) => {
      const name = state in NAMES ? state : "stopping";
      let dot = tile.dots.children[index];
      if (dot?.dataset.state === name) return;
      const fresh = replica(shape, name);
      if (dot) dot.replaceWith(fresh);
      else tile.dots.append(fresh);
      if (!calm()) fresh.animate([{ transform: "scale(.2)", opacity: 0 }, { transform: "scale(1)", opacity: 1 }], { duration: 260, easing: "ease-out" });
    });
    while (tile.dots.children.length > states.length) tile.dots.lastElementChild.remove();
    tile.dots.setAttribute("role", "img");
    tile.dots.setAttribute("aria-label", states.length ? `${states.length} replicas: ${states.join(", ")}` : "no replica");
  }
  const differ = deployment.actual !== null && deployment.target !== null && deployment.actual !== deployment.target;
  setText(tile.scaling, differ ? `${deployment.actual} → ${deployment.target}` : "");
  setText(tile.traffic, trafficOf(deployment));
  drawPast(tile.past, deployment.past ?? []);
}

function trafficOf(deployment) {
  if (deployment.note) return deployment.note;
  const parts = [];
  if (typeof deployment.requests_per_s === "number") parts.push(`${plain(deployment.requests_per_s, 1)}/s`);
  if (typeof deployment.p50 === "number") parts.push(`${plain(deployment.p50, 1)}/${plain(deployment.p95, 1)} ms`);
  return parts.join(" · ");
}

// Filled when it runs, hollow when it starts, crossed when it stops.
function replica(shape, state) {
  const parts = SHAPES[shape].map(([tag, attributes]) => [tag, { ...attributes }]);
  if (state === "stopping") parts.push(["path", { d: "M1.5 1.5L8.5 8.5M8.5 1.5L1.5 8.5", class: "cross" }]);
  const svg = drawing("-1 -1 12 12", `replica ${state}`, parts);
  svg.dataset.state = state;
  return svg;
}

// Replica counts over the last three minutes, as steps.
function drawPast(svg, past) {
  const [area, line] = svg.children;
  const known = past.filter((count) => Number.isFinite(count));
  svg.classList.toggle("none", known.length < 2);
  if (known.length < 2) return;
  const top = Math.max(4, ...known);
  const x = (index) => ((index / (known.length - 1)) * 100).toFixed(1);
  const y = (count) => (23 - (count / top) * 21).toFixed(1);
  let d = `M0 ${y(known[0])}`;
  for (let i = 1; i < known.length; i++) {
    if (known[i] !== known[i - 1]) d += `H${x(i)}V${y(known[i])}`;
  }
  d += "H100";
  setAttribute(line, "d", d);
  setAttribute(area, "d", `${d}V24H0Z`);
}
