// Before the first paint: the theme the viewer chose (where Streamlit keeps it) or the
// system's, and whether the address names a session, whose slate has larger cards.
(() => {
  let chosen = "";
  try {
    const kept = localStorage.getItem(`stActiveTheme-${location.pathname}-v2`);
    chosen = String(JSON.parse(kept ?? '""')).toLowerCase();
  } catch {
    // Nothing kept, or not readable: the system decides.
  }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const theme = chosen === "light" || chosen === "dark" ? chosen : system;
  document.documentElement.setAttribute("data-df-theme", theme);
  const scene = new URLSearchParams(location.search).has("session") ? "slate" : "start";
  document.documentElement.setAttribute("data-df-scene", scene);
})();
