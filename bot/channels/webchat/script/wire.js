// The wire: who visits and what opens when; news as they come.
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
