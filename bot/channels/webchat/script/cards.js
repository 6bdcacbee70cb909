// Cards: what one message shows, with its files, its form and its buttons.
const day = (at) => at.toLocaleDateString(LANG, { weekday: "short", month: "short", day: "numeric" });
const clock = (at) => at.toLocaleTimeString(LANG, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weight = (n) => (n === null ? "" : n < 1e6 ? Math.max(1, Math.round(n / 1024)) + " KB" : (n / 1048576).toFixed(1) + " MB");
const bytesOf = async (post, file) => {
  const answer = await ask("GET", "files/" + encodeURIComponent(post.slot) + "/" + file.place);
  if (!answer.ok) throw answer;
  return URL.createObjectURL(answer.data);
};
const keep = async (post, file, button) => {
  button.disabled = true;
  try {
    const url = await bytesOf(post, file);
    el("a", { href: url, download: file.label }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  } catch (problem) { state.problem = problem?.data?.error || t.failed; showNotice(); }
  button.disabled = false;
};
const fileOf = (post, file) => {
  const button = el("button", { type: "button", class: "file", "aria-label": t.download + " " + file.label, onclick: () => keep(post, file, button) });
  button.append(icon(ICONS.file), el("span", { dir: "auto" }, file.label), el("small", {}, weight(file.size)));
  if (file.kind === "photo") bytesOf(post, file).then((url) => {
    const image = el("img", { src: url, alt: file.label });
    image.addEventListener("load", () => { button.classList.add("picture"); button.replaceChildren(image); if (atEnd) toEnd(); });
  }, () => {});
  return button;
};
const formOf = (form, done) => {
  const inputs = new Map(), box = el("form", { novalidate: true, class: "form" });
  for (const asked of form.asks) {
    const id = "f" + newId();
    let input;
    if (asked.kind === "words") input = el("textarea", { rows: 3 });
    else if (asked.kind === "choice") input = el("select", {}, el("option", { value: "" }, t.choose), ...asked.choices.map((c) => el("option", { value: c.value }, c.label)));
    else input = el("input", asked.kind === "flag" ? { type: "checkbox" } : { type: "text", inputmode: asked.kind === "number" ? "decimal" : "text" });
    input.id = id;
    if (asked.kind === "flag") input.checked = asked.value === "true"; else input.value = asked.value || "";
    input.setAttribute("aria-required", String(asked.required));
    inputs.set(asked, input);
    box.append(el("div", { class: "ask" }, el("label", { for: id }, asked.label, asked.required ? "" : el("em", {}, " " + t.optional)), input, asked.hint ? el("small", {}, asked.hint) : ""));
  }
  const submit = el("button", { type: "submit", class: "button primary" }, form.submit);
  box.append(submit);
  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const args = { ...form.fixed };
    let wrong = null;
    for (const [asked, input] of inputs) {
      const value = asked.kind === "flag" ? String(input.checked) : input.value.trim();
      const missing = asked.required && !value;
      input.setAttribute("aria-invalid", String(missing));
      input.parentNode.querySelector(".wrong")?.remove();
      if (missing) { input.after(el("small", { class: "wrong", role: "alert" }, t.required)); wrong ??= input; }
      if (value) args[asked.name] = value;
    }
    if (wrong) return wrong.focus();
    if (await act("forms", { command: form.command, args }, submit)) { box.replaceWith(el("p", { class: "note", role: "status" }, t.sent)); done?.(); }
  });
  return box;
};
const buttonsOf = (post, buttons, place) => buttons.map((b) => {
  const button = el("button", { type: "button", class: "button " + b.style, "data-id": b.id, onclick: () => {
    if (!b.form) return act("presses", { slot: post.slot, button: b.id }, button);
    const form = el("div", {}, el("strong", {}, b.form.title), formOf(b.form));
    place.replaceChildren(form);
    form.querySelector("input,select,textarea")?.focus();
  } }, b.label);
  return button;
});
const cardOf = (post) => {
  const c = post.card, asked = el("div", { class: "asked" });
  const has = (name) => c[name]?.length;
  const framed = c.title || has("fields") || has("rows") || has("lines") || has("buttons") || c.form || c.footer || c.quote;
  const box = el("div", { class: framed ? "card " + (c.tone || "plain") : "bubble" });
  if (c.title) box.append(el("strong", { dir: "auto" }, c.title));
  if (c.text) box.append(el("div", { class: "said", dir: "auto" }, c.text));
  if (has("fields")) box.append(el("dl", {}, ...c.fields.flatMap((f) => [el("dt", {}, f.label), el("dd", { dir: "auto" }, f.value)])));
  if (c.quote) box.append(el("blockquote", {}, el("cite", {}, t.quoted + " ", el("bdi", {}, c.quote.who)), el("div", { class: "said", dir: "auto" }, c.quote.words)));
  for (const row of c.rows || []) box.append(el("div", { class: row.heading ? "row heading" : "row" }, el("div", { class: "said", dir: "auto" }, row.text), el("div", { class: "buttons" }, ...buttonsOf(post, row.buttons, asked))));
  for (const line of c.lines || []) box.append(el("div", { class: "line", dir: "auto" }, line));
  if (c.form) box.append(formOf(c.form));
  if (has("buttons")) box.append(el("div", { class: "buttons" }, ...buttonsOf(post, c.buttons, asked)));
  box.append(asked);
  if (has("files")) box.append(el("div", { class: "files" }, ...c.files.map((file) => fileOf(post, file))));
  if (c.footer) box.append(el("div", { class: "foot", dir: "auto" }, c.footer));
  return box;
};
