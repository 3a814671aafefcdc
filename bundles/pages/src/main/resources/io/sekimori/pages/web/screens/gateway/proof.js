// Has the gateway prove now what it runs: a new signed report that answers this very question, compared with what it was assigned.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { draw } from '../../main.js';
import { mark, reason } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { instant, t } from '../../lib/text.js';

const VERDICTS = {
  AS_ASSIGNED: ['ok', 'ok'],
  NOTHING_ASSIGNED: ['ok', 'ok'],
  ON_TRIAL: ['move', 'move'],
  NOT_SEEN: ['wait', 'mute'],
  FELL_BACK: ['back', 'back'],
  NOT_TAKEN: ['stop', 'stop'],
  DIFFERS: ['stop', 'stop'],
  TAMPERED: ['stop', 'stop'],
};
// Nobody answered: what it runs is not known, which is not the same as a fault.
const SILENCE = ['NO_ANSWER', 'LINK_DOWN', 'COURIER_BUSY'];

export class Proof {
  #id;
  #heard;
  #asking = false;
  #answer = null;
  #failed = null;

  /** `heard` is called once a report has come. */
  constructor(id, heard) {
    this.#id = id;
    this.#heard = heard;
  }

  #ask = async () => {
    this.#asking = true;
    this.#answer = null;
    this.#failed = null;
    draw();
    try {
      this.#answer = await api.askReport(this.#id);
      await this.#heard();
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      this.#failed = e;
    }
    this.#asking = false;
    draw();
  };

  #kind(code) {
    if (SILENCE.includes(code)) return mark('silent', 'mute', t('proof.silent'));
    return /^(REPORT|ANSWER)_/.test(code) ? mark('stop', 'stop', t('proof.doubt')) : mark('warn', 'warn', t('error.title'));
  }

  #said() {
    if (this.#asking) return html`<p class="note">${t('proof.asking')}</p>`;
    if (this.#failed) {
      return html`<p>${this.#kind(this.#failed.code ?? '')}</p><p>${reason(this.#failed.code ?? 'PAGE_FAILED', this.#failed.message, this.#failed.advice)}</p>`;
    }
    if (!this.#answer) return nothing;
    const { verdict, gateway } = this.#answer;
    return html`<p data-verdict=${verdict}>${mark(...(VERDICTS[verdict] ?? ['none', 'mute']), t(`proof.${verdict}`))}</p>
<p class="note">${t('proof.made', { n: gateway.generation ?? 0, when: instant(gateway.made) })}</p>`;
  }

  view() {
    if (!mayOperate()) return nothing;
    return html`<section class="bay" aria-labelledby="hpr"><header><h2 id="hpr">${t('proof')}</h2><div class="acts"><button class="btn" id="ask-proof" ?disabled=${this.#asking || lost() !== null} @click=${this.#ask}>${t('proof.ask')}</button></div></header>
<p class="note">${t('proof.say')}</p><div role="status">${this.#said()}</div></section>`;
  }
}
