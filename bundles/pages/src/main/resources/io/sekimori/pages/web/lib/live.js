// One event stream of a page. Events say that something changed; the page fetches what it shows, at most twice a second.
import { html } from './lit-html.js';
import { draw } from '../main.js';
import { instant, t } from './text.js';

const QUIET = 40_000;

export class Live {
  #stream;
  #heard = Date.now();
  #timer;
  #again = false;
  #watch;
  #changed;
  #lost = false;

  constructor(address, changed) {
    this.#changed = changed;
    this.#stream = new EventSource(address);
    this.#stream.onopen = () => { this.#noted(); this.#soon(); };
    this.#stream.onmessage = () => { this.#noted(); this.#soon(); };
    for (const type of ['rollout.changed', 'target.changed']) {
      this.#stream.addEventListener(type, () => { this.#noted(); this.#soon(); });
    }
    this.#stream.onerror = () => { this.#lost = true; draw(); };
    this.#watch = setInterval(() => {
      if (!this.#lost && Date.now() - this.#heard > QUIET) this.#soon();
    }, 5_000);
  }

  #noted() {
    this.#heard = Date.now();
    this.#lost = false;
  }

  #soon() {
    if (this.#timer) { this.#again = true; return; }
    this.#timer = setTimeout(async () => {
      try { await this.#changed(); this.#noted(); } catch { this.#lost = true; draw(); }
      this.#timer = undefined;
      if (this.#again) { this.#again = false; this.#soon(); }
    }, 500);
  }

  sign() {
    return this.#lost
      ? html`<span class="live off" role="status">${t('live.lost', { when: instant(this.#heard) })}</span>`
      : html`<span class="live" role="status"><i class="pulse"></i>${t('live')}</span>`;
  }

  close() {
    this.#stream.close();
    clearInterval(this.#watch);
    clearTimeout(this.#timer);
  }
}
