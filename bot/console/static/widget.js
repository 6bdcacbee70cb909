// The chat on a page of the company's: <script src="https://HOST/webchat/widget.js" async></script>; with `data-page` it
// is the whole page, our own, where a cookie says who the guest is and `data-guest` whether they are still the same.
// It lives in a shadow tree and speaks to HOST alone; whatever anybody wrote becomes a text node, never markup.
// Words are kept in the browser until the server has stored them and are sent under the same id until then.
(() => {
  const script = document.currentScript;
  if (!script || window.Rapport) return;
  const WORDS = /*WORDS*/ {};
  const BASE = new URL(".", script.src).href;
  const told = script.dataset;
  const wish = told.language || document.documentElement.lang || navigator.language || "en";
  const LANG = /^zh/i.test(wish) ? "zh-CN" : "en";
  const t = WORDS[LANG];
  const PAGE = "page" in told, OTHER = LANG === "en" ? ["zh-CN", "中文"] : ["en", "English"];
  const HOLD = 25, LARGEST = 10 * 1024 * 1024, LATE = 60, MOST_FILES = 10;
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
  const sleepers = new Set();
  const pause = (ms) => new Promise((go) => { sleepers.add(go); setTimeout(go, ms); }).then(() => sleepers.clear());
  const waking = () => { for (const go of sleepers) go(); };

  // What the browser keeps: each waiting message under a key of its own, so that two windows never overwrite each other.
  const memory = {};
  const kept = {
    get(name) { try { return JSON.parse(localStorage.getItem("rapport:" + BASE + name)); } catch { return memory[name] ?? null; } },
    set(name, value) {
      memory[name] = value;
      try { value === null ? localStorage.removeItem("rapport:" + BASE + name) : localStorage.setItem("rapport:" + BASE + name, JSON.stringify(value)); } catch {}
    },
    names(start) {
      const from = "rapport:" + BASE + start;
      try { return Object.keys(localStorage).filter((key) => key.startsWith(from)).map((key) => key.slice(("rapport:" + BASE).length)); } catch { return Object.keys(memory).filter((key) => key.startsWith(start)); }
    },
    clear() { for (const name of this.names("")) this.set(name, null); },
  };

  const state = { identity: told.identity || "", token: "", open: false, posts: new Map(), queue: [], after: "", files: [], company: "", away: "", opens: "", day: "", asks: false, refused: "", rests: "", reached: true, running: 0, seen: 0, problem: "" };

  // Elements: every child that is not an element becomes a text node.
  const el = (tag, attrs = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attrs)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== "" && child !== false && child !== undefined));
    return made;
  };
  const icon = (d) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) svg.setAttribute(name, value);
    path.setAttribute("d", d);
    svg.append(path);
    return svg;
  };
  const ICONS = {
    chat: "M12 3C6.9 3 3 6.5 3 10.9c0 2.4 1.2 4.5 3.1 6L5.4 21l4-2.1c.8.2 1.7.3 2.6.3 5.1 0 9-3.6 9-8.1S17.1 3 12 3Z",
    close: "M6 6l12 12M18 6L6 18", send: "M4 12l16-8-5 17-3.5-7L4 12Z", attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.500a3.400 3.400 0 0 1 4.800 4.800L10 17a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400",
    phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3Zm2.500 15h3", back: "M15 5l-7 7 7 7", file: "M7 3h7l4 4v14H7V3Zm7 0v4h4",
  };

  // The wire
  const ask = async (method, path, body, headers = {}) => {
    const raw = body instanceof Blob;
    if (body !== undefined && !raw) headers["content-type"] = "application/json";
    if (raw) headers["content-type"] = "application/octet-stream";
    if (state.token) headers.authorization = "Bearer " + state.token;
    const answer = await fetch(BASE + path, { method, headers: { "accept-language": LANG, ...headers }, body: raw ? body : body && JSON.stringify(body), credentials: PAGE ? "same-origin" : "omit", cache: "no-store", referrerPolicy: "no-referrer" });
    const json = (answer.headers.get("content-type") || "").includes("json");
    return { ok: answer.ok, status: answer.status, later: +(answer.headers.get("retry-after") || 0), data: json ? await answer.json() : answer.ok ? await answer.blob() : {} };
  };
  const reaching = (yes) => { if (state.reached !== yes) { state.reached = yes; showNotice(); showQueue(); } };
  const resting = (said) => { if (state.rests !== said) { state.rests = said; showNotice(); } };
  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  let visiting = null;
  const visit = () => (visiting ??= greeted().finally(() => (visiting = null)));
  const greeted = async () => {
    const mine = state.running;
    const answer = await ask("POST", "visit", { token: state.token, identity: state.identity, zone: zone() });
    if (answer.status === 403) { state.refused = answer.data.error || t.failed; showNotice(); console.error("Rapport: " + state.refused); return false; }
    if (!answer.ok) throw answer;
    if (mine !== state.running) throw new Error("somebody else visits by now");
    const { token, company, proven } = answer.data;
    Object.assign(state, { token, company, refused: "" });
    if (!PAGE) kept.set("token", token);
    kept.set("proven", proven ? claimed(state.identity) : "");
    showHours(answer.data);
    return true;
  };
  // A chat may stay open from office hours into the evening, over midnight ("at 8:30 tomorrow"), and into the morning.
  const today = () => new Date().toDateString();
  const renewHours = async () => {
    const mine = state.running, answer = await ask("GET", "hours?zone=" + encodeURIComponent(zone()));
    if (answer.ok && mine === state.running) showHours(answer.data);
  };
  const showHours = ({ opens, away, asks }) => {
    Object.assign(state, { opens, away, asks, day: today() });
    showNotice(); showAsking();
    if (!asks && !asking.contains(shadow.activeElement)) asking.replaceChildren();
  };
  const claimed = (identity) => { try { return String(JSON.parse(atob(identity.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"))).id || "?"); } catch { return identity ? "?" : ""; } };

  // One loop per visitor: news as they come, after a lost connection ever more slowly, at once when the network is back.
  const run = async () => {
    const mine = ++state.running;
    let wait = 0, first = true;
    while (mine === state.running) {
      try {
        if (first || !state.token) { if (!(await visit())) return; }
        const path = "posts?after=" + encodeURIComponent(state.after) + (first ? "" : "&wait=" + HOLD);
        const answer = await ask("GET", path);
        if (mine !== state.running) return;
        if (answer.status === 401 && PAGE) return location.reload(); // the page says who the guest is by now
        if (answer.status === 401) { state.token = ""; continue; }
        if (!answer.ok) throw answer;
        reaching(true);
        resting("");
        take(answer.data, first);
        if (answer.data.opens !== state.opens || today() !== state.day) renewHours().catch(() => {}); // or after the next answer
        if (first || wait) drain();
        first = false;
        wait = 0;
      } catch (problem) {
        if (mine !== state.running) return;
        if (problem?.status === 429) resting(problem.data.error || ""); else reaching(false);
        wait = Math.min(Math.max(wait * 2, 1000), 30000);
        await pause((problem?.later || 0) * 1000 || wait * (0.7 + Math.random() * 0.6));
      }
    }
  };
  const take = (data, first) => {
    state.after = data.after;
    for (const post of data.posts) {
      state.posts.delete("~:" + post.slot.split(":").pop());
      state.posts.set(post.slot, post);
    }
    const stored = (item) => [...state.posts.keys()].some((slot) => slot.endsWith(":" + item.id));
    for (const item of state.queue.filter(stored)) drop(item);
    if (data.posts.length || first) showPosts(first);
    if (state.posts.size) kept.set("talked", true);
  };

  // Sending
  let draining = false;
  const drain = async () => {
    if (draining) return;
    draining = true;
    let wait = 500;
    for (let item; (item = state.queue.find((one) => !one.problem)); ) {
      try {
        if (!state.token && !(await visit())) break;
        const late = Math.round((Date.now() - item.at) / 1000);
        const answer = await ask("POST", "messages", { id: item.id, text: item.text, files: item.files.map((file) => file.id), zone: zone(), late: late > LATE ? Math.min(late, 604800) : 0 });
        if (answer.ok) { reaching(true); item.stored = true; drop(item); continue; }
        if (answer.status < 500 && ![401, 429].includes(answer.status)) { item.problem = answer.data.error || t.not_sent; showQueue(); continue; }
        if (answer.status === 401) { state.token = ""; continue; }
        wait = answer.later * 1000 || wait;
      } catch { reaching(false); }
      await pause(wait * (0.7 + Math.random() * 0.6));
      wait = Math.min(wait * 2, 15000);
    }
    draining = false;
  };
  const drop = (item) => {
    const theirs = state.queue.includes(item); // or somebody else visits by now
    state.queue = state.queue.filter((one) => one !== item);
    kept.set("wait:" + item.id, null);
    if (item.stored && theirs && ![...state.posts.keys()].some((slot) => slot.endsWith(":" + item.id))) {
      state.posts.set("~:" + item.id, { slot: "~:" + item.id, order: Infinity, mine: true, at: new Date(item.at).toISOString(), card: { text: item.text, files: [] } });
      showPosts();
    }
    showQueue();
  };
  const say = () => {
    const text = area.value, files = state.files.filter((file) => file.id);
    if ((!text.trim() && !files.length) || state.refused || state.files.some((file) => file.busy)) return;
    const item = { id: newId(), text, files: files.map(({ id, name }) => ({ id, name })), at: Date.now(), problem: "" };
    kept.set("wait:" + item.id, item);
    state.queue.push(item);
    area.value = "";
    state.files = [];
    kept.set("draft", null);
    showFiles(); fit(); showQueue(); toEnd();
    area.focus();
    drain();
  };
  const hand = async (chosen) => {
    for (const file of [...chosen].slice(0, MOST_FILES - state.files.length)) {
      const item = { name: file.name || "image.png", busy: true, problem: file.size > LARGEST ? t.too_large : "" };
      state.files.push(item);
      showFiles();
      if (!item.problem) {
        try {
          if (!state.token && !(await visit())) return;
          const answer = await ask("POST", "files?name=" + encodeURIComponent(item.name), new Blob([file]));
          if (answer.ok) Object.assign(item, answer.data);
          else item.problem = answer.data.error || t.failed;
        } catch { item.problem = t.failed; }
      }
      item.busy = false;
      showFiles();
    }
  };
  const act = async (path, body, button) => {
    if (button.getAttribute("aria-disabled") === "true") return false;
    button.setAttribute("aria-disabled", "true"); // a disabled one would lose the focus
    let said = "";
    try {
      const answer = await ask("POST", path, { id: newId(), ...body });
      if (!answer.ok) said = answer.data.error || t.failed;
    } catch { said = t.failed; }
    setTimeout(() => button.removeAttribute("aria-disabled"), said ? 0 : 1500);
    state.problem = said;
    showNotice();
    return !said;
  };

  // Showing
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

  // Continue on another device
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

  // The panel
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
})();
