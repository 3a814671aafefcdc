// One gateway. What stands above its tabs; each tab is a module of its own, which answers `view()`, and where it has them
// `refresh()`, `close()` and the address of the events it lives on.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw } from '../main.js';
import { Live } from '../lib/live.js';
import { gatewayMark, icon } from '../lib/parts.js';
import { ago, instant, machine, t } from '../lib/text.js';

const TABS = ['overview', 'settings', 'history', 'audit'];

export async function open({ id, query }) {
  const tab = TABS.includes(query.get('tab')) ? query.get('tab') : 'overview';
  const address = name => (name === 'overview' ? `/gateways/${encodeURIComponent(id)}` : `/gateways/${encodeURIComponent(id)}?tab=${name}`);
  let gateway = await api.gateway(id);
  const module = await import(`./gateway/${tab}.js`);
  const part = await module.open({ id, query, address: address(tab), gateway: () => gateway });
  const live = new Live(part.events ?? `/v1/gateways/${encodeURIComponent(id)}/events`, async () => {
    gateway = await api.gateway(id);
    await part.refresh?.();
    draw();
  });

  return {
    get title() { return machine(gateway.serial); },
    close: () => { part.close?.(); live.close(); },
    live: () => live.sign(),
    crumbs: () => html`<a href="/gateways">${t('place.gateways')}</a><span aria-hidden="true">/</span><span class="mono">${gateway.id}</span>`,
    view: () => html`<div class="head"><div><h1>${machine(gateway.serial)}</h1>
<div class="id-line">${gatewayMark(gateway)}<span class="mono">${gateway.id}</span><span>${icon('chip')}${machine(gateway.model)}</span>
${gateway.generation ? html`<span>${icon('releases')}${t(gateway.confirmed === false ? 'generation.trial' : 'generation.confirmed', { n: gateway.generation })}</span>` : nothing}<span>${icon('link')}<time datetime=${gateway.lastHeard ?? ''} title=${instant(gateway.lastHeard)}>${t('heard.ago', { when: ago(gateway.lastHeard) })}</time></span><span>${icon('life')}${t(`life.${gateway.life}`)}</span></div></div></div>
<nav class="tabs" aria-label=${t('gateway.parts')}>${TABS.map(name => html`<a href=${address(name)} aria-current=${name === tab ? 'page' : nothing}>${t(`tab.${name}`)}</a>`)}</nav>
${part.view()}`,
  };
}
