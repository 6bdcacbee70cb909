// Composing: the files beside the words that are being written, what stands above them, and the way to the end.
const showFiles = () => {
  chips.replaceChildren(...state.files.map((file) => el("span", { class: "chip" + (file.problem ? " wrong" : "") }, el("bdi", {}, file.name), file.busy ? el("em", {}, " …") : file.problem ? el("em", { role: "alert" }, " " + file.problem) : "",
    el("button", { type: "button", class: "link", "aria-label": t.remove + " " + file.name, onclick: () => { state.files = state.files.filter((one) => one !== file); showFiles(); area.focus(); } }, "✕"))));
  ready();
};
const showNotice = () => {
  const said = state.refused || state.problem || state.rests || (state.reached ? state.away : navigator.onLine ? t.unreachable : t.offline);
  if (notice.textContent !== said) notice.textContent = said;
  notice.hidden = !said;
  notice.className = "notice" + (state.refused || state.problem ? " wrong" : state.reached ? "" : " lost");
  area.disabled = attach.disabled = Boolean(state.refused);
  company.textContent = state.company || told.company || "";
};
const ready = () => { send.disabled = !(area.value.trim() || state.files.some((file) => file.id)) || state.files.some((file) => file.busy); };
const fit = () => { area.style.height = "auto"; area.style.height = Math.min(area.scrollHeight, 120) + "px"; ready(); };
const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; more.hidden = true; };
