// The panel: what all of it stands in, and what keys and files that are dropped there do.
const host = el("div", { id: "rapport-chat", lang: LANG }), shadow = host.attachShadow({ mode: "open" });
const looks = new CSSStyleSheet();
looks.replaceSync(`/*LOOKS*/`);
shadow.adoptedStyleSheets = [looks];
const dot = el("span", { class: "dot", hidden: true }), company = el("h2", { id: "title" });
const bubble = el("button", { type: "button", class: "bubble-button", "aria-label": t.open, "aria-expanded": "false", "aria-haspopup": "dialog", onclick: () => (state.open ? close() : open()) }, icon(ICONS.chat), dot);
const log = el("div", { class: "log", role: "log", "aria-label": t.log, "aria-live": "off" });
const spoken = el("div", { class: "unseen", "aria-live": "polite" });
const waiting = el("div", { class: "waiting" }), asking = el("div", { class: "asking" }), empty = el("p", { class: "empty" }, t.empty);
const more = el("button", { type: "button", class: "more", hidden: true, onclick: () => toEnd() }, t.newest + " ↓");
const scroll = el("div", { class: "scroll", tabindex: "0", "aria-label": t.log, onscroll: () => { atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40; if (atEnd) more.hidden = true; } }, empty, log, waiting, asking);
const notice = el("div", { class: "notice", role: "status", hidden: true });
const area = el("textarea", { rows: 1, placeholder: t.placeholder, "aria-label": t.placeholder, dir: "auto", maxlength: 20000 });
const send = el("button", { type: "button", class: "round primary", "aria-label": t.send, disabled: true, onclick: say }, icon(ICONS.send));
const picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => { hand(picker.files); picker.value = ""; area.focus(); } });
const attach = el("button", { type: "button", class: "round", "aria-label": t.attach, title: t.attach, onclick: () => picker.click() }, icon(ICONS.attach));
const chips = el("div", { class: "chips", "aria-label": t.attached });
const main = el("div", { class: "main" }, scroll, more, notice, chips, el("div", { class: "composer" }, attach, area, send, picker));
const sheet = el("div", { class: "sheet", hidden: true });
const close_button = PAGE ? el("a", { class: "tongue", href: "?lang=" + OTHER[0], lang: OTHER[0] }, OTHER[1])
  : el("button", { type: "button", class: "round", "aria-label": t.close, title: t.close, onclick: () => close() }, icon(ICONS.close));
const panel = el("section", { class: "panel", ...(PAGE ? { role: "main" } : { role: "dialog", "aria-modal": "true", hidden: true }), "aria-labelledby": "title" },
  el("header", {}, company, el("button", { type: "button", class: "round", "aria-label": t.elsewhere, title: t.elsewhere, onclick: elsewhere }, icon(ICONS.phone)), close_button), main, sheet, spoken);
shadow.append(el("div", { class: "frame " + (told.position === "left" ? "left" : "right") + (told.theme === "dark" ? " dark" : told.theme === "light" ? " light" : "") + (PAGE ? " page" : "") }, panel, PAGE ? "" : bubble));
if (/^#[0-9a-f]{6}$/i.test(told.color || "")) {
  const [r, g, b] = [1, 3, 5].map((n) => parseInt(told.color.slice(n, n + 2), 16) / 255).map((v) => (v <= 0.04 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  host.style.setProperty("--company", told.color);
  host.style.setProperty("--on-company", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#111" : "#fff");
}
area.addEventListener("input", () => { kept.set("draft", area.value || null); fit(); });
area.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return; // an input method is choosing characters
  if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) { event.preventDefault(); say(); }
});
area.addEventListener("paste", (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); hand(event.clipboardData.files); } });
panel.addEventListener("dragover", (event) => event.preventDefault());
panel.addEventListener("drop", (event) => { event.preventDefault(); if (!state.refused) hand(event.dataTransfer.files); });
panel.addEventListener("keydown", (event) => {
  event.stopPropagation(); // the page's own shortcuts stay out of what is typed here
  if (event.key === "Escape" && !sheet.hidden) return leaveSheet();
  if (PAGE) return;
  if (event.key === "Escape") return close();
  if (event.key !== "Tab") return;
  const stops = [...panel.querySelectorAll("button,textarea,input,select,[tabindex]")].filter((one) => !one.disabled && one.getClientRects().length);
  const end = event.shiftKey ? stops[0] : stops.at(-1);
  if (shadow.activeElement === end) { event.preventDefault(); (event.shiftKey ? stops.at(-1) : stops[0]).focus(); }
});
new ResizeObserver(() => atEnd && toEnd()).observe(log);
