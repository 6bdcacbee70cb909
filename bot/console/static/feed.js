// The posts of one chat, and what its reader may do to their own.
import { CardView, Questions } from "cards";
import { newId } from "ids";

// One's own words: taken back, or said anew; what became of it comes with the fates.
const Own = {
  props: { post: Object, words: Object, fates: Object },
  emits: ["withdraw", "correct"],
  data: () => ({ open: false, text: null, deed: null }),
  computed: {
    problem() {
      return this.fates[this.deed] || "";
    },
  },
  methods: {
    reword() {
      this.text = this.post.card.text;
      this.$nextTick(() => this.$refs.area.focus());
    },
    save() {
      if (!this.text.trim()) return;
      this.deed = newId();
      this.$emit("correct", { id: this.deed, slot: this.post.slot, text: this.text });
      this.leave();
    },
    back() {
      this.deed = newId();
      this.$emit("withdraw", { id: this.deed, slot: this.post.slot });
      this.leave();
    },
    leave() {
      Object.assign(this, { text: null, open: false });
      this.$refs.dots?.focus();
    },
    down(event) {
      if (event.key === "Escape") this.leave();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save();
    },
  },
  template: `
    <div class="rp-own" @keydown="down">
      <button ref="dots" type="button" class="rp-dots" :aria-label="words.deeds" :title="words.deeds" :aria-expanded="open"
              @click="open = !open; text = null">⋯</button>
      <div v-if="open && text === null" class="rp-buttons">
        <button v-if="post.card.text" type="button" class="rp-button" @click="reword">{{ words.edit }}</button>
        <button type="button" class="rp-button" @click="back">{{ words.take_back }}</button>
      </div>
      <div v-if="text !== null" class="rp-ask">
        <textarea ref="area" v-model="text" rows="3" maxlength="20000" dir="auto" :aria-label="words.edit"></textarea>
        <div class="rp-buttons"><button type="button" class="rp-button primary" @click="save">{{ words.save }}</button>
          <button type="button" class="rp-button" @click="leave">{{ words.cancel }}</button></div>
      </div>
      <p v-if="problem" class="rp-problem" role="alert">{{ problem }}</p>
    </div>`,
};

export default {
  components: { CardView, Own, Questions },
  props: { colleagues: Object, deeds: Boolean, posts: Array, words: Object, look: String, files: String, older: Boolean, loading: Boolean, fates: Object },
  emits: ["press", "submit", "thread", "older", "withdraw", "correct"],
  provide() {
    return { suggested: (key) => this.colleagues[key] || [] };
  },
  data: () => ({ busy: {}, asking: null, atEnd: true, spoken: "", silent: true }),
  computed: {
    last() {
      return this.posts.length ? this.posts[this.posts.length - 1].slot : "";
    },
  },
  watch: {
    posts(now) {
      if (this.atEnd) this.$nextTick(this.toEnd);
      this.speak(now[now.length - 1]);
    },
    fates(now) {
      for (const [slot, deed] of Object.entries(this.busy))
        if (now[deed.id] !== undefined) setTimeout(() => delete this.busy[slot], now[deed.id] ? 0 : 700);
    },
  },
  mounted() {
    this.watcher = new ResizeObserver(() => this.atEnd && this.toEnd());
    this.watcher.observe(this.$refs.box);
    this.watcher.observe(this.$refs.inside);
  },
  // A card that changes takes its buttons along; whoever stood on one goes on at the card, not at the top of the page.
  beforeUpdate() {
    const here = document.activeElement;
    this.stood = this.$refs.inside.contains(here) ? here.closest("article")?.dataset.slot : "";
  },
  updated() {
    if (this.stood && document.activeElement === document.body) this.home(this.stood);
  },
  unmounted() {
    this.watcher.disconnect();
  },
  methods: {
    fileAt(post, file) {
      const slot = encodeURIComponent(post.slot);
      return `${this.files}&slot=${slot}&n=${file.place}`;
    },
    scrolled() {
      const box = this.$refs.box;
      if (box) this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    },
    toEnd() {
      const box = this.$refs.box;
      if (box && this.look !== "whisper") box.scrollTop = box.scrollHeight;
    },
    // What is new is read out; what stood there before, one's own words and what only changed are not.
    speak(latest) {
      const known = this.heard;
      this.heard = latest ? latest.slot : "";
      const silent = (this.loading || this.silent) && this.look !== "whisper";
      if (!this.loading) this.silent = false;
      if (silent || !latest || latest.slot === known || latest.mine || this.look === "sheet") return;
      const { title, text, rows, lines } = latest.card;
      this.spoken = [latest.who, title, text, ...rows.map((row) => row.text), ...lines].filter(Boolean).join(" · ").slice(0, 500);
    },
    postAt(slot) {
      return [...this.$refs.inside.children].find((post) => post.dataset.slot === slot);
    },
    // Go back to where something was pressed, or to its card, or to the newest if that is gone.
    home(slot = this.pressed) {
      const posts = this.$refs.inside.querySelectorAll("article");
      (this.from?.isConnected ? this.from : this.postAt(slot) || posts[posts.length - 1])?.focus({ preventScroll: true });
    },
    start() {
      this.silent = true;
      this.atEnd = true;
      this.busy = {};
      this.toEnd();
    },
    reveal(slot) {
      const found = this.postAt(slot);
      if (!found) return;
      this.atEnd = false;
      found.scrollIntoView({ block: "center" });
      found.classList.add("revealed");
      setTimeout(() => found.classList.remove("revealed"), 1600);
    },
    thread(slot) {
      this.from = document.activeElement;
      this.$emit("thread", slot);
    },
    press(post, button) {
      if (this.busy[post.slot]?.button === button.id) return; // not twice
      Object.assign(this, { from: document.activeElement, pressed: post.slot });
      if (button.form) {
        this.asking = { form: button.form, slot: post.slot };
        this.$nextTick(() => this.$refs.dialog.showModal());
        return;
      }
      const id = newId();
      this.busy[post.slot] = { id, button: button.id };
      setTimeout(() => this.busy[post.slot]?.id === id && delete this.busy[post.slot], 12000);
      this.$emit("press", { id, slot: post.slot, button: button.id });
    },
    close() {
      this.$refs.dialog?.close();
      this.asking = null;
    },
  },
  template: `
    <div class="rp-feed" :class="look" ref="box" @scroll.passive="scrolled" tabindex="-1"><div ref="inside" class="rp-inside">
      <button v-if="older" type="button" class="rp-link rp-older" @click="$emit('older')">{{ words.older }}</button>
      <p v-if="!posts.length && !loading && words.empty" class="rp-empty">{{ words.empty }}</p>
      <template v-for="post in posts" :key="post.slot">
      <div v-if="post.day" class="rp-day"><span>{{ post.day }}</span></div>
      <article class="rp-post" tabindex="-1" :data-slot="post.slot" :class="{mine: post.mine, again: post.again}">
        <div class="rp-row">
          <span v-if="look !== 'chat'" class="rp-face" :class="post.kind" aria-hidden="true">{{ post.again ? '' : post.initial }}</span>
          <div class="rp-body">
            <header v-if="!post.again"><b dir="auto">{{ post.who }}</b> <time :title="post.full">{{ post.clock }}</time>
              <span v-if="post.edited" class="rp-edited" :title="post.changed">{{ words.edited }}</span></header>
            <CardView :card="post.card" :words="words" :busy="busy[post.slot]?.button" :fates="fates"
                      :href="(file) => fileAt(post, file)"
                      @press="press(post, $event)" @submit="$emit('submit', $event)" />
            <Own v-if="deeds && post.own && post.mine" :post="post" :words="words" :fates="fates"
                 @withdraw="$emit('withdraw', $event)" @correct="$emit('correct', $event)" />
            <p v-if="post.left_out" class="rp-left-out" :title="words.left_out_why">{{ post.left_out }}</p>
            <button v-if="post.threaded" type="button" class="rp-link rp-replies" @click="thread(post.slot)">
              {{ post.replies || words.reply }}</button>
          </div>
        </div>
      </article></template></div>
      <button v-if="!atEnd && posts.length" type="button" class="rp-down" :title="words.newest" :aria-label="words.newest" @click="atEnd = true; toEnd()">↓</button>
      <div class="rp-unseen" aria-live="polite">{{ spoken }}</div>
      <dialog ref="dialog" class="rp-dialog" :aria-label="asking?.form.title" @close="asking = null; home()"><template v-if="asking">
        <h2>{{ asking.form.title }}</h2>
        <Questions :form="asking.form" :words="words" :fates="fates" in-dialog
                   @submit="$emit('submit', $event)" @close="close" /></template>
      </dialog>
    </div>`,
};
