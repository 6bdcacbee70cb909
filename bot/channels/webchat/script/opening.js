// Opening and closing, who visits now, and the start; the page's own scripts get `window.Rapport`.
const narrow = matchMedia("(max-width: 480px)");
const hold = (yes) => { document.documentElement.style.overflow = yes && narrow.matches ? "hidden" : ""; };
const open = () => {
  state.open = true;
  panel.hidden = false;
  bubble.setAttribute("aria-expanded", "true");
  kept.set("open", true);
  hold(true);
  if (!state.running) run();
  see(); toEnd(); fit();
  area.focus({ preventScroll: true });
};
const close = () => {
  state.open = false;
  panel.hidden = true;
  bubble.setAttribute("aria-expanded", "false");
  kept.set("open", null);
  hold(false);
  bubble.focus({ preventScroll: true });
};
const forget = () => {
  state.running++;
  Object.assign(state, { token: "", posts: new Map(), queue: [], after: "", files: [], refused: "", problem: "", seen: 0 });
  kept.clear(); drawn.clear(); asking.replaceChildren(); hideSheet(); spoken.textContent = area.value = "";
  showFiles(); showPosts(); showQueue(); badge(0);
};
const start = () => {
  const before = kept.get("proven") || "", now = claimed(state.identity);
  if (before && before !== now) forget();
  if (PAGE && kept.get("guest") !== told.guest) { forget(); kept.set("guest", told.guest); }
  state.token = (!PAGE && kept.get("token")) || "";
  state.seen = kept.get("seen") || 0;
  state.queue = kept.names("wait:").map((name) => kept.get(name)).filter(Boolean).sort((a, b) => a.at - b.at);
  area.value = kept.get("draft") || "";
  showNotice(); showQueue(); ready();
  if (PAGE || kept.get("talked") || state.queue.length || state.open) run();
};
addEventListener("online", () => waking());
addEventListener("offline", () => reaching(false));
document.addEventListener("visibilitychange", () => { if (!document.hidden) { waking(); if (state.open) see(); } });
window.Rapport = {
  open, close,
  identify(identity) { state.identity = String(identity || ""); const shown = state.open; state.running++; Object.assign(state, { after: "", posts: new Map() }); start(); if (shown && !kept.get("talked")) run(); },
  leave() { state.identity = ""; forget(); close(); },
};
const appear = () => { document.body.append(host); start(); if (PAGE || (kept.get("open") && !narrow.matches)) open(); };
document.body ? appear() : addEventListener("DOMContentLoaded", appear);
