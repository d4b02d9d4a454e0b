const STATES = { ok: "Now showing", slow: "Slow", down: "No answer" };
const HELP = {
  undo: "Take back the last like",
  reset: "Forget this session and begin again",
  "copy-link": "Copy the address that reopens this session",
};
const ACTION_GIVES_UP_MS = 8000;

export default function (component) {
  return mount(component, createHeader);
}

function createHeader(root, current) {
  const brand = make("h1", "brand");
  brand.append(
    drawing("0 0 44 40", "logo", [
      ["rect", { x: 1.5, y: 1.5, width: 25, height: 37, rx: 4, class: "back" }],
      ["rect", { x: 17.5, y: 1.5, width: 25, height: 37, rx: 4, class: "front" }],
      ["rect", { x: 17.5, y: 1.5, width: 9, height: 37, rx: 1, class: "both" }],
    ]),
    make("span", "", "Double Feature"),
  );

  const policyLabel = make("label", "policy");
  const select = make("select");
  select.setAttribute("data-testid", "policy");
  const box = make("span", "box");
  box.append(select, drawing("0 0 10 6", "chevron", [["path", { d: "M1 1l4 4 4-4" }]]));
  policyLabel.append(make("span", "eyebrow", "Policy"), box);

  const undo = button("undo", "Undo", "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 0 12h-2");
  const reset = button("reset", "Reset", "M5 5v6h6M5.6 11a8 8 0 1 1-.6 5");
  const link = button("copy-link", "Copy link", "M10 14a4.5 4.5 0 0 0 6.4 0l3.2-3.2a4.5 4.5 0 0 0-6.4-6.4L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3.2 3.2a4.5 4.5 0 0 0 6.4 6.4L12 18.4");
  const theme = button("theme", "", "M12 3.5v-2M12 22.5v-2M20.5 12h2M1.5 12h2M18 6l1.5-1.5M4.5 19.5L6 18M18 18l1.5 1.5M4.5 4.5L6 6M12 7a5 5 0 1 0 0 10a5 5 0 0 0 0-10");
  const state = make("span", "state");
  state.setAttribute("data-testid", "backend-state");
  state.setAttribute("role", "status");
  const stateText = make("span");
  state.append(make("i"), stateText);
  const tools = make("div", "tools");
  tools.append(policyLabel, undo, reset, link, theme, state);
  root.append(brand, tools);

  let data = {};
  let pressed = null;
  let timer = 0;

  function act(press) {
    if (pressed) {
      select.value = pressed.policy ?? data.policy;
      return;
    }
    pressed = press;
    refresh();
    clearTimeout(timer);
    timer = setTimeout(free, ACTION_GIVES_UP_MS);
    tell(current(), "press", press);
  }

  function free() {
    clearTimeout(timer);
    pressed = null;
    refresh();
  }

  function refresh() {
    const down = data.state === "down";
    const held = root.getRootNode().activeElement;
    undo.disabled = down || !data.likes;
    reset.disabled = down || !data.linked;
    select.disabled = down || !(data.policies ?? []).length;
    link.disabled = !data.linked;
    // Waiting for an answer is said without `disabled`, which would take the focus away.
    for (const node of [undo, reset, select]) setAttribute(node, "aria-disabled", Boolean(pressed));
    // To its neighbour when there is nothing left to undo.
    if (held?.disabled) [reset, select].find((node) => !node.disabled)?.focus({ preventScroll: true });
  }

  undo.addEventListener("click", () => act({ action: "undo" }));
  reset.addEventListener("click", () => act({ action: "reset" }));
  select.addEventListener("change", () => act({ action: "policy", policy: select.value }));
  link.addEventListener("click", () => copyLink(link));
  theme.addEventListener("click", () => switchTheme(root));

  function draw(next) {
    const fresh = next.turn !== data.turn;
    const policies = JSON.stringify(next.policies);
    if (policies !== JSON.stringify(data.policies)) {
      select.replaceChildren(
        ...(next.policies ?? []).map((policy) => {
          const option = make("option", "", policy.label);
          option.value = policy.name;
          option.title = policy.help;
          return option;
        }),
      );
    }
    data = next;
    if (select.value !== next.policy) select.value = next.policy;
    select.title = (next.policies ?? []).find((p) => p.name === next.policy)?.help ?? "";
    const dark = root.getAttribute("data-theme") !== "light";
    setAttribute(theme, "aria-label", dark ? "Switch to the light theme" : "Switch to the dark theme");
    theme.title = theme.getAttribute("aria-label");
    const name = next.state in STATES ? next.state : "ok";
    setAttribute(state, "data-state", name);
    setText(stateText, STATES[name]);
    state.title = next.state_help ?? "";
    setAttribute(state, "aria-label", `${STATES[name]}. ${next.state_help ?? ""}`);
    if (fresh) free();
    else refresh();
  }

  return { draw, leave: () => clearTimeout(timer) };
}

function button(testid, label, path) {
  const node = make("button", "tool");
  node.type = "button";
  node.setAttribute("data-testid", testid);
  node.append(drawing("0 0 24 26", "icon", [["path", { d: path }]]));
  if (label) {
    node.append(make("span", "", label));
    // The label is out of sight on narrow screens.
    node.setAttribute("aria-label", label);
    node.title = HELP[testid] ?? label;
  }
  return node;
}

async function copyLink(node) {
  const label = node.querySelector("span");
  try {
    await navigator.clipboard.writeText(window.location.href);
    label.textContent = "Copied";
  } catch {
    // No permission, or no secure context: the address bar has it too.
    label.textContent = "See address bar";
  }
  setTimeout(() => (label.textContent = "Copy link"), 1600);
}

// Streamlit keeps the viewer's choice of theme here and reads it when the page loads; the
// session is in the address, so nothing on screen is lost.
function switchTheme(root) {
  const other = root.getAttribute("data-theme") === "light" ? "Dark" : "Light";
  try {
    localStorage.setItem(`stActiveTheme-${window.location.pathname}-v2`, JSON.stringify(other));
  } catch {
    return;
  }
  window.location.reload();
}
