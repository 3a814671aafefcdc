// A list in pages by key. Filter and key stand in the address, so that a link shows a colleague the same and Back works.
import { html, nothing } from './lit-html.js';
import { draw, go } from '../main.js';
import { problem } from './parts.js';
import { number, t } from './text.js';

export const PAGE = 100;

/** One page of what `fetchPage({ [key], limit })` answers as `{ items, next }`. */
export class Pages {
  items = [];
  failed = null;
  #next = undefined;
  #fetch;
  #query;
  #key;
  #size;

  constructor(fetchPage, query, { key = 'after', size = PAGE } = {}) {
    this.#fetch = fetchPage;
    this.#query = query;
    this.#key = key;
    this.#size = size;
  }

  get #from() { return Math.max(0, Number(this.#query.get('from') ?? 0) || 0); }

  async load() {
    try {
      const page = await this.#fetch({ [this.#key]: this.#query.get(this.#key) ?? undefined, limit: this.#size });
      this.items = page.items;
      this.#next = page.next;
      this.failed = null;
    } catch (e) {
      if (this.items.length === 0) throw e;
      this.failed = e;
    }
    draw();
  }

  #address(changes) {
    const words = new URLSearchParams(this.#query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) words.delete(name); else words.set(name, value);
    }
    return words.size ? `${location.pathname}?${words}` : location.pathname;
  }

  #forward = () => go(this.#address({ [this.#key]: this.#next, from: this.#from + this.items.length }), { state: { paged: true } });

  #back = () => (history.state?.paged ? history.back() : go(this.#address({ [this.#key]: undefined, from: undefined })));

  /** What lies below the table; `all` is how many there are, where that is known. */
  pager({ all, say } = {}) {
    const from = this.#from;
    const places = { from: number(from + 1), to: number(from + this.items.length), all: number(all ?? 0) };
    return html`${this.failed ? problem(this.failed, () => this.load()) : nothing}
<div class="pager"><span class="num" role="status">${all === undefined ? t('page', places) : t('page.of', places)}</span>${say ?? nothing}
<div class="acts"><button class="btn" ?disabled=${from === 0} @click=${this.#back}>${t('page.previous')}</button>
<button class="btn" ?disabled=${this.#next === undefined || this.#next === null} @click=${this.#forward}>${t('page.next')}</button></div></div>`;
  }
}
