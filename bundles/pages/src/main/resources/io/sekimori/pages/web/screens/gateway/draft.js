// The form of one set: what a person typed over what the gateway has. It is sent with a reason, and tried.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { draw } from '../../main.js';
import { problem } from '../../lib/parts.js';
import { machine, plural, t } from '../../lib/text.js';
import { fault, field, same, shown } from './fields.js';

// In place of a value: what the bundle itself has counts again.
const DEFAULT = Symbol('default');
const TRIALS = [10, 60, 300, 600];

export class Draft {
  #gateway;
  #set;
  #sent;
  #typed = new Map();
  #failed = null;
  #overtaken = null;
  #sending = false;
  #summary = '';

  /** `sent` is called once a change is on its way. */
  constructor(gateway, set, sent) {
    this.#gateway = gateway;
    this.#set = set;
    this.#sent = sent;
  }

  /** The same draft on what the gateway has by now. */
  on(set) {
    this.#set = set;
    return this;
  }

  /** Forgets what was typed, a password above all. */
  close() {
    this.#typed.clear();
  }

  #before(attribute) {
    return attribute.type === 'PASSWORD' ? '' : attribute.value;
  }

  #value(attribute) {
    if (this.#gone(attribute)) return attribute.type === 'PASSWORD' ? '' : attribute.default;
    return this.#typed.has(attribute.id) ? this.#typed.get(attribute.id) : this.#before(attribute);
  }

  #gone(attribute) {
    return this.#typed.get(attribute.id) === DEFAULT;
  }

  #changed() {
    return this.#set.attributes.filter(one => this.#gone(one) || !same(this.#value(one), this.#before(one)));
  }

  #field(attribute, off) {
    const put = value => { this.#typed.set(attribute.id, value); draw(); };
    return field(attribute, this.#value(attribute), { set: put, back: () => put(DEFAULT), gone: this.#gone(attribute), off });
  }

  #diff(one) {
    if (one.type === 'PASSWORD') return t(this.#gone(one) ? 'secret.removed' : 'secret.replaced');
    return html`<s>${shown(one.value)}</s> → <b>${shown(this.#value(one))}</b>${this.#gone(one) ? html` <span class="dim">${t('value.default')}</span>` : nothing}`;
  }

  /** Whether somebody else changed the set since it was shown; what they made of it is shown then, and one chooses. */
  async #isOvertaken() {
    const now = (await api.settings(this.#gateway)).sets.find(one => one.pid === this.#set.pid);
    if (!now || now.version === this.#set.version) return false;
    this.#set = now;
    this.#overtaken = now;
    return true;
  }

  #send = async event => {
    event.preventDefault();
    const wrong = this.#changed().filter(one => !this.#gone(one) && fault(one, this.#value(one)));
    this.#summary = wrong.length ? plural('form.wrong', wrong.length, { which: wrong.map(one => machine(one.name, 60)).join(', ') }) : '';
    if (wrong.length) { draw(); document.getElementById(`a-${wrong[0].id}`)?.focus(); return; }
    const form = new FormData(event.target);
    this.#failed = null;
    this.#overtaken = null;
    this.#sending = true;
    draw();
    try {
      if (!await this.#isOvertaken()) {
        const values = Object.fromEntries(this.#changed().map(one => [one.id, this.#gone(one) ? null : this.#value(one)]));
        await api.changeSettings(this.#gateway, { reason: form.get('reason').trim(), changes: { [this.#set.pid]: values }, trialSeconds: Number(form.get('trial')) });
        this.#typed.clear();
        event.target.elements.reason.value = '';
        await this.#sent();
      }
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      this.#failed = e;
    }
    this.#sending = false;
    draw();
  };

  #foot(off) {
    const changed = this.#changed();
    return html`<div class="settle form"><div class="wide" role="status"><p><b>${plural('form.changes', changed.length)}</b></p>
${changed.length ? html`<ul class="diff">${changed.map(one => html`<li>${machine(one.name, 80)}: ${this.#diff(one)}</li>`)}</ul>` : nothing}
<p class="note">${t('form.trial')}</p></div>
<div class="field"><label for="reason">${t('form.reason')}</label><input class="in" id="reason" name="reason" required maxlength="500" ?disabled=${off} aria-describedby="reason-h"><span class="hint" id="reason-h">${t('form.reason.hint')}</span></div>
<div class="field"><label for="trial">${t('form.within')}</label><select class="in" id="trial" name="trial" ?disabled=${off} aria-describedby="trial-h">${TRIALS.map(seconds => html`<option value=${seconds} ?selected=${seconds === 60}>${seconds < 60 ? plural('seconds', seconds) : plural('minutes', seconds / 60)}</option>`)}</select><span class="hint" id="trial-h">${t('form.within.hint')}</span></div>
<div class="acts wide"><button class="btn go" ?disabled=${off || this.#sending || changed.length === 0}>${this.#sending ? t('form.sending') : t('form.send')}</button>
<button class="btn bare" type="button" ?disabled=${changed.length === 0} @click=${() => { this.#typed.clear(); draw(); }}>${t('form.undo')}</button></div></div>`;
  }

  view({ back, may, busy }) {
    const off = !may || busy || Boolean(lost());
    const set = this.#set;
    return html`<section class="bay" aria-labelledby="hform"><header><h2 id="hform">${machine(set.name, 120)}</h2><span class="say">${machine(set.description, 300)}</span><div class="acts"><a href=${back}>${t('settings.all')}</a></div></header>
${this.#failed ? problem(this.#failed) : nothing}
${this.#overtaken ? html`<div class="offline" role="alert"><span>${t('form.overtaken', { who: machine(this.#overtaken.author ?? '', 60) })}</span></div>` : nothing}
${this.#summary ? html`<p class="stop" role="alert">${this.#summary}</p>` : nothing}
<form class="stack" novalidate @submit=${this.#send}>${may && busy ? html`<p class="note">${t('form.busy')}</p>` : nothing}<div class="form">${set.attributes.map(one => this.#field(one, off))}</div>
<p class="note mono">${set.pid}</p>${this.#foot(off)}</form></section>`;
  }
}
