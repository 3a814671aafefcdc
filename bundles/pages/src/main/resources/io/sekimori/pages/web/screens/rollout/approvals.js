// What people have to approve before the gateways of a rollout take it: who did, who took it back, and who is still missing.
// They sign elsewhere, with keys that no console has; here the request goes out, and what they signed comes in.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { draw } from '../../main.js';
import { icon, mark, problem } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { instant, machine, number, plural, t } from '../../lib/text.js';

const EVERY = 10_000;
const SHORT = 16;

export class Approvals {
  #rollout;
  #contents = [];
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
    this.#contents = await api.approvals(this.#rollout).then(found => found.contents, () => this.#contents);
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

  #content = one => html`<tr><td class="first"><code title=${one.sha256}>${one.sha256.slice(0, SHORT)}</code></td>
<td data-l=${t('approvals.missing')}>${(one.awaiting ?? []).map(this.#awaiting)}</td>
<td data-l=${t('approvals.by')}>${one.approvals.length === 0 ? t('approvals.nobody') : one.approvals.map(this.#given)}</td>
<td data-l=${t('place.gateways')} class="r num">${number(one.gateways)}</td></tr>`;

  #acts() {
    const off = lost() !== null;
    return html`<div class="acts"><a class="btn" id="get-request" href="/v1/rollouts/${this.#rollout}/approvals" download="request.json">${t('approvals.request')}</a>
<label class="btn file ${off ? 'off' : ''}">${icon('hand')}${t('approvals.hand')}<input class="vh" type="file" id="hand-in" accept=".json" ?disabled=${off} @change=${this.#hand}></label></div>`;
  }

  #outcome = () => (this.#failed ? problem(this.#failed) : this.#handed === null ? nothing : html`<p role="status">${mark('ok', 'ok', t(this.#handed ? 'approvals.handed' : 'approvals.known'))}</p>`);

  view() {
    if (this.#contents.length === 0) return nothing;
    return html`<section class="bay" aria-labelledby="ha"><header><h2 id="ha">${t('approvals')}</h2><span class="say">${t('approvals.say')}</span>${mayOperate() ? this.#acts() : nothing}</header>
${this.#outcome()}<div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('approvals.content')}</th><th scope="col">${t('approvals.missing')}</th><th scope="col">${t('approvals.by')}</th><th scope="col" class="r">${t('place.gateways')}</th></tr></thead>
<tbody>${this.#contents.map(this.#content)}</tbody></table></div><p class="note"><code>sekimori approval sign request.json</code> <code>sekimori approval withdraw request.json</code></p></section>`;
  }
}
