// One event stream of a page. Events say that something changed; the page fetches what it shows, at most twice a second.
import { html } from './lit-html.js';
import { draw } from '../main.js';
import { heard, lost, missed } from './contact.js';
import { clock, t } from './text.js';

const QUIET = 40_000;
const HIDDEN = 300_000;
const TYPES = ['rollout.changed', 'gateway.changed', 'status.changed', 'settings.changed'];

export class Live {
  #address;
  #stream;
  #heard = new Date();
  #timer;
  #again = false;
  #watch;
  #changed;
  #hidden;
  #seen = () => this.#visibility();
  #gone = () => this.#hush();

  constructor(address, changed) {
    this.#address = address;
    this.#changed = changed;
    this.#listen();
    this.#watch = setInterval(() => {
      if (this.#stream && Date.now() - this.#heard > QUIET) this.#soon();
    }, 5_000);
    document.addEventListener('visibilitychange', this.#seen);
    // A page that is left may be kept for Back; its stream would hold one of the browser's few connections meanwhile.
    addEventListener('pagehide', this.#gone);
    addEventListener('pageshow', this.#seen);
  }

  #hush() {
    this.#stream?.close();
    this.#stream = null;
  }

  #listen() {
    this.#stream = new EventSource(this.#address);
    this.#stream.onopen = () => { this.#noted(); this.#soon(); };
    for (const type of TYPES) this.#stream.addEventListener(type, () => { this.#noted(); this.#soon(); });
    this.#stream.onerror = () => { missed(); };
  }

  #visibility() {
    clearTimeout(this.#hidden);
    if (document.hidden) {
      this.#hidden = setTimeout(() => this.#hush(), HIDDEN);
    } else if (!this.#stream) {
      this.#listen();
    }
  }

  #noted() {
    this.#heard = new Date();
    heard();
  }

  #soon() {
    if (this.#timer) { this.#again = true; return; }
    this.#timer = setTimeout(async () => {
      try { await this.#changed(); this.#heard = new Date(); } catch { /* contact or the page says what is wrong */ }
      this.#timer = undefined;
      draw();
      if (this.#again) { this.#again = false; this.#soon(); }
    }, 500);
  }

  sign() {
    return lost()
      ? html`<span class="live off" role="status"><i></i>${t('live.lost', { when: clock(lost()) })}</span>`
      : html`<span class="live"><i class="pulse"></i><span>${t('live')}, <time datetime=${this.#heard.toISOString()}>${clock(this.#heard)}</time></span></span>`;
  }

  close() {
    this.#hush();
    clearInterval(this.#watch);
    clearTimeout(this.#timer);
    clearTimeout(this.#hidden);
    document.removeEventListener('visibilitychange', this.#seen);
    removeEventListener('pagehide', this.#gone);
    removeEventListener('pageshow', this.#seen);
  }
}
