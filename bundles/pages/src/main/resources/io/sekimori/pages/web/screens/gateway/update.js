// What the gateway was assigned and does not run yet: which risks that removes, and what it interrupts.
import { html, nothing } from '../../lib/lit-html.js';
import { bundleName, mark, reason } from '../../lib/parts.js';
import { language, machine, number, plural, t } from '../../lib/text.js';

const MOST_WORDS = 500;
const MOST_SHOWN = 20;

/** The words of a publisher in the language of the page, else in English. */
export const words = remedy => machine((language() === 'ja' && remedy.ja) || remedy.en, MOST_WORDS);

const shown = list => list.slice(0, MOST_SHOWN);
const more = list => (list.length > MOST_SHOWN ? html`<li>${t('awaited.more', { n: number(list.length - MOST_SHOWN) })}</li>` : nothing);

function disruption({ restart, replaced, removed }) {
  if (restart) return t('awaited.restart');
  const gone = removed.length ? plural('awaited.removed', removed.length) : '';
  const paused = replaced.length ? plural('awaited.replaced', replaced.length) : '';
  return gone || paused ? [paused, gone].filter(Boolean).join(' ') : t('awaited.smooth');
}

/** What the console neither hands out nor signs anew, and what a person can do about it. */
export function held(update) {
  if (!update?.held) return nothing;
  const { assignment, code, detail, advice } = update.held;
  return html`<section class="why" role="region" id="held" aria-labelledby="hhb"><h2 id="hhb">${t('held')}</h2>
<p>${reason(code, detail, advice)}</p><p class="note">${t('held.say', { n: assignment })}</p></section>`;
}

export function awaited(update) {
  if (!update?.assignment) return nothing;
  return html`<section class="bay" id="awaited" aria-labelledby="haw"><header><h2 id="haw">${t('awaited')}</h2><span class="say">${t('awaited.say', { n: update.assignment })}</span></header>
${update.remedies.length
    ? html`<div data-remedies><p>${mark('seal', 'ok', t('awaited.remedies'))}</p><ul>${shown(update.remedies).map(one => html`<li>${words(one)}</li>`)}${more(update.remedies)}</ul></div>`
    : html`<p class="note">${t('awaited.noremedy')}</p>`}
<p data-disruption>${mark(update.restart || update.replaced.length || update.removed.length ? 'warn' : 'ok', update.restart ? 'warn' : 'mute', disruption(update))}</p>
<ul class="mono">${shown(update.releases).map(one => html`<li>${bundleName(machine(one.symbolicName, 100))} ${machine(one.version, 60)}</li>`)}${more(update.releases)}</ul>
${update.known ? nothing : html`<p class="note">${t('awaited.unproved')}</p>`}<p class="note">${t('awaited.measured')}</p></section>`;
}
