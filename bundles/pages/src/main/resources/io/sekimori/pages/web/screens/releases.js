import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { Pages } from '../lib/list.js';
import { bundleName } from '../lib/parts.js';
import { machine, number, t } from '../lib/text.js';

const runs = release => html`<a href="/gateways?bundle=${encodeURIComponent(release.symbolicName)}&version=${encodeURIComponent(release.version)}">${t('whoruns')}</a>`;

const row = release => html`<tr><td class="first mono">${bundleName(machine(release.symbolicName))}</td>
<td data-l=${t('version')} class="mono">${machine(release.version)}</td>
<td data-l=${t('counter')} class="r num">${number(release.counter)}</td>
<td data-l=${t('floor')} class="r num">${number(release.floor)}</td>
<td data-l=${t('swap')}>${release.kind === 'SLOT' ? t('slot') : release.swap}</td>
<td data-l=${t('size')} class="r num">${t('kb', { n: number(Math.ceil(release.lengthBytes / 1000)) })}</td>
<td data-l="SHA-256" class="mono opt" title=${release.sha256}>${release.sha256.slice(0, 12)}</td>
<td>${release.kind === 'BUNDLE' ? runs(release) : nothing}</td></tr>`;

export async function open() {
  const pages = new Pages(part => api.releases(part));
  await pages.load();
  return {
    title: t('place.releases'),
    view: () => html`<div class="head"><div><h1>${t('place.releases')}</h1><p class="dim">${t('releases.say')}</p></div></div>
<section class="bay bare" aria-label=${t('place.releases')}>${pages.items.length === 0
    ? html`<div class="empty"><p>${t('releases.none')}</p></div>`
    : html`<div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col" class="r">${t('counter')}</th><th scope="col" class="r">${t('floor')}</th><th scope="col">${t('swap')}</th><th scope="col" class="r">${t('size')}</th><th scope="col">SHA-256</th><th scope="col"><span class="vh">${t('place.gateways')}</span></th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
