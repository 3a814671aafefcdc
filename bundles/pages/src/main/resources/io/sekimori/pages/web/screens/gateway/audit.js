// Who did what with this gateway on this console.
import { html } from '../../lib/lit-html.js';
import { api } from '../../lib/api.js';
import { entries } from '../../lib/entries.js';
import { empty, problem } from '../../lib/parts.js';
import { t } from '../../lib/text.js';

const ENTRIES = 50;

export async function open({ id }) {
  let found = [];
  let failed = null;
  try {
    const chain = await api.auditVerification();
    found = (await api.audit({ subject: id, before: (chain.lastSequence ?? chain.lastGoodSequence ?? 0) + 1, limit: ENTRIES })).items;
  } catch (e) {
    failed = e;
  }
  return {
    view: () => html`<section class="bay" aria-labelledby="ha"><header><h2 id="ha">${t('place.audit')}</h2><span class="say">${t('audit.newest')}</span><div class="acts"><a href="/audit?subject=${encodeURIComponent(id)}">${t('audit.searchall')}</a></div></header>
${failed ? problem(failed) : found.length === 0 ? empty(t('audit.none'), t('audit.none.gateway')) : entries(found)}</section>`,
  };
}
