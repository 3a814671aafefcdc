// Whether this gateway updates, and what begins by itself: shown to whoever is signed in, set by an administrator.
import { html, nothing } from './lib/lit-html.js';
import { Acting } from './acting.js';
import { SignedOut } from './lib/ask.js';
import { lost } from './lib/contact.js';
import { local } from './local.js';
import { draw } from './main.js';
import { mark, problem } from './lib/parts.js';
import { instant, machine, t } from './lib/text.js';

/** How updates may begin, the most by itself first. */
export const BEGIN = ['all', 'download', 'hand'];
const OFF = 'off';
const SITE = 'site:';
const CONSOLE = 'person:';

/** What is not downloaded by itself is not installed by itself either. */
export const beginning = seen => (!seen.downloadAutomatic ? 'hand' : seen.installAutomatic ? 'all' : 'download');

const way = seen => (seen.enabled ? beginning(seen) : OFF);

/** What the gateway is told for a way; off leaves the rest as it is, for when it is on again. */
export const wish = (seen, chosen) => (chosen === OFF
  ? { enabled: false, downloadAutomatic: seen.downloadAutomatic, installAutomatic: seen.installAutomatic }
  : { enabled: true, downloadAutomatic: chosen !== 'hand', installAutomatic: chosen === 'all' });

export const choices = (list, chosen, choose, off) => html`<fieldset class="ways"><legend>${t('policy.ask')}</legend>${list.map(one => html`<label class="check"><input type="radio" name="way" value=${one} .checked=${one === chosen} ?disabled=${off} @change=${() => choose(one)}><span>${t(`policy.way.${one}`)}<span class="sub">${t(`policy.way.${one}.say`)}</span></span></label>`)}</fieldset>`;

export class Policy extends Acting {
  #unread = null;
  /** What is being chosen, and what was seen when that began: whoever set something since is not overwritten unseen. */
  #draft = null;
  #sure = false;

  constructor(may) {
    super(null, may, () => local.policy());
  }

  async look() {
    try {
      await super.look();
      this.#unread = null;
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      this.#unread = e;
    }
  }

  #choose = one => {
    this.#draft = { way: one, seen: this.#draft?.seen ?? this.seen };
    this.#sure = false;
    draw();
  };

  #leave = () => {
    this.#draft = null;
    this.#sure = false;
    draw();
  };

  #save = event => {
    event.preventDefault();
    if (this.#draft.way === OFF && !this.#sure) {
      this.#sure = true;
      draw();
      requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('policy-keep')?.focus()));
      return;
    }
    const { seen, way: chosen } = this.#draft;
    this.#draft = null;
    this.#sure = false;
    this.act(() => local.setPolicy(wish(seen, chosen), seen.tag).catch(async e => {
      this.seen = await local.policy().catch(() => this.seen);
      throw e;
    }));
  };

  #by({ by, at }) {
    if (!by) return nothing;
    const who = by.startsWith(SITE) ? ['policy.by.site', by.slice(SITE.length)] : by.startsWith(CONSOLE) ? ['policy.by.console', by.slice(CONSOLE.length)] : ['policy.by.part', by];
    return html`<p class="note" data-by>${t(who[0], { who: machine(who[1], 60), when: instant(at) })}</p>`;
  }

  #form() {
    const off = this.asking || Boolean(lost());
    const same = !this.#draft || this.#draft.way === way(this.#draft.seen);
    const ask = html`<div class="why" role="alertdialog" aria-labelledby="policy-ask"><h2 id="policy-ask">${t('policy.off.ask')}</h2><p>${t('policy.off.effect')}</p><p class="note">${t('policy.off.stays')}</p>
<button class="btn" type="button" id="policy-keep" @click=${this.#leave}>${t('policy.off.keep')}</button><button class="btn cut" data-act="off" ?disabled=${off}>${t('policy.off.do')}</button></div>`;
    return html`<details><summary>${t('policy.change')}</summary><form class="usb" @submit=${this.#save}>${choices([...BEGIN, OFF], this.#draft?.way ?? way(this.seen), this.#choose, off)}
${this.#sure ? ask : html`<button class="btn" data-act="set" ?disabled=${off || same}>${t('policy.set')}</button>`}</form></details>`;
  }

  view() {
    const seen = this.seen;
    return html`<section class="bay" id="policy" aria-labelledby="hpol"><header><h2 id="hpol">${t('policy')}</h2></header><div class="usb">
${this.failed ? problem(this.failed) : nothing}${seen ? html`<p data-way=${way(seen)}>${mark(...(seen.enabled ? ['ok', 'ok'] : ['warn', 'warn']), t(seen.enabled ? 'policy.on' : 'policy.off'))}</p>
<p>${t(`policy.is.${way(seen)}`)}</p>${this.#by(seen)}${seen.site ? (this.may ? this.#form() : nothing) : html`<p class="note">${t('policy.elsewhere')}</p>`}` : this.#unread ? problem(this.#unread) : nothing}</div></section>`;
  }
}
