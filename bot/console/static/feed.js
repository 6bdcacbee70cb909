// The posts of one chat. Every word goes through text interpolation, so nothing that anybody wrote becomes markup.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
const FOLD_AT = 900;

const Said = {
  props: { text: String, words: Object },
  data: () => ({ open: false }),
  computed: {
    long() {
      return this.text.length > FOLD_AT || this.text.split("\n").length > 14;
    },
  },
  template: `
    <div class="rp-said" :class="{folded: long && !open}" dir="auto">{{ text }}</div>
    <button v-if="long" type="button" class="rp-link" @click="open = !open">{{ open ? words.less : words.all }}</button>`,
};

const Questions = {
  props: { form: Object, words: Object, fates: Object, inDialog: Boolean },
  emits: ["submit", "close"],
  data() {
    return { values: {}, missing: {}, sent: null };
  },
  created() {
    for (const ask of this.form.asks) this.values[ask.name] = ask.kind === "flag" ? ask.value === "true" : ask.value;
  },
  computed: {
    waiting() {
      return this.sent !== null && this.fates[this.sent] === undefined;
    },
    problem() {
      return this.fates[this.sent] || "";
    },
    done() {
      return this.fates[this.sent] === "";
    },
  },
  watch: {
    done(now) {
      if (now) this.$emit("close");
    },
  },
  methods: {
    submit() {
      this.missing = {};
      const args = { ...this.form.fixed };
      for (const ask of this.form.asks) {
        const value = this.values[ask.name];
        const said = typeof value === "boolean" ? String(value) : String(value ?? "").trim();
        if (ask.required && !said) this.missing[ask.name] = true;
        if (said) args[ask.name] = said;
      }
      if (Object.keys(this.missing).length) return;
      this.sent = newId();
      this.$emit("submit", { id: this.sent, command: this.form.command, args });
    },
  },
  template: `
    <form class="rp-form" @submit.prevent="submit" novalidate>
      <label v-for="ask in form.asks" :key="ask.name" class="rp-ask" :class="{missing: missing[ask.name]}">
        <span class="rp-ask-label">{{ ask.label }}<i v-if="ask.required" aria-hidden="true">*</i>
          <em v-else>{{ words.optional }}</em></span>
        <textarea v-if="ask.kind === 'words'" v-model="values[ask.name]" :name="ask.name" rows="4" dir="auto"></textarea>
        <select v-else-if="ask.kind === 'choice'" v-model="values[ask.name]" :name="ask.name">
          <option value="">{{ words.choose }}</option>
          <option v-for="c in ask.choices" :key="c.value" :value="c.value">{{ c.label }}</option>
        </select>
        <input v-else-if="ask.kind === 'flag'" v-model="values[ask.name]" :name="ask.name" type="checkbox">
        <input v-else v-model="values[ask.name]" :name="ask.name" dir="auto" autocomplete="off"
               :inputmode="ask.kind === 'number' ? 'decimal' : 'text'">
        <small v-if="missing[ask.name]" class="rp-problem">{{ words.required }}</small>
        <small v-else-if="ask.hint">{{ ask.hint }}</small>
      </label>
      <p v-if="problem" class="rp-problem" role="alert">{{ problem }}</p>
      <p v-if="done && !inDialog" class="rp-done">{{ words.form_sent }}</p>
      <div v-else class="rp-form-end">
        <button v-if="inDialog" type="button" class="rp-button" @click="$emit('close')">{{ words.cancel }}</button>
        <button type="submit" class="rp-button primary" :disabled="waiting">{{ form.submit }}</button>
      </div>
    </form>`,
};

const FileView = {
  props: { file: Object, href: String, words: Object },
  data: () => ({ broken: false }),
  computed: {
    size() {
      const n = this.file.size;
      return n === null ? "" : n < 1e6 ? Math.max(1, Math.round(n / 1024)) + " KB" : (n / 1048576).toFixed(1) + " MB";
    },
  },
  template: `
    <a class="rp-file" :class="{picture: file.kind === 'photo' && !broken}" :href="href" download
       :aria-label="words.download + ' ' + file.label">
      <img v-if="file.kind === 'photo' && !broken" :src="href" :alt="file.label" loading="lazy" @error="broken = true">
      <template v-else><span dir="auto">{{ file.label }}</span><small>{{ size }}</small></template></a>`,
};

const Item = {
  props: { row: Object, busy: String },
  emits: ["press"],
  computed: {
    parts() {
      const [head, ...rest] = this.row.text.split("\n");
      return rest.length ? { head, rest: rest.join("\n") } : { head: "", rest: head };
    },
  },
  template: `
    <li class="rp-item" :class="{heading: row.heading}">
      <button v-if="row.opens" type="button" class="rp-link rp-opens" dir="auto" :class="{busy: busy === row.opens}"
              :disabled="Boolean(busy)" @click="$emit('press', {id: row.opens})">{{ row.text }}</button>
      <div v-else class="rp-item-text" dir="auto"><b v-if="parts.head">{{ parts.head }}</b><span>{{ parts.rest }}</span></div>
      <div v-if="row.buttons.length" class="rp-item-buttons">
        <button v-for="b in row.buttons" :key="b.id" type="button" class="rp-quiet" :class="{busy: busy === b.id}"
                :disabled="Boolean(busy)" @click="$emit('press', b)">{{ b.label }}</button>
      </div>
    </li>`,
};

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

const CardView = {
  components: { Said, Questions, Item, FileView },
  props: { card: Object, words: Object, busy: String, fates: Object, href: Function },
  emits: ["press", "submit"],
  computed: {
    framed() {
      const c = this.card;
      return Boolean(c.title || c.fields.length || c.rows.length || c.lines.length || c.buttons.length || c.form || c.footer) || c.tone !== "plain";
    },
  },
  template: `
    <div :class="framed ? ['rp-card', card.tone] : 'rp-plain'">
      <div v-if="card.title" class="rp-title" dir="auto">{{ card.title }}</div>
      <Said v-if="card.text" :text="card.text" :words="words" />
      <dl v-if="card.fields.length" class="rp-fields" :class="{long: card.fields.some((f) => f.label.length > 18)}">
        <div v-for="(f, n) in card.fields" :key="n"><dt>{{ f.label }}</dt><dd dir="auto">{{ f.value }}</dd></div>
      </dl>
      <blockquote v-if="card.quote" class="rp-quote">
        <cite><span class="rp-unseen">{{ words.quoted }} </span><bdi>{{ card.quote.who }}</bdi></cite>
        <Said :text="card.quote.words" :words="words" />
      </blockquote>
      <ul v-if="card.rows.length" class="rp-items">
        <Item v-for="(row, n) in card.rows" :key="n" :row="row" :busy="busy" @press="$emit('press', $event)" /></ul>
      <ul v-if="card.lines.length" class="rp-lines"><li v-for="(line, n) in card.lines" :key="n" dir="auto">{{ line }}</li></ul>
      <Questions v-if="card.form" :form="card.form" :words="words" :fates="fates" @submit="$emit('submit', $event)" />
      <div v-if="card.buttons.length" class="rp-buttons">
        <button v-for="b in card.buttons" :key="b.id" type="button" class="rp-button" :class="[b.style, {busy: busy === b.id}]"
                :disabled="Boolean(busy)" @click="$emit('press', b)">{{ b.label }}</button>
      </div>
      <div v-if="card.files.length" class="rp-files">
        <FileView v-for="file in card.files" :key="file.place" :file="file" :href="href(file)" :words="words" /></div>
      <div v-if="card.footer" class="rp-footer" dir="auto">{{ card.footer }}</div>
    </div>`,
};

export default {
  components: { CardView, Own, Questions },
  props: { deeds: Boolean, posts: Array, words: Object, look: String, files: String, older: Boolean, loading: Boolean, fates: Object },
  emits: ["press", "submit", "thread", "older", "withdraw", "correct"],
  data: () => ({ busy: {}, asking: null, atEnd: true }),
  computed: {
    last() {
      return this.posts.length ? this.posts[this.posts.length - 1].slot : "";
    },
  },
  watch: {
    posts() {
      if (this.atEnd) this.$nextTick(this.toEnd);
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
    start() {
      this.atEnd = true;
      this.busy = {};
      this.toEnd();
    },
    reveal(slot) {
      const found = [...this.$refs.inside.children].find((post) => post.dataset.slot === slot);
      if (!found) return;
      this.atEnd = false;
      found.scrollIntoView({ block: "center" });
      found.classList.add("revealed");
      setTimeout(() => found.classList.remove("revealed"), 1600);
    },
    press(post, button) {
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
      <article class="rp-post" :data-slot="post.slot" :class="{mine: post.mine, again: post.again}">
        <div class="rp-row">
          <span v-if="look !== 'chat'" class="rp-face" :class="post.kind" aria-hidden="true">{{ post.again ? '' : post.initial }}</span>
          <div class="rp-body">
            <header v-if="!post.again"><b dir="auto">{{ post.who }}</b> <time :title="post.full">{{ post.clock }}</time>
              <span v-if="post.edited" class="rp-edited" :title="post.changed">{{ words.edited }}</span></header>
            <CardView :card="post.card" :words="words" :busy="busy[post.slot]?.button" :fates="fates"
                      :href="(file) => fileAt(post, file)"
                      @press="press(post, $event)" @submit="$emit('submit', $event)" />
            <Own v-if="deeds && post.own && post.mine && !post.card.text.startsWith('/')" :post="post" :words="words" :fates="fates"
                 @withdraw="$emit('withdraw', $event)" @correct="$emit('correct', $event)" />
            <p v-if="post.left_out" class="rp-left-out" :title="words.left_out_why">{{ post.left_out }}</p>
            <button v-if="post.threaded" type="button" class="rp-link rp-replies" @click="$emit('thread', post.slot)">
              {{ post.replies || words.reply }}</button>
          </div>
        </div>
      </article></template></div>
      <button v-if="!atEnd && posts.length" type="button" class="rp-down" :title="words.newest" @click="atEnd = true; toEnd()">↓</button>
      <dialog ref="dialog" class="rp-dialog" @close="asking = null"><template v-if="asking">
        <h2>{{ asking.form.title }}</h2>
        <Questions :form="asking.form" :words="words" :fates="fates" in-dialog
                   @submit="$emit('submit', $event)" @close="close" /></template>
      </dialog>
    </div>`,
};
