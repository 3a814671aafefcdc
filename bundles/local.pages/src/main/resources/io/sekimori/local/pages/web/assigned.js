// What the console assigned: whether it waits here and why, to have it installed now, and to put it off.
import { html, nothing } from './lib/lit-html.js';
import { lost } from './lib/contact.js';
import { draw } from './main.js';
import { local } from './local.js';
import { mark, problem, reason } from './lib/parts.js';
import { instant, t } from './lib/text.js';

export class Assigned {
  onAct = () => {};
  /** Grows with each thing that is done here: what was asked before is older than that. */
  turn = 0;
  #may;
  #seen;
  #failed = null;
  #asking = false;

  constructor(seen, may) {
    this.#seen = seen;
    this.#may = may;
  }

  now(seen) {
    this.#seen = seen;
  }

  async #act(doing) {
    this.#failed = null;
    this.#asking = true;
    this.turn++;
    draw();
    try {
      await doing();
      this.#seen = await local.assigned();
      this.turn++;
    } catch (e) {
      this.#failed = e;
    }
    this.#asking = false;
    this.onAct();
    draw();
  }

  #putOff = event => {
    event.preventDefault();
    const hours = Number(new FormData(event.target).get('hours'));
    this.#act(() => local.defer(hours));
  };

  #why({ waits, code, detail, advice, begins }) {
    if (!code) return html`<p class="note">${t(waits ? 'assigned.soon' : 'assigned.none')}</p>`;
    return html`<p>${reason(code, begins ? t(code === 'DEFERRED' ? 'assigned.until' : 'assigned.begins', { when: instant(begins) }) : detail, advice)}</p>`;
  }

  #change(busy) {
    const off = busy || this.#asking || Boolean(lost());
    return html`<button class="btn" data-act="now" ?disabled=${off} @click=${() => this.#act(() => local.installAssigned(this.#seen.assignment))}>${t('assigned.now')}</button>
${this.#seen.code === 'DEFERRED' ? html`<button class="btn" data-act="goon" ?disabled=${off} @click=${() => this.#act(() => local.defer(0))}>${t('assigned.goon')}</button>` : nothing}
<form class="usb" @submit=${this.#putOff}><div class="field"><label for="hours">${t('assigned.hours')}</label><input class="in num" id="hours" name="hours" type="number" inputmode="numeric" min="1" max="744" value="2" required></div>
<button class="btn" data-act="defer" ?disabled=${off}>${t('assigned.defer')}</button></form>`;
  }

  view(busy) {
    const { waits, since } = this.#seen;
    return html`<section class="bay" id="assigned" aria-labelledby="ha"><header><h2 id="ha">${t('assigned')}</h2></header><div class="usb">
${this.#failed ? problem(this.#failed) : nothing}
${waits ? html`<p>${mark('wait', 'warn', t('assigned.waits', { when: instant(since) }))}</p>` : nothing}
${this.#why(this.#seen)}${this.#may ? this.#change(busy) : nothing}</div></section>`;
  }
}
