// Which gateways? The filter is in the address, so that a link shows a colleague the same.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { go } from '../main.js';
import { Pages } from '../lib/list.js';
import { gatewayMark } from '../lib/parts.js';
import { ago, instant, machine, t } from '../lib/text.js';

const WORDS = ['serial', 'model', 'label', 'bundle', 'version'];
const LIVES = ['ACTIVATED', 'PROVISIONED', 'SUSPENDED', 'LOST', 'RETIRED'];

const option = (value, word, chosen) => html`<option value=${value} ?selected=${value === chosen}>${word}</option>`;

export async function open({ query }) {
  const known = [...WORDS, 'life', 'connected'];
  const filter = Object.fromEntries([...query].filter(([name, value]) => value && known.includes(name)));
  const filtered = Object.keys(filter).length > 0;
  const pages = new Pages(part => api.gateways({ ...filter, ...part }));
  await pages.load();
  const refresh = setInterval(() => document.hidden || pages.load(), 10_000);

  const choose = event => {
    event.preventDefault();
    const words = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
    go(words.size ? `/gateways?${words}` : '/gateways');
  };

  const row = gateway => html`<tr>
<td class="first">${gatewayMark(gateway)}</td>
<td data-l=${t('gateway')}><a class="mono nowrap" href="/gateways/${gateway.id}">${gateway.id}</a></td>
<td data-l=${t('serial')} class="mono">${machine(gateway.serial)}</td>
<td data-l=${t('model')} class="nowrap opt">${machine(gateway.model)}</td>
<td data-l=${t('generation')} class="gen">${gateway.generation ?? ''}</td>
<td data-l=${t('labels')} class="opt">${(gateway.labels ?? []).map(label => html`<a class="chip" href="/gateways?label=${encodeURIComponent(label)}">${machine(label)}</a> `)}</td>
<td data-l=${t('heard')} class="r nowrap" title=${instant(gateway.lastHeard)}>${ago(gateway.lastHeard)}</td></tr>`;

  return {
    title: t('place.gateways'),
    close: () => clearInterval(refresh),
    view: () => html`<div class="head"><div><h1>${t('place.gateways')}</h1></div></div>
<form class="filters" @submit=${choose}>
${WORDS.map(name => html`<label class="find"><span class="vh">${t(`filter.${name}`)}</span><input type="search" name=${name} placeholder=${t(`filter.${name}`)} .value=${filter[name] ?? ''}></label>`)}
<label><span class="vh">${t('filter.life')}</span><select class="in" name="life">${option('', t('filter.life'), filter.life)}${LIVES.map(life => option(life, t(`life.${life}`), filter.life))}</select></label>
<label><span class="vh">${t('filter.connected')}</span><select class="in" name="connected">${option('', t('filter.connected'), filter.connected)}${option('true', t('connected'), filter.connected)}${option('false', t('silent'), filter.connected)}</select></label>
<button class="btn">${t('filter')}</button>
${filtered ? html`<a class="btn bare" href="/gateways">${t('filter.clear')}</a>` : nothing}</form>
<section class="bay bare" aria-label=${t('place.gateways')}>
${pages.items.length === 0
    ? html`<div class="empty"><p>${filtered ? t('gateways.nomatch') : t('gateways.none')}</p></div>`
    : html`<div class="scroll"><table class="grid cards">
<thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('gateway')}</th><th scope="col">${t('serial')}</th><th scope="col">${t('model')}</th><th scope="col">${t('generation')}</th><th scope="col">${t('labels')}</th><th scope="col" class="r">${t('heard')}</th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
