// Once, after the first person came in: whether updates begin by themselves here. Later it stands on the page.
import { html, nothing } from './lib/lit-html.js';
import { arrive, draw } from './main.js';
import * as home from './home.js';
import { local } from './local.js';
import { problem } from './lib/parts.js';
import { BEGIN, beginning, choices, wish } from './policy.js';
import { t } from './lib/text.js';

export async function open(session) {
  const seen = await local.policy().catch(() => null);
  if (!seen?.site || !seen.enabled) return home.open(session); // nothing that this person could choose here
  let chosen = beginning(seen);
  let failed = null;
  let busy = false;

  const choose = one => { chosen = one; draw(); };
  const set = async event => {
    event.preventDefault();
    busy = true;
    failed = null;
    draw();
    try {
      await local.setPolicy(wish(seen, chosen), seen.tag);
      await arrive();
    } catch (e) {
      failed = e;
      busy = false;
      draw();
    }
  };

  return {
    title: t('setup'),
    view: () => html`<section class="bay bare stack door-local" id="setup"><h1>${t('setup')}</h1><p>${t('setup.say')}</p>
<form class="stack" @submit=${set}>${failed ? problem(failed) : nothing}${choices(BEGIN, chosen, choose, busy)}<p class="note">${t('setup.later')}</p><button class="btn go" ?disabled=${busy}>${t('setup.do')}</button></form>
${failed ? html`<button class="btn" data-act="later" @click=${() => arrive()}>${t('setup.leave')}</button>` : nothing}</section>`,
  };
}
