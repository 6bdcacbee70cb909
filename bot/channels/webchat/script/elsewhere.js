// Elsewhere: the chat goes on on another device.
const paint = (rows) => {
  const size = rows.length + 8, svg = icon(rows.map((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "")).join("")).join(""));
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "qr");
  return svg;
};
const elsewhere = async () => {
  const back = el("button", { type: "button", class: "link", onclick: () => leaveSheet() }, t.back);
  sheet.replaceChildren(el("p", { role: "status" }, t.loading), back);
  sheet.hidden = false;
  main.hidden = true;
  back.focus();
  const mine = state.running;
  try {
    if (!state.token && !(await visit())) return leaveSheet();
    const answer = await ask("POST", "continuations");
    if (mine !== state.running) return hideSheet(); // the link opens the chat of whoever asked for it
    if (!answer.ok) throw answer;
    const copy = el("button", { type: "button", class: "button primary", onclick: async () => {
      try { await navigator.clipboard.writeText(answer.data.link); } catch { link.select(); document.execCommand("copy"); }
      copy.textContent = t.elsewhere_copied;
    } }, t.elsewhere_copy);
    const link = el("input", { type: "text", readonly: true, value: answer.data.link, "aria-label": t.elsewhere, onfocus: () => link.select() });
    sheet.replaceChildren(el("h2", {}, t.elsewhere), paint(answer.data.qr), el("p", {}, t.elsewhere_about), link, copy, back);
    copy.focus();
  } catch (problem) { sheet.replaceChildren(el("p", { role: "alert" }, problem?.data?.error || t.failed), back); }
};
const hideSheet = () => { sheet.hidden = true; main.hidden = false; sheet.replaceChildren(); };
const leaveSheet = () => { hideSheet(); area.focus(); };
