// One gateway: who it is, what it proved to run, how it got there.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw } from '../main.js';
import { bundleName, fact, gatewayMark, outcomeMark, reason } from '../lib/parts.js';
import { ago, instant, machine, number, t } from '../lib/text.js';

export async function open({ id }) {
  let gateway = await api.gateway(id);
  const refresh = setInterval(async () => {
    if (document.hidden) return;
    try { gateway = await api.gateway(id); } catch { return; /* old data stays, dated */ }
    draw();
  }, 5_000);

  const bundle = one => html`<tr><td class="first mono">${bundleName(machine(one.symbolicName))}</td>
<td class="mono" data-l=${t('version')}>${machine(one.version)}</td>
<td class="mono opt" data-l="SHA-256" title=${one.sha256}>${one.sha256.slice(0, 16)}</td></tr>`;

  const bundles = running => html`<section class="bay" aria-labelledby="hb"><header><h2 id="hb">${t('bundles')}</h2>
<span class="say">${gateway.reported ? t('bundles.proved', { n: number(running.length), when: ago(gateway.reported) }) : t('bundles.unproved')}</span></header>
${running.length === 0 ? nothing : html`<div class="scroll"><table class="grid cards tight"><thead><tr><th scope="col">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${running.map(bundle)}</tbody></table></div>`}</section>`;

  // What the gateway itself found changed since it was verified: text of a device, shown as text.
  const findings = found => html`<section class="bay" aria-labelledby="hf"><header><h2 id="hf">${t('findings')}</h2></header>
<ul class="why">${found.map(one => html`<li>${machine(one)}</li>`)}</ul></section>`;

  const transition = last => html`<section class="bay" aria-labelledby="ht"><header><h2 id="ht">${t('transition.last')}</h2></header>
<dl class="facts">${fact(t('outcome'), outcomeMark(last.outcome))}
${fact(t('generation'), `${last.from} → ${last.to}`)}
${fact(t('when'), instant(last.ended))}
${fact(t('asked.by'), machine(last.by))}
${last.code ? fact(t('why'), reason(last.code, last.detail)) : nothing}</dl></section>`;

  return {
    get title() { return machine(gateway.serial); },
    close: () => clearInterval(refresh),
    crumbs: () => html`<a href="/gateways">${t('place.gateways')}</a><span aria-hidden="true">/</span><span class="mono">${gateway.id}</span>`,
    view: () => html`<div class="head"><div><h1>${machine(gateway.serial)}</h1>
<div class="id-line">${gatewayMark(gateway)}<span class="mono">${gateway.id}</span><span>${machine(gateway.model)}</span>
${gateway.generation ? html`<span>${t('generation')} ${gateway.generation}</span>` : nothing}<span>${t('heard')} ${ago(gateway.lastHeard)}</span></div></div></div>
<div class="cols side-first"><div class="stack">${bundles(gateway.bundles ?? [])}</div>
<div class="stack">${(gateway.findings ?? []).length ? findings(gateway.findings) : nothing}${gateway.lastTransition ? transition(gateway.lastTransition) : nothing}
<section class="bay" aria-labelledby="hi"><header><h2 id="hi">${t('identity')}</h2></header>
<dl class="facts">${fact(t('serial'), html`<code>${machine(gateway.serial)}</code>`)}
${fact(t('devicekey'), gateway.deviceKey ? html`<code title=${gateway.deviceKey}>${gateway.deviceKey.slice(0, 16)}…</code>` : t('none'))}
${fact(t('ledger'), t(`life.${gateway.life}`))}
${fact(t('registered'), instant(gateway.registered))}
${fact(t('dropped'), number(gateway.dropped ?? 0))}</dl></section></div></div>`,
  };
}
