// While nobody is at work: how somebody whom nobody knows is reached, asked once, below words that are sent already.
const showAsking = () => {
  if (!state.asks || kept.get("asked") || asking.firstChild || ![...state.posts.values()].some((post) => post.mine)) return;
  const field = (name, label, attrs, optional) => {
    const input = el("input", { id: "about-" + name, name, dir: "auto", "aria-required": String(!optional), ...attrs });
    return el("div", { class: "ask" + (attrs.type === "checkbox" ? " agree" : "") }, el("label", { for: input.id }, label, optional ? el("em", {}, " " + t.optional) : ""), input);
  };
  const send = el("button", { type: "submit", class: "button primary" }, t.asks_send);
  const skip = el("button", { type: "button", class: "button", onclick: () => over("") }, t.asks_skip);
  const over = (said) => { kept.set("asked", true); state.asks = false; asking.replaceChildren(said && el("p", { class: "note", role: "status" }, said)); area.focus(); };
  const form = el("form", { class: "form card", novalidate: true, "aria-label": t.asks, onsubmit: (event) => { event.preventDefault(); hand_in(form, send, over); } }, el("p", { class: "said" }, t.asks),
    field("name", t.asks_name, { type: "text", autocomplete: "name", maxlength: 100 }, true), field("reach", t.asks_reach, { type: "text", autocomplete: "email", maxlength: 254 }),
    field("agreed", t.asks_agree, { type: "checkbox" }), el("div", { class: "buttons" }, send, skip));
  asking.replaceChildren(form);
  if (atEnd) toEnd();
};
const hand_in = async (form, send, over) => {
  if (send.getAttribute("aria-disabled") === "true") return;
  const { name, reach, agreed } = form.elements, complain = (input, said) => {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "about-wrong");
    input.after(el("small", { id: "about-wrong", class: "wrong", role: "alert" }, said));
    input.focus();
  };
  for (const input of [name, reach, agreed, send]) { for (const mark of ["aria-invalid", "aria-describedby"]) input.removeAttribute(mark); input.parentNode.querySelector(".wrong")?.remove(); }
  if (!reach.value.trim()) return complain(reach, t.required);
  if (!agreed.checked) return complain(agreed, t.required);
  send.setAttribute("aria-disabled", "true");
  try {
    const answer = await ask("POST", "details", { id: newId(), name: name.value, reach: reach.value, agreed: true });
    if (answer.ok) return over(t.asks_thanks);
    complain(form.elements[answer.data.field] || send, answer.data.error || t.failed);
  } catch { complain(send, t.failed); }
  finally { send.removeAttribute("aria-disabled"); }
};
