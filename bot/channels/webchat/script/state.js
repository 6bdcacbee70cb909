// The state: what the page and the browser say of themselves, what the browser keeps, and how the chat stands.
const script = document.currentScript;
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
