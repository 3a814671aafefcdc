// What may run, who vouches for it, what ends? The chain of trust is drawn, and stands below as a table, too.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { chain } from '../lib/chain.js';
import { renewal, standing } from '../lib/harm.js';
import { Pages } from '../lib/list.js';
import { bundleName, empty, fact, mark, problem } from '../lib/parts.js';
import { instant, left, machine, number, t } from '../lib/text.js';
import { words } from './gateway/update.js';

const ORDER = ['root', 'targets', 'snapshot', 'timestamp', 'director-root'];

const runs = release => html`<a href="/gateways?bundle=${encodeURIComponent(release.symbolicName)}&version=${encodeURIComponent(release.version)}">${t('whoruns')}<span class="vh"> ${machine(release.symbolicName)} ${machine(release.version)}</span></a>`;

const row = release => html`<tr><td class="first mono">${bundleName(machine(release.symbolicName))}${release.remedy ? html`<span class="sub" data-remedy>${words(release.remedy)}</span>` : nothing}</td>
<td data-l=${t('version')} class="mono">${machine(release.version)}</td>
<td data-l=${t('counter')} class="r num">${number(release.counter)}</td>
<td data-l=${t('floor')} class="r num">${number(release.floor)}</td>
<td data-l=${t('swap')}>${release.kind === 'BUNDLE' ? release.swap : t(`kind.${release.kind}`)}</td>
<td data-l=${t('models')} class="opt">${release.models.length ? release.models.map(model => machine(model, 40)).join(', ') : t('models.all')}</td>
<td data-l=${t('size')} class="r num opt">${t('kb', { n: number(Math.ceil(release.lengthBytes / 1000)) })}</td>
<td data-l="SHA-256" class="mono opt" title=${release.sha256}>${release.sha256.slice(0, 12)}</td>
<td>${release.kind === 'BUNDLE' ? runs(release) : nothing}</td></tr>`;

/** Roles in the order of trust, with how each stands. */
const ordered = roles => ORDER.filter(role => roles[role]).map(role => ({ role, ...roles[role], state: standing(role, roles[role].expires) }));

const MARKS = { well: ['seal', 'ok'], soon: ['warn', 'warn'], ended: ['stop', 'stop'] };

export async function open({ query }) {
  const pages = new Pages(part => api.releases(part), query);
  let roles = [];
  let publishers = [];
  let support = {};
  let failed = null;
  await Promise.all([pages.load(), api.repository().then(json => { roles = ordered(json.roles); publishers = json.publishers ?? []; support = json.support ?? {}; }).catch(e => { failed = e; })]);

  const role = one => html`<tr><td class="first">${t(`role.meta.${one.role}`)}</td><td class="num" data-l=${t('version')}>${number(one.version)}</td><td data-l=${t('role.signs')}>${t(`role.signs.${one.role}`)}</td>
<td data-l=${t('state')}>${mark(...MARKS[one.state], t(`role.state.${one.state}`))}${one.state === 'well' ? nothing : html`<br><small>${renewal(one.role)}</small>`}</td><td class="num nowrap" data-l=${t('role.ends')}>${instant(one.expires)}</td><td class="r num nowrap" data-l=${t('role.left')}>${left(one.expires)}</td></tr>`;

  const publisher = one => {
    const state = one.expires ? standing('', one.expires) : null;
    return html`<tr><td class="first mono">${machine(one.role, 64)}</td><td data-l=${t('publisher.names')} class="mono">${one.patterns.map(pattern => machine(pattern, 80)).join(' ')}</td>
<td data-l=${t('publisher.keys')} class="num">${t('publisher.keys.of', { n: number(one.threshold), total: number(one.keyIds.length) })}</td><td data-l=${t('version')} class="num">${one.version ? number(one.version) : t('publisher.nothing')}</td>
<td data-l=${t('state')}>${state ? mark(...MARKS[state], t(`role.state.${state}`)) : mark('wait', 'mute', t('publisher.waits'))}${state && state !== 'well' ? html`<br><small>${renewal(machine(one.role, 64), true)}</small>` : nothing}</td>
<td class="num nowrap" data-l=${t('role.ends')}>${one.expires ? instant(one.expires) : nothing}</td><td class="r num nowrap" data-l=${t('role.left')}>${one.expires ? left(one.expires) : nothing}</td></tr>`;
  };
  const supported = () => html`<section class="bay" aria-labelledby="hs"><header><h2 id="hs">${t('support.models')}</h2></header><dl class="facts" data-support>${Object.keys(support).length === 0
    ? fact(t('support'), t('support.unknown'))
    : Object.keys(support).sort().map(model => fact(model === '*' ? t('support.all') : machine(model, 64), html`${instant(support[model])} <span class="sub">${left(support[model])}</span>`))}</dl></section>`;
  const delegated = () => html`<section class="bay" aria-labelledby="hp"><header><h2 id="hp">${t('publishers')}</h2><span class="say">${t('publishers.say')}</span></header>
<div class="scroll"><table class="grid cards"><caption class="vh">${t('publishers')}</caption><thead><tr><th scope="col">${t('role')}</th><th scope="col">${t('publisher.names')}</th><th scope="col">${t('publisher.keys')}</th><th scope="col">${t('version')}</th><th scope="col">${t('state')}</th><th scope="col">${t('role.ends')}</th><th scope="col" class="r">${t('role.left')}</th></tr></thead><tbody>${publishers.map(publisher)}</tbody></table></div></section>`;

  return {
    title: t('place.releases'),
    view: () => html`<div class="head"><div><h1>${t('place.releases')}</h1><p class="lede">${t('releases.say')}</p></div></div>
<section class="bay" aria-labelledby="hc"><header><h2 id="hc">${t('chain')}</h2><span class="say">${t('chain.say')}</span></header>
${failed ? problem(failed) : html`<figure class="not-phone">${chain(roles)}</figure>
<details class="astable" open><summary>${t('chain.table')}</summary><div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('role')}</th><th scope="col">${t('version')}</th><th scope="col">${t('role.signs')}</th><th scope="col">${t('state')}</th><th scope="col">${t('role.ends')}</th><th scope="col" class="r">${t('role.left')}</th></tr></thead><tbody>${roles.map(role)}</tbody></table></div></details>`}</section>
${failed ? nothing : supported()}${publishers.length ? delegated() : nothing}
<section class="bay" aria-labelledby="hl"><header><h2 id="hl">${t('place.releases')}</h2></header>${pages.items.length === 0
    ? empty(t('releases.none'), t('releases.none.say'), html`<code>sekimori releases import</code>`)
    : html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('place.releases')}</caption><thead><tr><th scope="col" aria-sort="ascending">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col" class="r">${t('counter')}</th><th scope="col" class="r">${t('floor')}</th><th scope="col">${t('swap')}</th><th scope="col">${t('models')}</th><th scope="col" class="r">${t('size')}</th><th scope="col">SHA-256</th><th scope="col"><span class="vh">${t('place.gateways')}</span></th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
