// A list in pages by key: the address keeps the filter, the browser keeps the keys of the pages before.
import { html, nothing } from './lit-html.js';
import { draw } from '../main.js';
import { problem } from './parts.js';
import { number, t } from './text.js';

export const PAGE = 100;

/** Pages of what `fetchPage({ after, limit })` answers as `{ items, next }`. */
export class Pages {
  items = [];
  failed = null;
  #before = [];
  #after = undefined;
  #next = undefined;
  #fetch;

  constructor(fetchPage) {
    this.#fetch = fetchPage;
  }

  async load() {
    try {
      const page = await this.#fetch({ after: this.#after, limit: PAGE });
      this.items = page.items;
      this.#next = page.next;
      this.failed = null;
    } catch (e) {
      if (this.items.length === 0) throw e;
      this.failed = e;
    }
    draw();
  }

  #forward = () => { this.#before.push(this.#after); this.#after = this.#next; this.load(); };

  #back = () => { this.#after = this.#before.pop(); this.load(); };

  /** What lies below the table. */
  pager() {
    const from = this.#before.length * PAGE;
    return html`${this.failed ? problem(this.failed, () => this.load()) : nothing}
<div class="pager"><span class="num">${t('page', { from: number(from + 1), to: number(from + this.items.length) })}</span>
<div class="acts"><button class="btn" ?disabled=${this.#before.length === 0} @click=${this.#back}>${t('page.previous')}</button>
<button class="btn" ?disabled=${this.#next === undefined} @click=${this.#forward}>${t('page.next')}</button></div></div>`;
  }
}
