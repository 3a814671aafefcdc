// One gateway: who it is, what it proved to run, how it got there, who did what with it.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw } from '../main.js';
import { entries } from '../lib/entries.js';
import { Live } from '../lib/live.js';
import { bundleName, empty, fact, gatewayMark, icon, outcomeForm, problem, reason, shape } from '../lib/parts.js';
import { ago, instant, machine, number, t } from '../lib/text.js';

const TABS = ['overview', 'audit'];
const ENTRIES = 50;

export async function open({ id, query }) {
  const tab = TABS.includes(query.get('tab')) ? query.get('tab') : 'overview';
  let gateway;
  let audit = null;
  let failed = null;
  const fetchAll = async () => { gateway = await api.gateway(id); draw(); };
  await fetchAll();
  if (tab === 'audit') {
    try {
      const chain = await api.auditVerification();
      audit = (await api.audit({ subject: id, before: (chain.lastSequence ?? chain.lastGoodSequence ?? 0) + 1, limit: ENTRIES })).items;
    } catch (e) {
      failed = e;
    }
  }
  const live = new Live(`/v1/gateways/${encodeURIComponent(id)}/events`, fetchAll);

  const bundle = one => html`<tr><td class="first mono">${bundleName(machine(one.symbolicName))}</td>
<td class="mono" data-l=${t('version')}>${machine(one.version)}</td>
<td class="mono opt" data-l="SHA-256" title=${one.sha256}>${one.sha256.slice(0, 16)}</td></tr>`;

  const bundles = running => html`<section class="bay" aria-labelledby="hb"><header><h2 id="hb">${gateway.generation ? t('bundles.in', { n: gateway.generation }) : t('bundles')}</h2>
<span class="say">${gateway.reported ? t('bundles.proved', { n: number(running.length), when: ago(gateway.reported) }) : nothing}</span></header>
${running.length === 0 ? empty(t('bundles.unproved'), t('bundles.unproved.say')) : html`<div class="scroll"><table class="grid cards tight"><thead><tr><th scope="col">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${running.map(bundle)}</tbody></table></div>`}</section>`;

  // What the gateway itself found changed since it was verified: text of a device, shown as text.
  const findings = found => html`<section class="why" role="region" aria-labelledby="hf"><h2 id="hf">${t('findings')}</h2>
<ul>${found.map(one => html`<li>${machine(one, 500)}</li>`)}</ul></section>`;

  const passage = last => html`<ol class="passage"><li><span class="ok">${shape('ok')}</span><b>${t('passage.from')}</b>${t('passage.generation', { n: last.from })}</li>
<li><span class=${last.outcome === 'CONFIRMED' ? 'ok' : 'move'}>${shape(last.outcome === 'CONFIRMED' ? 'ok' : 'move')}</span><b>${t('passage.to')}</b>${t('passage.generation', { n: last.to })}</li>
<li>${outcomeForm(last.outcome)}<b>${t(`outcome.${last.outcome}`)}</b>${instant(last.ended)}</li></ol>`;

  const transition = last => html`<section class="bay" aria-labelledby="ht"><header><h2 id="ht">${t('transition.last')}</h2></header>${passage(last)}
<dl class="facts">${fact(t('asked.by'), machine(last.by))}${last.code ? fact(t('why'), reason(last.code, last.detail)) : nothing}</dl></section>`;

  const identity = () => html`<section class="bay" aria-labelledby="hi"><header><h2 id="hi">${t('identity')}</h2></header>
<dl class="facts">${fact(t('serial'), html`<code>${machine(gateway.serial)}</code>`)}${fact(t('model'), machine(gateway.model))}
${fact(t('devicekey'), gateway.deviceKey ? html`<code title=${gateway.deviceKey}>${gateway.deviceKey.slice(0, 16)}…</code>` : html`<span class="dim">${t('none')}</span>`)}
${fact(t('ledger'), t(`life.${gateway.life}`))}${fact(t('registered'), instant(gateway.registered))}
${fact(t('labels'), (gateway.labels ?? []).length ? gateway.labels.map(label => html`<a class="chip" href="/gateways?label=${encodeURIComponent(label)}">${machine(label, 40)}</a> `) : html`<span class="dim">${t('none')}</span>`)}
${fact(t('dropped'), number(gateway.dropped ?? 0))}</dl></section>`;

  const overview = () => html`${(gateway.findings ?? []).length ? findings(gateway.findings) : nothing}
<div class="cols side-first"><div class="stack">${gateway.lastTransition ? transition(gateway.lastTransition) : nothing}${bundles(gateway.bundles ?? [])}</div>
<div class="stack">${identity()}</div></div>`;

  const trail = () => html`<section class="bay" aria-labelledby="ha"><header><h2 id="ha">${t('place.audit')}</h2><span class="say">${t('audit.newest')}</span><div class="acts"><a href="/audit?subject=${encodeURIComponent(id)}">${t('audit.searchall')}</a></div></header>
${failed ? problem(failed) : audit.length === 0 ? empty(t('audit.none'), t('audit.none.gateway')) : entries(audit)}</section>`;

  return {
    get title() { return machine(gateway.serial); },
    close: () => live.close(),
    live: () => live.sign(),
    crumbs: () => html`<a href="/gateways">${t('place.gateways')}</a><span aria-hidden="true">/</span><span class="mono">${gateway.id}</span>`,
    view: () => html`<div class="head"><div><h1>${machine(gateway.serial)}</h1>
<div class="id-line">${gatewayMark(gateway)}<span class="mono">${gateway.id}</span><span>${icon('chip')}${machine(gateway.model)}</span>
${gateway.generation ? html`<span>${icon('releases')}${t(gateway.confirmed === false ? 'generation.trial' : 'generation.confirmed', { n: gateway.generation })}</span>` : nothing}<span>${icon('link')}<time datetime=${gateway.lastHeard ?? ''} title=${instant(gateway.lastHeard)}>${t('heard.ago', { when: ago(gateway.lastHeard) })}</time></span><span>${icon('life')}${t(`life.${gateway.life}`)}</span></div></div></div>
<nav class="tabs" aria-label=${t('gateway.parts')}>${TABS.map(name => html`<a href=${name === 'overview' ? `/gateways/${id}` : `/gateways/${id}?tab=${name}`} aria-current=${name === tab ? 'page' : nothing}>${t(`tab.${name}`)}</a>`)}</nav>
${tab === 'audit' ? trail() : overview()}`,
  };
}
