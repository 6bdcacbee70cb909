// Sending: words that wait until the server has stored them, files, and what somebody presses.
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
