// What became of changes: on trial with the time that is left, confirmed because the gateway reached the console, or taken back.
import { html, nothing } from '../../lib/lit-html.js';
import { draw } from '../../main.js';
import { bundleName, empty, mark, reason } from '../../lib/parts.js';
import { instant, machine, plural, t } from '../../lib/text.js';
import { shown } from './fields.js';

const STATES = {
  SENT: ['wait', 'mute'],
  TAKEN: ['move', 'move'],
  ON_TRIAL: ['move', 'move'],
  CONFIRMED: ['ok', 'ok'],
  REVERTED: ['back', 'back'],
  REFUSED: ['stop', 'stop'],
  SILENT: ['silent', 'mute'],
};
const OPEN = ['SENT', 'TAKEN', 'ON_TRIAL'];
const SECOND = 1_000;

export const isOpen = change => OPEN.includes(change.state);

const stateMark = state => mark(...(STATES[state] ?? ['none', 'mute']), t(`change.${state}`));

const said = value => (value?.secret ? t('secret.replaced') : value?.default ? t('value.default') : shown(value));

const what = change => Object.entries(change.changes).map(([pid, values]) => html`<span class="mono">${bundleName(machine(pid, 80))}</span>${Object.entries(values).map(([name, value]) => html`<span class="sub">${machine(name, 60)}: ${said(value)}</span>`)}`);

/** All of them, the newest first. */
export const changes = made => html`<section class="bay" aria-labelledby="hch"><header><h2 id="hch">${t('changes.of')}</h2><span class="say">${t('audit.newest')}</span></header>
${made.length === 0 ? empty(t('changes.none'), t('changes.none.say')) : html`<div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('outcome')}</th><th scope="col">${t('changes.what')}</th><th scope="col">${t('audit.who')}</th><th scope="col">${t('why')}</th><th scope="col" class="r">${t('when')}</th></tr></thead>
<tbody>${made.map(one => html`<tr data-change=${one.id} data-state=${one.state}><td class="first">${stateMark(one.state)}</td><td data-l=${t('changes.what')}><span>${what(one)}</span></td>
<td data-l=${t('audit.who')}><span>${machine(one.person, 60)}<span class="sub">${machine(one.reason, 200)}</span></span></td>
<td data-l=${t('why')}><span>${one.code ? reason(one.code, one.detail ?? '') : t(`change.${one.state}.say`)}</span></td><td data-l=${t('when')} class="r num nowrap">${instant(one.at)}</td></tr>`)}</tbody></table></div>`}</section>`;

const clock = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** The change that is under way, and how long it has; the gateway keeps the clock, also when this page is closed. */
export class Trial {
  #made;
  #timer = setInterval(() => { if (this.#open()) draw(); }, SECOND);

  constructor(made) {
    this.#made = made;
  }

  #open() {
    return this.#made().find(isOpen);
  }

  close() {
    clearInterval(this.#timer);
  }

  view() {
    const one = this.#open();
    if (!one) return nothing;
    const left = Math.max(0, Math.ceil((new Date(one.trialEnds) - Date.now()) / SECOND));
    const spoken = left <= 10 ? plural('seconds', 10) : left <= 60 ? plural('seconds', 60) : '';
    return html`<div class="trial" role="region" aria-labelledby="htr"><div class="t"><span class="num">${clock(left)}</span><small>${t('trial.left')}</small></div>
<div><h2 id="htr">${t(`trial.${one.state}`)}</h2><p>${t(`trial.${one.state}.say`)}</p></div><div class="acts">${stateMark(one.state)}</div>
<span class="vh" aria-live="assertive">${spoken ? t('trial.spoken', { left: spoken }) : ''}</span></div>`;
  }
}
