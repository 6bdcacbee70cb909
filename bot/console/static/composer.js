// Where words are typed. What was sent is kept in the tab until the server has stored it, and sent again under the
// same id after a lost connection, so that it arrives once.
import { newId } from "ids";

export default {
  props: { box: String, upload: String, place: String, placeholder: String, commands: Array, eager: Boolean, words: Object, fates: Object },
  emits: ["send"],
  data: () => ({ text: "", queue: [], files: [], pick: 0, hushed: "" }),
  computed: {
    line() {
      return this.text.replace(/^\s*\/(crm(\s+|$))?/i, "").toLowerCase();
    },
    picks() {
      const typed = this.text.trim();
      if (!this.commands?.length || !typed || typed.includes("\n") || this.hushed === this.text) return [];
      if (!typed.startsWith("/") && !(this.eager && this.line.length > 0)) return [];
      const fits = (c) => c.spellings.some((s) => s.startsWith(this.line.trimEnd()) && (s.length > this.line.trimEnd().length || !this.line.endsWith(" ")));
      return this.commands.filter(fits);
    },
    can() {
      return (this.text.trim() || this.files.length) && this.files.every((file) => file.id);
    },
    usage() {
      const found = this.commands?.filter((c) => c.spellings.some((s) => this.line.startsWith(s + " ")));
      return found?.length ? found.sort((a, b) => b.name.length - a.name.length)[0].usage : "";
    },
  },
  watch: {
    place() {
      this.recall();
    },
    text() {
      this.pick = 0;
      this.keep();
      this.$nextTick(this.fit);
    },
    fates(now) {
      for (const item of this.queue) item.problem = now[item.id] || "";
      this.queue = this.queue.filter((item) => now[item.id] !== "");
      this.keep();
    },
  },
  mounted() {
    this.recall();
  },
  methods: {
    key() {
      return "rapport:" + this.place;
    },
    keep() {
      const kept = { text: this.text, queue: this.queue.map(({ id, text, files }) => ({ id, text, files })) };
      if (kept.text || kept.queue.length) sessionStorage.setItem(this.key(), JSON.stringify(kept));
      else sessionStorage.removeItem(this.key());
    },
    recall() {
      const kept = JSON.parse(sessionStorage.getItem(this.key()) || "{}");
      this.queue = kept.queue || [];
      this.text = kept.text || "";
      for (const item of this.queue) this.emit(item);
    },
    fit() {
      const area = this.$refs.area;
      if (!area) return;
      area.style.height = "auto";
      area.style.height = Math.min(area.scrollHeight, 180) + "px";
    },
    emit(item) {
      item.problem = "";
      this.$emit("send", { id: item.id, text: item.text, files: (item.files || []).map((file) => file.id) });
    },
    send() {
      const text = this.text;
      if (!this.can) return;
      const item = { id: newId(), text, files: this.files.map(({ id, name }) => ({ id, name })), problem: "" };
      this.files = [];
      this.queue.push(item);
      this.text = "";
      this.keep();
      this.emit(this.queue[this.queue.length - 1]);
      this.$refs.area.focus();
    },
    // Let somebody who came by keyboard or mouse type at once; on a phone the keyboard would cover what they came for.
    here() {
      if (!matchMedia("(pointer: coarse)").matches) setTimeout(() => this.$refs.area.focus({ preventScroll: true }));
    },
    async hand(chosen) {
      for (const file of [...chosen].slice(0, 10 - this.files.length)) {
        this.files.push({ name: file.name || "image.png", busy: true, problem: "" });
        const item = this.files[this.files.length - 1];
        try {
          const mark = this.upload.includes("?") ? "&" : "?";
          const answer = await fetch(this.upload + mark + "name=" + encodeURIComponent(item.name), { method: "POST", body: file });
          const said = await answer.json();
          if (answer.ok) Object.assign(item, said);
          else item.problem = said.error;
        } catch {
          item.problem = this.words.file_failed;
        }
        item.busy = false;
      }
    },
    drop(item) {
      this.queue = this.queue.filter((one) => one !== item);
      if (!this.text) this.text = item.text;
      this.keep();
    },
    choose(command) {
      this.text = "/crm " + command.name + " ";
      this.$refs.area.focus();
    },
    down(event) {
      if (event.isComposing || event.keyCode === 229) return; // an input method is choosing characters
      const open = this.picks.length > 0;
      if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.pick = (this.pick + step + this.picks.length) % this.picks.length;
        event.preventDefault();
        this.$nextTick(() => this.$refs.picks?.children[this.pick]?.scrollIntoView({ block: "nearest" }));
      } else if (open && (event.key === "Tab" || (event.key === "Enter" && !this.exact()))) {
        this.choose(this.picks[this.pick]);
        event.preventDefault();
      } else if (open && event.key === "Escape") {
        this.hushed = this.text;
      } else if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
        event.preventDefault();
        this.send();
      }
    },
    pasted(event) {
      if (!this.upload || !event.clipboardData?.files.length) return;
      event.preventDefault();
      this.hand(event.clipboardData.files);
    },
    exact() {
      return this.picks[this.pick].spellings.includes(this.line.trim());
    },
  },
  template: `
    <div class="rp-composer">
      <div v-for="item in queue" :key="item.id" class="rp-waiting" :class="{wrong: item.problem}">
        <span dir="auto">{{ item.text.slice(0, 120) }}</span>
        <template v-if="item.problem"><em role="alert">{{ item.problem }}</em>
          <button type="button" class="rp-link" @click="emit(item)">{{ words.again }}</button>
          <button type="button" class="rp-link" @click="drop(item)">{{ words.take_back }}</button></template>
        <em v-else>{{ words.sending }}</em>
      </div>
      <ul v-if="picks.length" ref="picks" class="rp-picks" role="listbox" :id="box + '-picks'" :aria-label="placeholder">
        <li v-for="(c, n) in picks" :key="c.name" role="option" :id="box + '-' + n" :aria-selected="n === pick" :class="{on: n === pick}"
            @mousedown.prevent="choose(c)"><b>/crm {{ c.name }}</b><span>{{ c.help }}</span></li>
      </ul>
      <div v-else-if="usage" class="rp-usage">{{ usage }}</div>
      <div v-if="files.length" class="rp-chips">
        <span v-for="file in files" :key="file.name" :class="{wrong: file.problem}"><bdi>{{ file.name }}</bdi>
          <em v-if="file.busy">…</em><em v-if="file.problem" role="alert">{{ file.problem }}</em>
          <button type="button" class="rp-link" :aria-label="words.remove + ' ' + file.name"
                  @click="files = files.filter((one) => one !== file)">✕</button></span>
      </div>
      <div class="rp-type" @dragover.prevent @drop.prevent="upload && hand($event.dataTransfer.files)">
        <button v-if="upload" type="button" class="rp-attach" :aria-label="words.attach" :title="words.attach"
                @click="$refs.picker.click()">+</button>
        <input v-if="upload" ref="picker" type="file" multiple hidden
               @change="hand($refs.picker.files); $refs.picker.value = ''; $refs.area.focus()">
        <textarea ref="area" v-model="text" rows="1" :id="box" aria-autocomplete="list" :aria-controls="picks.length ? box + '-picks' : null"
                  :aria-activedescendant="picks.length ? box + '-' + pick : null" :placeholder="placeholder" :aria-label="placeholder" dir="auto"
                  @keydown="down" @paste="pasted"></textarea>
        <button type="button" class="rp-button primary" :disabled="!can" @click="send">{{ words.send }}</button>
      </div>
    </div>`,
};
