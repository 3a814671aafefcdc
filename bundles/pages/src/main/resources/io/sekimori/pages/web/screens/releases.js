// What may run, who vouches for it, what ends? The chain of trust is drawn, and stands below as a table, too.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { chain } from '../lib/chain.js';
import { Pages } from '../lib/list.js';
import { bundleName, empty, mark, problem } from '../lib/parts.js';
import { instant, left, machine, number, t } from '../lib/text.js';

const SOON = 14 * 86_400_000;
const HOURS = 6 * 3_600_000;
const ORDER = ['root', 'targets', 'snapshot', 'timestamp', 'director-root'];

const runs = release => html`<a href="/gateways?bundle=${encodeURIComponent(release.symbolicName)}&version=${encodeURIComponent(release.version)}">${t('whoruns')}<span class="vh"> ${machine(release.symbolicName)} ${machine(release.version)}</span></a>`;

const row = release => html`<tr><td class="first mono">${bundleName(machine(release.symbolicName))}</td>
<td data-l=${t('version')} class="mono">${machine(release.version)}</td>
<td data-l=${t('counter')} class="r num">${number(release.counter)}</td>
<td data-l=${t('floor')} class="r num">${number(release.floor)}</td>
<td data-l=${t('swap')}>${release.kind === 'SLOT' ? t('slot') : release.swap}</td>
<td data-l=${t('models')} class="opt">${release.models.length ? release.models.map(model => machine(model, 40)).join(', ') : t('models.all')}</td>
<td data-l=${t('size')} class="r num opt">${t('kb', { n: number(Math.ceil(release.lengthBytes / 1000)) })}</td>
<td data-l="SHA-256" class="mono opt" title=${release.sha256}>${release.sha256.slice(0, 12)}</td>
<td>${release.kind === 'BUNDLE' ? runs(release) : nothing}</td></tr>`;

/** Roles in the order of trust, with how each stands. */
export const standing = (roles, now = Date.now()) => ORDER.filter(role => roles[role]).map(role => {
  const ends = new Date(roles[role].expires).getTime() - now;
  const early = role === 'timestamp' || role === 'snapshot' ? HOURS : SOON;
  return { role, ...roles[role], state: ends < 0 ? 'ended' : ends < early ? 'soon' : 'well' };
});

const MARKS = { well: ['seal', 'ok'], soon: ['warn', 'warn'], ended: ['stop', 'stop'] };

export async function open({ query }) {
  const pages = new Pages(part => api.releases(part), query);
  let roles = [];
  let failed = null;
  await Promise.all([pages.load(), api.repository().then(json => { roles = standing(json.roles); }).catch(e => { failed = e; })]);

  const role = one => html`<tr><td class="first">${t(`role.meta.${one.role}`)}</td><td class="num" data-l=${t('version')}>${number(one.version)}</td><td data-l=${t('role.signs')}>${t(`role.signs.${one.role}`)}</td>
<td data-l=${t('state')}>${mark(...MARKS[one.state], t(`role.state.${one.state}`))}</td><td class="num nowrap" data-l=${t('role.ends')}>${instant(one.expires)}</td><td class="r num nowrap" data-l=${t('role.left')}>${left(one.expires)}</td></tr>`;

  return {
    title: t('place.releases'),
    view: () => html`<div class="head"><div><h1>${t('place.releases')}</h1><p class="lede">${t('releases.say')}</p></div></div>
<section class="bay" aria-labelledby="hc"><header><h2 id="hc">${t('chain')}</h2><span class="say">${t('chain.say')}</span></header>
${failed ? problem(failed) : html`<figure class="not-phone">${chain(roles)}</figure>
<details class="astable" open><summary>${t('chain.table')}</summary><div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('role')}</th><th scope="col">${t('version')}</th><th scope="col">${t('role.signs')}</th><th scope="col">${t('state')}</th><th scope="col">${t('role.ends')}</th><th scope="col" class="r">${t('role.left')}</th></tr></thead><tbody>${roles.map(role)}</tbody></table></div></details>`}</section>
<section class="bay" aria-labelledby="hl"><header><h2 id="hl">${t('place.releases')}</h2></header>${pages.items.length === 0
    ? empty(t('releases.none'), t('releases.none.say'), html`<code>sekimori releases import</code>`)
    : html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('place.releases')}</caption><thead><tr><th scope="col" aria-sort="ascending">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col" class="r">${t('counter')}</th><th scope="col" class="r">${t('floor')}</th><th scope="col">${t('swap')}</th><th scope="col">${t('models')}</th><th scope="col" class="r">${t('size')}</th><th scope="col">SHA-256</th><th scope="col"><span class="vh">${t('place.gateways')}</span></th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
