// Entries of the audit, as a table: who did what, on what, and what came of it.
import { html, nothing } from './lit-html.js';
import { mark } from './parts.js';
import { has, instant, machine, number, t } from './text.js';

const VERDICTS = { ALLOWED: ['ok', 'ok'], DONE: ['ok', 'ok'], REFUSED: ['stop', 'stop'], DENIED: ['stop', 'stop'], FAILED: ['warn', 'warn'] };

export const verdictMark = verdict =>
  mark(...(VERDICTS[verdict] ?? ['none', 'mute']), has(`verdict.${verdict}`) ? t(`verdict.${verdict}`) : machine(verdict));

/** `choose` makes the address of one entry; without it the number is no link. */
export const entries = (list, { choose, chosen } = {}) => html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('audit.caption')}</caption>
<thead><tr><th scope="col" aria-sort="descending">${t('audit.time')}</th><th scope="col">${t('audit.who')}</th><th scope="col">${t('audit.what')}</th><th scope="col">${t('outcome')}</th><th scope="col">${t('audit.reason')}</th></tr></thead>
<tbody>${list.map(one => html`<tr class=${one.sequence === chosen ? 'on' : nothing}><td class="first num nowrap">${instant(one.time)}<span class="sub">${choose ? html`<a href=${choose(one.sequence)} aria-current=${one.sequence === chosen ? 'true' : nothing}>${number(one.sequence)}</a>` : number(one.sequence)}</span></td>
<td data-l=${t('audit.who')}>${machine(one.actor, 60)}</td><td data-l=${t('audit.what')}><span>${machine(one.action, 60)}<span class="sub mono">${machine(one.subject, 80)}</span></span></td>
<td data-l=${t('outcome')}>${verdictMark(one.verdict)}</td><td data-l=${t('audit.reason')}>${one.reason ? html`<code class="reason">${machine(one.reason, 64)}</code>` : nothing}</td></tr>`)}</tbody></table></div>`;
