// An update from a stick or from this phone: choose, check, install, and how it goes. Nothing is said to be done before the
// gateway says so.
import { html, nothing } from './lib/lit-html.js';
import { Acting } from './acting.js';
import { lost } from './lib/contact.js';
import { disruption, remedies } from './foretold.js';
import { local } from './local.js';
import { bundleName, icon, mark, outcomeForm, problem, reason } from './lib/parts.js';
import { bytes, instant, machine, number, plural, t } from './lib/text.js';
import { Upload } from './upload.js';

export class Stick extends Acting {
  #upload = new Upload(pack => { this.done(); this.seen.packs = [pack, ...this.seen.packs.filter(one => one.place !== 'UPLOAD')]; this.onAct(); });

  constructor(seen, may) {
    super(seen, may, () => local.updates());
  }

  /** Whether something is going on, which is asked about each second. */
  busy() {
    return Boolean(this.seen.transition) || this.seen.check?.state === 'RUNNING' || this.#upload.running;
  }

  close() {
    this.#upload.stop();
  }

  get #off() {
    return this.asking || this.busy() || Boolean(lost());
  }

  #pack(one) {
    return html`<li class="pack"><span>${icon(one.place === 'STICK' ? 'usb' : 'down')}</span><div><b>${machine(one.name, 100)}</b><span class="sub">${bytes(one.bytes)}, ${instant(one.modified)}</span>${one.update ? html`<span class="sub" data-found>${mark('seal', 'ok', t('pack.mine'))}</span>${remedies(one.update.remedies)}<span class="sub">${disruption(one.update)}</span>` : nothing}</div>
<button class="btn" ?disabled=${this.#off} @click=${() => this.act(() => local.check(one.id))}>${t('check')}<span class="vh">: ${machine(one.name, 100)}</span></button></li>`;
  }

  // On a stick nobody renews what says which releases are the newest: who installs it answers for that.
  #signed({ until, offlineStale }) {
    return html`<p class="note">${t('plan.until', { when: instant(until) })}</p>${offlineStale ? html`<p data-stale>${mark('warn', 'warn', t('plan.stale', { since: instant(offlineStale) }))}</p>` : nothing}`;
  }

  #plan({ pack, plan }) {
    const changed = plan.bundles.filter(one => one.action !== 'KEEP' && one.action !== 'REWIRE');
    const word = one => `${bundleName(machine(one.symbolicName, 100))} ${one.before ? machine(one.before.version, 30) : ''} → ${one.after ? machine(one.after.version, 30) : t('removed')}`;
    return html`<div class="usb"><p>${mark('seal', 'ok', t('plan.signed'))}</p><p>${t('plan', { from: number(plan.from), to: number(plan.to) })} ${plural('plan.changes', changed.length)}</p>
<ul class="diff mono">${changed.map(one => html`<li>${word(one)}</li>`)}</ul>
${remedies(plan.remedies)}<p class="note" data-disruption>${disruption(plan)} ${t('plan.back')}</p>${this.#signed(plan.signed)}
<button class="btn go" ?disabled=${this.#off} @click=${() => this.act(() => local.install(pack, plan.signed.sha256))}>${t('install')}</button></div>`;
  }

  #check(one) {
    if (one.state === 'RUNNING') return html`<div class="usb" role="status"><p>${mark('move', 'move', t('checking', { name: machine(one.name, 100) }))}</p><progress aria-label=${t('checking', { name: machine(one.name, 100) })}></progress></div>`;
    if (one.state === 'REFUSED') return html`<div class="why" role="status"><h2>${t('check.refused', { name: machine(one.name, 100) })}</h2><p>${reason(one.code, one.detail, one.advice)}</p><p class="note">${t('unchanged')}</p></div>`;
    return this.may ? this.#plan(one) : nothing;
  }

  #transition(one) {
    const known = one.total > 0;
    return html`<div class="usb" role="status"><p>${mark('move', 'move', t('running', { from: number(one.from), to: number(one.to) }))}</p>
<p>${t(`phase.${one.phase}`)}${known ? ` ${t(one.phase === 'PROBATION' ? 'seconds.of' : 'done.of', { n: number(one.done), all: number(one.total) })}` : ''}</p>${one.step ? html`<p class="note">${machine(one.step, 200)}</p>` : nothing}
<progress max=${known ? one.total : nothing} value=${known ? one.done : nothing} aria-label=${t(`phase.${one.phase}`)}></progress>
${this.may ? html`<button class="btn" data-act="stop" ?disabled=${this.asking || Boolean(lost())} @click=${() => this.act(() => local.cancel(one.id))}>${t('cancel')}</button>` : nothing}</div>`;
  }

  #outcome(one) {
    return html`<li data-outcome=${one.outcome}><span>${outcomeForm(one.outcome)}</span><span><b>${t(`outcome.${one.outcome}`)}</b> ${t('from.to', { from: number(one.from), to: number(one.to) })}
<span class="sub">${instant(one.ended)}, ${machine(one.person, 60)}</span>${one.offlineStale ? html`<span class="sub">${t('stick.stale', { since: instant(one.offlineStale) })}</span>` : nothing}${one.code ? html`<span class="sub">${reason(one.code, one.detail, one.advice)}</span>` : nothing}</span><span class="v"></span></li>`;
  }

  #choose() {
    const { packs, media } = this.seen;
    return html`${packs.length ? html`<ul class="packs">${packs.map(one => this.#pack(one))}</ul>` : html`<p class="note">${t(`media.${media}`)}</p>`}${this.#upload.view(this.#off)}`;
  }

  view() {
    const { check, transition, recent } = this.seen;
    return html`<section class="bay" id="update" aria-labelledby="hu"><header><h2 id="hu">${t('update')}</h2></header>
${this.failed ? problem(this.failed) : nothing}
${transition ? this.#transition(transition) : html`${check ? this.#check(check) : nothing}${this.may ? this.#choose() : nothing}`}
${recent.length ? html`<h3>${t('recent')}</h3><ol class="health">${recent.slice(0, 5).map(one => this.#outcome(one))}</ol>` : nothing}</section>`;
  }
}
