// What people have to approve before the gateways of a rollout take it: who did, who took it back, and who is still missing.
// They sign elsewhere, with keys that no console has; here the request goes out, and what they signed comes in.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { draw } from '../../main.js';
import { fact, icon, mark, problem } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { instant, machine, number, plural, t } from '../../lib/text.js';

const EVERY = 10_000;
const SHORT = 16;
const SHOWN = 10;
// The server tells the most harmful first.
const CHANGES = { DOWN: ['warn', 'warn'], REPLACED: ['warn', 'warn'], REMOVED: ['none', 'mute'], ADDED: ['move', 'move'], UP: ['move', 'move'] };

export class Approvals {
  #rollout;
  #contents = [];
  #waiting = 0;
  #of = '';
  #at = 0;
  #failed = null;
  #handed = null;
  #timer;

  constructor(rollout) {
    this.#rollout = rollout;
    this.#timer = setInterval(async () => {
      if (!this.#of || document.hidden) return;
      await this.#fetch();
      draw();
    }, EVERY);
  }

  close() {
    clearInterval(this.#timer);
  }

  /** Looked up over all gateways that wait, so not with every event: when others wait than before, and now and then. */
  async refresh(targets) {
    const of = targets.filter(one => one.code.startsWith('APPROVALS_')).map(one => `${one.gateway} ${one.code} ${one.detail}`).join();
    if (of === this.#of && Date.now() - this.#at < EVERY) return;
    this.#of = of;
    if (of) await this.#fetch();
    else this.#contents = [];
  }

  // The rollout is shown also while that part of the console is being replaced.
  async #fetch() {
    this.#at = Date.now();
    try {
      ({ contents: this.#contents, waiting: this.#waiting = 0 } = await api.approvals(this.#rollout));
    } catch { /* what was told before stays */ }
  }

  #hand = async event => {
    const file = event.target.files[0];
    event.target.value = '';
    if (!file) return;
    this.#failed = null;
    this.#handed = null;
    try {
      this.#handed = (await api.handIn(this.#rollout, file)).changed;
      await this.#fetch();
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      this.#failed = e;
    }
    draw();
  };

  #key = (key, given) => html`<code title=${key}>${machine(key, SHORT)}</code>${(given.withdrawn ?? []).includes(key) ? html` ${mark('back', 'back', t('approvals.back'))}` : nothing} `;

  #given = given => html`<p>${given.keyIds.map(key => this.#key(key, given))}<span class="sub">${t('approvals.until', { when: instant(given.expires), who: machine(given.by) })}</span></p>`;

  #group = one => {
    const enough = one.has >= one.needs;
    return html`<li>${mark(enough ? 'ok' : 'wait', enough ? 'ok' : 'mute', t(one.has === 0 ? 'approvals.group.none' : 'approvals.group', { name: machine(one.name, 32), has: number(one.has), needs: number(one.needs) }))}</li>`;
  };

  #awaiting = one => html`<div data-awaiting=${one.state}>${one.state === 'GROUPS' ? html`<ul>${one.groups.map(this.#group)}</ul>` : html`<p>${one.state === 'UNREADABLE' ? mark('stop', 'stop', t('approvals.UNREADABLE')) : mark('silent', 'mute', t(`approvals.${one.state}`))}</p>`}
<p class="note">${plural('approvals.for', one.gateways.length)} ${one.gateways.slice(0, 3).map(id => html`<a class="mono" href="/gateways/${id}">${id}</a> `)}${one.gateways.length > 3 ? '…' : nothing}</p></div>`;

  #change = one => html`<li data-change=${one.change}>${mark(...(CHANGES[one.change] ?? ['none', 'mute']), t(`approvals.${one.change}`))}
${one.kind === 'BUNDLE' ? nothing : html`<span class="note">${t(`approvals.${one.kind}`)}</span> `}<span class="mono">${machine(one.name)} ${one.change === 'REPLACED' ? machine(one.to) : [one.from, one.to].filter(Boolean).map(version => machine(version)).join(' → ')}</span> <span class="note">${plural('approvals.on', one.gateways)}</span></li>`;

  // What harms is never folded away.
  #changes(list, more) {
    const open = Math.max(SHOWN, list.filter(one => one.change === 'DOWN' || one.change === 'REPLACED').length);
    const folded = list.slice(open);
    return html`<ul>${list.slice(0, open).map(this.#change)}</ul>${folded.length === 0 ? nothing : html`<details class="astable"><summary>${plural('approvals.more', folded.length)}</summary><ul>${folded.map(this.#change)}</ul></details>`}
${more > 0 ? html`<p class="note">${plural('approvals.untold', more)}</p>` : nothing}`;
  }

  #difference = one => html`<p><b>${t('approvals.change')}</b> <span class="note">${plural('approvals.compared', one.compared)}</span></p>
${one.compared === 0 ? nothing : html`${this.#changes(one.changes, one.more)}<p>${plural('approvals.unchanged', one.unchanged)}</p>`}
${one.unknown === 0 ? nothing : html`<p data-unknown=${one.unknown}>${mark('silent', 'mute', t('approvals.unheard'))} <span class="note">${plural('approvals.unheard.say', one.unknown)} ${one.unknownGateways.map(id => html`<a class="mono" href="/gateways/${id}">${id}</a> `)}${one.unknown > one.unknownGateways.length ? '…' : nothing}</span></p>`}`;

  #content = one => html`<tr><td class="first"><code title=${one.sha256}>${one.sha256.slice(0, SHORT)}</code></td>
<td data-l=${t('approvals.missing')}>${(one.awaiting ?? []).map(this.#awaiting)}</td>
<td data-l=${t('approvals.by')}>${one.approvals.length === 0 ? t('approvals.nobody') : one.approvals.map(this.#given)}</td>
<td data-l=${t('place.gateways')} class="r num">${number(one.gateways)}</td></tr>
${one.unsignedDifference ? html`<tr><td colspan="4" data-difference=${one.sha256.slice(0, SHORT)}>${this.#difference(one.unsignedDifference)}</td></tr>` : nothing}`;

  #acts() {
    const off = lost() !== null;
    return html`<div class="acts"><a class="btn" id="get-request" href="/v1/rollouts/${this.#rollout}/approvals" download="request.json">${t('approvals.request')}</a>
<label class="btn file ${off ? 'off' : ''}">${icon('hand')}${t('approvals.hand')}<input class="vh" type="file" id="hand-in" accept=".json" ?disabled=${off} @change=${this.#hand}></label></div>`;
  }

  #outcome = () => (this.#failed ? problem(this.#failed) : this.#handed === null ? nothing : html`<p role="status">${mark('ok', 'ok', t(this.#handed ? 'approvals.handed' : 'approvals.known'))}</p>`);

  view() {
    if (this.#contents.length === 0) return nothing;
    const looked = this.#contents.reduce((sum, one) => sum + one.gateways, 0);
    return html`<section class="bay" aria-labelledby="ha"><header><h2 id="ha">${t('approvals')}</h2><span class="say">${t('approvals.say')}</span>${mayOperate() ? this.#acts() : nothing}</header>
${this.#outcome()}<p class="note">${t('approvals.unsigned')}${this.#waiting > looked ? ` ${t('approvals.looked', { all: number(this.#waiting), n: number(looked) })}` : nothing}</p><div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('approvals.content')}</th><th scope="col">${t('approvals.missing')}</th><th scope="col">${t('approvals.by')}</th><th scope="col" class="r">${t('place.gateways')}</th></tr></thead>
<tbody>${this.#contents.map(this.#content)}</tbody></table></div><dl class="facts">${fact(t('approvals.sign'), html`<code>sekimori approval sign request.json</code>`)}${fact(t('approvals.withdraw'), html`<code>sekimori approval withdraw request.json</code>`)}</dl></section>`;
  }
}
