// One card: what it says, its rows, its form, its buttons and files. Every word goes through text interpolation, so
// nothing that anybody wrote becomes markup.
import { newId } from "ids";

const FOLD_AT = 900;
// Fields stand two abreast as long as none of them needs a line of its own; a Chinese character is as wide as two letters.
const WIDEST_LABEL = 18, WIDEST_VALUE = 70;
const wide = (text) => text.length + (text.match(/[\u2e80-\uffef]/g) || []).length;

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

export const Questions = {
  props: { form: Object, words: Object, fates: Object, inDialog: Boolean },
  emits: ["submit", "close"],
  inject: ["suggested"],
  data() {
    return { values: {}, missing: {}, sent: null, lists: newId() };
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
      if (this.waiting) return;
      this.missing = {};
      const args = { ...this.form.fixed };
      for (const ask of this.form.asks) {
        const value = this.values[ask.name];
        const said = typeof value === "boolean" ? String(value) : String(value ?? "").trim();
        if (ask.required && !said) this.missing[ask.name] = true;
        if (said) args[ask.name] = said;
      }
      if (Object.keys(this.missing).length) {
        const first = this.form.asks.find((ask) => this.missing[ask.name]);
        this.$el.elements[first.name].focus();
        return;
      }
      this.sent = newId();
      this.$emit("submit", { id: this.sent, command: this.form.command, args });
    },
  },
  template: `
    <form class="rp-form" @submit.prevent="submit" novalidate>
      <label v-for="ask in form.asks" :key="ask.name" class="rp-ask" :class="{missing: missing[ask.name]}">
        <span class="rp-ask-label">{{ ask.label }}<i v-if="ask.required" aria-hidden="true">*</i>
          <em v-else>{{ words.optional }}</em></span>
        <textarea v-if="ask.kind === 'words'" v-model="values[ask.name]" :name="ask.name" :aria-required="ask.required" :aria-invalid="Boolean(missing[ask.name])" rows="4" dir="auto"></textarea>
        <select v-else-if="ask.kind === 'choice'" v-model="values[ask.name]" :name="ask.name" :aria-required="ask.required" :aria-invalid="Boolean(missing[ask.name])">
          <option value="">{{ words.choose }}</option>
          <option v-for="c in ask.choices" :key="c.value" :value="c.value">{{ c.label }}</option>
        </select>
        <input v-else-if="ask.kind === 'flag'" v-model="values[ask.name]" :name="ask.name" :aria-required="ask.required" :aria-invalid="Boolean(missing[ask.name])" type="checkbox">
        <input v-else v-model="values[ask.name]" :name="ask.name" :aria-required="ask.required" :aria-invalid="Boolean(missing[ask.name])" dir="auto" autocomplete="off"
               :inputmode="ask.kind === 'number' ? 'decimal' : 'text'" :list="ask.among ? lists + ask.name : null">
        <datalist v-if="ask.among" :id="lists + ask.name">
          <option v-for="c in suggested(ask.among)" :key="c.value" :value="c.value" :label="c.label === c.value ? null : c.label"></option>
        </datalist>
        <small v-if="missing[ask.name]" class="rp-problem" role="alert">{{ words.required }}</small>
        <small v-else-if="ask.hint">{{ ask.hint }}</small>
      </label>
      <p v-if="problem" class="rp-problem" role="alert">{{ problem }}</p>
      <p v-if="done && !inDialog" class="rp-done">{{ words.form_sent }}</p>
      <div v-else class="rp-form-end">
        <button v-if="inDialog" type="button" class="rp-button" @click="$emit('close')">{{ words.cancel }}</button>
        <button type="submit" class="rp-button primary" :aria-disabled="waiting">{{ form.submit }}</button>
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
              :aria-disabled="busy === row.opens" @click="$emit('press', {id: row.opens})">{{ row.text }}</button>
      <div v-else class="rp-item-text" dir="auto"><b v-if="parts.head">{{ parts.head }}</b><span>{{ parts.rest }}</span></div>
      <div v-if="row.buttons.length" class="rp-item-buttons">
        <button v-for="b in row.buttons" :key="b.id" type="button" class="rp-quiet" :class="{busy: busy === b.id}"
                :aria-disabled="busy === b.id" @click="$emit('press', b)">{{ b.label }}</button>
      </div>
    </li>`,
};

// A link that another device's camera reads, with the quiet margin that a camera needs.
const Squares = {
  props: { rows: Array, name: String },
  computed: {
    path() {
      return this.rows.map((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "")).join("")).join("");
    },
  },
  template: `<svg class="rp-squares" role="img" :aria-label="name" :viewBox="'0 0 ' + (rows.length + 8) + ' ' + (rows.length + 8)"><path :d="path" /></svg>`,
};

export const CardView = {
  components: { Said, Questions, Item, FileView, Squares },
  props: { card: Object, words: Object, busy: String, fates: Object, href: Function },
  emits: ["press", "submit"],
  computed: {
    spread() {
      return this.card.fields.some((field) => wide(field.label) > WIDEST_LABEL || wide(field.value) > WIDEST_VALUE);
    },
    framed() {
      const c = this.card;
      return Boolean(c.title || c.fields.length || c.rows.length || c.lines.length || c.buttons.length || c.form || c.footer) || c.tone !== "plain";
    },
  },
  template: `
    <div :class="framed ? ['rp-card', card.tone] : 'rp-plain'">
      <div v-if="card.title" class="rp-title" dir="auto">{{ card.title }}</div>
      <Said v-if="card.text" :text="card.text" :words="words" />
      <dl v-if="card.fields.length" class="rp-fields" :class="{long: spread}">
        <div v-for="(f, n) in card.fields" :key="n"><dt>{{ f.label }}</dt><dd dir="auto">{{ f.value }}<Squares v-if="f.squares" :rows="f.squares" :name="f.label" /></dd></div>
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
                :aria-disabled="busy === b.id" @click="$emit('press', b)">{{ b.label }}</button>
      </div>
      <div v-if="card.files.length" class="rp-files">
        <FileView v-for="file in card.files" :key="file.place" :file="file" :href="href(file)" :words="words" /></div>
      <div v-if="card.footer" class="rp-footer" dir="auto">{{ card.footer }}</div>
    </div>`,
};
