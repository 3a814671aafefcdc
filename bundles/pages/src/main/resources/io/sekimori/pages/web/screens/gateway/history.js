// What a gateway said of itself before, the newest first.
import { html } from '../../lib/lit-html.js';
import { api } from '../../lib/api.js';
import { Pages } from '../../lib/list.js';
import { empty } from '../../lib/parts.js';
import { red, summary } from '../../lib/status.js';
import { instant, machine, number, t } from '../../lib/text.js';

export async function open({ id, query }) {
  const pages = new Pages(part => api.gatewayStatuses(id, part), query, { size: 50 });
  await pages.load();

  const row = one => html`<tr><td class="first num nowrap"><time datetime=${one.at}>${instant(one.at)}</time></td>
<td data-l=${t('state')}>${summary(one)}</td>
<td data-l=${t('generation')} class="gen">${one.generation ?? ''}</td>
<td data-l=${t('trust')} class="num">${t('vouched.of', { n: number(one.bundles.filter(bundle => bundle.verdict === 'vouched').length), all: number(one.bundles.length) })}</td>
<td data-l=${t('status.health')} class="num">${t('red.of', { n: number(one.health.filter(red).length), all: number(one.health.length) })}</td>
<td data-l=${t('status.findings')}>${[...new Set(one.findings.map(finding => finding.code))].map(code => html`<code class="reason">${machine(code, 64)}</code> `)}</td>
<td data-l=${t('received')} class="r num nowrap">${instant(one.received)}</td></tr>`;

  return {
    refresh: () => pages.load(),
    view: () => html`<section class="bay" aria-labelledby="hs"><header><h2 id="hs">${t('history')}</h2><span class="say">${t('history.say')}</span></header>
${pages.items.length === 0 ? empty(t('history.none'), t('history.none.say')) : html`<div class="scroll"><table class="grid cards"><thead><tr><th scope="col" aria-sort="descending">${t('history.at')}</th><th scope="col">${t('state')}</th><th scope="col">${t('generation')}</th><th scope="col">${t('trust')}</th><th scope="col">${t('status.health')}</th><th scope="col">${t('status.findings')}</th><th scope="col" class="r">${t('received')}</th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
