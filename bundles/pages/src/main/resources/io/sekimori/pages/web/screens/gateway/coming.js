// What is on its way to this gateway, and taking it back. It is not called undone before the gateway has proved that.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { draw } from '../../main.js';
import { Harm } from '../../lib/harmful.js';
import { mark, problem, reason, targetMark } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { instant, machine, t } from '../../lib/text.js';

const OPEN = ['WAITING', 'ASSIGNED', 'IN_PROGRESS', 'SILENT'];
// The gateway may try these again, until something newer is assigned.
const AGAIN = ['REFUSED', 'REVERTED', 'FAILED'];
const SHOWN = 5;

export class Coming {
  #id;
  #rollouts = [];
  #busy = false;
  #failed = null;
  #harm = new Harm();

  constructor(id) {
    this.#id = id;
  }

  refresh = async () => { this.#rollouts = (await api.gatewayRollouts(this.#id)).items; };

  #cancel = async () => {
    this.#busy = true;
    this.#failed = null;
    draw();
    try {
      this.#rollouts = (await api.cancelGateway(this.#id)).items;
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      this.#failed = e;
      await this.refresh();
    }
    this.#busy = false;
    draw();
  };

  #ask = () => this.#harm.ask({ title: t('ask.cancel'), effect: t('ask.cancel.effect'), stays: t('ask.cancel.stays'), word: '1', act: t('act.cancel'), done: this.#cancel });

  #row = one => html`<tr><td class="first">${targetMark(one.state)}${one.takenBack && OPEN.includes(one.state) ? html`<span class="sub">${mark('back', 'back', t('coming.taking'))}</span>` : nothing}</td>
<td data-l=${t('place.rollouts')}><a href="/rollouts/${one.rollout}">${machine(one.name)}</a></td>
<td data-l=${t('why')}>${one.code ? reason(one.code, one.detail, one.advice) : machine(one.progress)}</td>
<td data-l=${t('when')} class="r nowrap">${instant(one.settled ?? one.assigned)}</td></tr>`;

  view() {
    if (this.#rollouts.length === 0) return nothing;
    const able = this.#rollouts.some((one, i) => !one.takenBack && (OPEN.includes(one.state) || i === 0 && AGAIN.includes(one.state)));
    return html`<section class="bay" aria-labelledby="hco"><header><h2 id="hco">${t('coming')}</h2>${able && mayOperate() ? html`<div class="acts"><button class="btn cut" id="cancel" ?disabled=${this.#busy || lost() !== null} @click=${this.#ask}>${this.#busy ? t('sending') : t('act.cancel')}…</button></div>` : nothing}</header>
${this.#failed ? problem(this.#failed) : nothing}<div class="scroll"><table class="grid cards tight"><thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('place.rollouts')}</th><th scope="col">${t('why')}</th><th scope="col" class="r">${t('when')}</th></tr></thead>
<tbody>${this.#rollouts.slice(0, SHOWN).map(this.#row)}</tbody></table></div>${this.#harm.dialog()}</section>`;
  }
}
