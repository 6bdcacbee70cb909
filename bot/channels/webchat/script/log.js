// The log: messages by day and by who said them, one's own to be changed, and those that are not sent yet.

// One's own words: taken back for both sides, or said anew.
const ownOf = (post, card) => {
  const bar = el("div", { class: "buttons deeds", hidden: true });
  const dots = el("button", { type: "button", class: "round dots", "aria-label": t.deeds, title: t.deeds, "aria-expanded": "false", onclick: () => { bar.hidden = !bar.hidden; dots.setAttribute("aria-expanded", String(!bar.hidden)); if (!bar.hidden) bar.firstChild.focus(); } }, "⋯");
  const back = el("button", { type: "button", class: "button", onclick: async () => { if (await act("withdrawals", { slot: post.slot }, back)) area.focus(); } }, t.take_back);
  if (post.card.text) bar.append(el("button", { type: "button", class: "button", onclick: () => reword(post, bar) }, t.edit));
  bar.append(back);
  return el("div", { class: "own" }, el("div", { class: "own-row" }, dots, card), bar);
};
const reword = (post, bar) => {
  const words = el("textarea", { rows: 3, "aria-label": t.edit, dir: "auto", maxlength: 20000 });
  words.value = post.card.text;
  const save = el("button", { type: "button", class: "button primary", onclick: async () => { if (words.value.trim() && (await act("corrections", { slot: post.slot, text: words.value }, save))) area.focus(); } }, t.save);
  const leave = el("button", { type: "button", class: "button", onclick: () => { drawn.delete(post.slot); showPosts(); area.focus(); } }, t.leave_it);
  bar.replaceChildren(el("div", { class: "ask" }, words), save, leave);
  words.focus();
};
const drawn = new Map();
const postOf = (post, before) => {
  const at = new Date(post.at), from = post.card.from_person || state.company;
  const mark = JSON.stringify([post.card, post.mine, post.edited, post.own]);
  const old = drawn.get(post.slot);
  const body = old?.mark === mark ? old.body : post.own ? ownOf(post, cardOf(post)) : cardOf(post);
  drawn.set(post.slot, { mark, body });
  const said = before && before.mine === post.mine && (before.card.from_person || state.company) === from && at - new Date(before.at) < 300000;
  const meta = said ? "" : el("div", { class: "meta" }, post.mine ? "" : el("bdi", {}, from), el("time", { datetime: post.at }, clock(at)), post.edited && (!post.mine || post.own) ? el("span", {}, post.mine ? t.changed : t.edited) : "");
  return el("div", { class: "post" + (post.mine ? " mine" : "") + (said ? " again" : ""), "data-slot": post.slot }, meta, body);
};
let atEnd = true;
const showPosts = (first) => {
  const posts = [...state.posts.values()].sort((a, b) => a.order - b.order);
  const typing = shadow.activeElement;
  const nodes = [];
  let before = null;
  for (const post of posts) {
    const at = new Date(post.at);
    const now = day(at);
    if (!before || day(new Date(before.at)) !== now) { nodes.push(el("div", { class: "day" }, now === day(new Date()) ? t.today : now)); before = null; }
    nodes.push(postOf(post, before));
    before = post;
  }
  empty.hidden = posts.length > 0 || state.queue.length > 0;
  const news = posts.filter((post) => !post.mine && post.order > state.seen);
  log.replaceChildren(...nodes);
  showAsking();
  if (typing && typing !== shadow.activeElement && typing.isConnected) typing.focus({ preventScroll: true });
  if (state.open && !document.hidden) see();
  else if (!first || news.length) badge(news.length);
  if (atEnd || first) toEnd();
  else more.hidden = !news.length;
  const latest = news.at(-1);
  if (latest && !first) spoken.textContent = [latest.card.from_person || state.company, latest.card.title, latest.card.text].filter(Boolean).join(t.colon).slice(0, 500);
};
const see = () => {
  state.seen = Math.max(state.seen, ...[...state.posts.values()].map((post) => post.order).filter(Number.isFinite), 0);
  kept.set("seen", state.seen);
  badge(0);
};
const badge = (count) => {
  dot.textContent = count > 9 ? "9+" : String(count);
  dot.hidden = !count;
  bubble.setAttribute("aria-label", count ? t.open + " (" + t.unread + t.colon + count + ")" : t.open);
};
const showQueue = () => {
  waiting.replaceChildren(...state.queue.map((item) => el("div", { class: "post mine" + (item.problem ? " failed" : "") }, el("div", { class: "bubble" }, el("div", { class: "said", dir: "auto" }, item.text), ...item.files.map((file) => el("div", { class: "line" }, file.name))),
    item.problem
      ? el("div", { class: "meta", role: "alert" }, item.problem + " ", el("button", { type: "button", class: "link", onclick: () => { item.problem = ""; showQueue(); drain(); } }, t.again), " ", el("button", { type: "button", class: "link", onclick: () => { if (!area.value) { area.value = item.text; fit(); } drop(item); area.focus(); } }, t.take_back))
      : el("div", { class: "meta" }, state.reached ? t.sending : t.waiting))));
  empty.hidden = state.posts.size > 0 || state.queue.length > 0;
  if (atEnd) toEnd();
};
