// Which gateways? View, filter and page are in the address, so that a link shows a colleague the same.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw, go } from '../main.js';
import { Live } from '../lib/live.js';
import { Pages } from '../lib/list.js';
import { empty, gatewayMark, icon } from '../lib/parts.js';
import { ago, instant, machine, number, t } from '../lib/text.js';

const WORDS = ['serial', 'model', 'label', 'bundle', 'version'];
const KNOWN = [...WORDS, 'life', 'connected'];
const VIEWS = [
  ['all', {}],
  ['connected', { life: 'ACTIVATED', connected: 'true' }],
  ['silent', { life: 'ACTIVATED', connected: 'false' }],
  ['PROVISIONED', { life: 'PROVISIONED' }],
  ['SUSPENDED', { life: 'SUSPENDED' }],
  ['LOST', { life: 'LOST' }],
  ['RETIRED', { life: 'RETIRED' }],
];

const address = words => {
  const query = new URLSearchParams(Object.entries(words).filter(([, value]) => value));
  return query.size ? `/gateways?${query}` : '/gateways';
};

const word = name => (name === 'all' || name === 'connected' || name === 'silent' ? t(name) : t(`life.${name}`));

export async function open({ query }) {
  const filter = Object.fromEntries([...query].filter(([name, value]) => value && KNOWN.includes(name)));
  const words = Object.fromEntries(WORDS.filter(name => filter[name]).map(name => [name, filter[name]]));
  let status;
  const pages = new Pages(part => api.gateways({ ...filter, ...part }), query);
  const fetchAll = async () => {
    const counted = api.status().catch(() => undefined);
    await pages.load();
    status = await counted;
    draw();
  };
  await fetchAll();
  const live = new Live('/v1/status/events', fetchAll);

  const counts = () => (status ? { ...status.lives, all: status.gateways, silent: status.silent, connected: status.lives.ACTIVATED - status.silent } : {});

  const choose = event => {
    event.preventDefault();
    go(address({ ...filter, ...Object.fromEntries(new FormData(event.target)) }));
  };

  const same = (view, name) => (view[name] ?? '') === (filter[name] ?? '');
  const tab = ([name, view]) => html`<a href=${address({ ...words, ...view })} aria-current=${same(view, 'life') && same(view, 'connected') ? 'page' : nothing}>${word(name)}${counts()[name] === undefined ? nothing : html`<span class="n">${number(counts()[name])}</span>`}</a>`;

  const chip = name => html`<a class="chip on" href=${address({ ...filter, [name]: '' })}><span><b>${t(`filter.${name}`)}</b> ${machine(filter[name], 60)}</span>${icon('close')}<span class="vh">${t('filter.without')}</span></a>`;

  const row = gateway => html`<tr>
<td class="first">${gatewayMark(gateway)}</td>
<td data-l=${t('gateway')}><a class="mono nowrap" href="/gateways/${gateway.id}">${gateway.id}</a></td>
<td data-l=${t('serial')} class="mono">${machine(gateway.serial, 64)}</td>
<td data-l=${t('model')} class="opt">${machine(gateway.model, 64)}</td>
<td data-l=${t('generation')} class="gen">${gateway.generation ?? html`<span class="dim">${t('unknown')}</span>`}</td>
<td data-l=${t('labels')} class="opt">${(gateway.labels ?? []).map(label => html`<a class="chip" href=${address({ ...filter, label })}>${machine(label, 40)}</a> `)}</td>
<td data-l=${t('heard')} class="r nowrap"><time datetime=${gateway.lastHeard ?? ''} title=${instant(gateway.lastHeard)}>${ago(gateway.lastHeard)}</time></td></tr>`;

  const filtered = Object.keys(filter).length > 0;
  const none = () => (filtered
    ? empty(t('gateways.nomatch'), t('gateways.nomatch.say'), html`<a class="btn" href="/gateways">${t('filter.clear')}</a>`)
    : empty(t('gateways.none'), t('gateways.none.say'), html`<code>sekimori gateways add</code>`));

  return {
    title: t('place.gateways'),
    close: () => live.close(),
    live: () => live.sign(),
    view: () => html`<div class="head"><div><h1>${t('place.gateways')}</h1></div></div>
<nav class="tabs" aria-label=${t('views')}>${VIEWS.map(tab)}</nav>
<form class="filters" @submit=${choose}>
${WORDS.map(name => html`<label class="find word"><span class="vh">${t(`filter.${name}`)}</span><input type="search" name=${name} placeholder=${t(`filter.${name}`)} .value=${filter[name] ?? ''} maxlength="200"></label>`)}
<button class="btn">${icon('filter')}${t('filter')}</button>
${Object.keys(words).map(chip)}${Object.keys(words).length > 1 ? html`<a class="btn bare" href=${address({ life: filter.life, connected: filter.connected })}>${t('filter.clear')}</a>` : nothing}</form>
<section class="bay bare" aria-label=${t('place.gateways')}>
${pages.items.length === 0 ? none() : html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('gateways.caption')}</caption>
<thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('gateway')}</th><th scope="col" aria-sort="ascending">${t('serial')}</th><th scope="col">${t('model')}</th><th scope="col">${t('generation')}</th><th scope="col">${t('labels')}</th><th scope="col" class="r">${t('heard')}</th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager({ all: Object.keys(words).length === 0 ? counts()[VIEWS.find(([, view]) => same(view, 'life') && same(view, 'connected'))?.[0]] : undefined })}`}</section>`,
  };
}
