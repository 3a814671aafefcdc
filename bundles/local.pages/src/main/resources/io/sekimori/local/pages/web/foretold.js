// What an update removes and what it interrupts, for how long: said before anybody has it installed.
import { html, nothing } from './lib/lit-html.js';
import { mark } from './lib/parts.js';
import { machine, number, plural, t } from './lib/text.js';

const MOST_WORDS = 500;

/** The words of those who signed the releases, in the language of the page. */
export const remedies = (words = []) => (words.length
  ? html`<div data-remedies><p>${mark('seal', 'ok', t('plan.remedies'))}</p><ul class="diff">${words.map(one => html`<li>${machine(one, MOST_WORDS)}</li>`)}</ul></div>`
  : nothing);

/** Who is away, and about how long: from what this gateway measured before, else from experience. */
export function disruption({ restart, interruptions }) {
  const longest = Math.max(0, ...interruptions.map(one => one.aboutMillis));
  const about = longest < 1000 ? t('plan.about.short') : t('plan.about', { n: number(Math.ceil(longest / 1000)) });
  if (restart) return `${t('plan.restart')}${longest ? ` ${about}` : ''}`;
  return interruptions.length ? `${plural('plan.interruptions', interruptions.length)} ${about}` : t('plan.smooth');
}
