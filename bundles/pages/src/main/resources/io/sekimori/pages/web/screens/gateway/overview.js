// How a gateway is, as it last said and signed: never as being so now. And who it is, and how it got there.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { bundleName, empty, fact, mark, outcomeForm, reason, shape } from '../../lib/parts.js';
import { certificates, findings, health, resources, verdict } from '../../lib/status.js';
import { ago, instant, machine, number, t } from '../../lib/text.js';
import { Coming } from './coming.js';
import { Pack } from './pack.js';
import { Proof } from './proof.js';
import { awaited, held } from './update.js';

export async function open({ id, gateway }) {
  let status = null;
  let update = null;
  const coming = new Coming(id);
  const refresh = async () => {
    await coming.refresh();
    try {
      update = await api.gatewayUpdate(id);
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      update = null; // how it is, is shown without what it is to become
    }
    try {
      status = await api.gatewayStatus(id);
    } catch (e) {
      if (e.status !== 404) throw e; // 404: it never sent one
    }
  };
  await refresh();
  const proof = new Proof(id, refresh);
  const pack = new Pack(id);

  const dated = () => t('status.dated', { when: ago(status.at), received: instant(status.received) });

  const bundle = one => html`<tr><td class="first mono">${bundleName(machine(one.name ?? one.symbolicName))}</td>
<td class="mono" data-l=${t('version')}>${machine(one.version)}</td>
<td data-l=${t('trust')}>${verdict(one, gateway().connected)}</td>
<td data-l=${t('state')} class="opt">${one.state ? machine(one.state, 20) : nothing}</td>
<td class="mono opt" data-l="SHA-256" title=${one.sha256}>${one.sha256.slice(0, 16)}</td></tr>`;

  // Refused ones first: they need a person.
  const known = () => (status
    ? [...status.bundles].sort((a, b) => (a.verdict === 'vouched') - (b.verdict === 'vouched'))
    : gateway().bundles ?? []);

  const bundles = list => html`<section class="bay" aria-labelledby="hb"><header><h2 id="hb">${gateway().generation ? t('bundles.in', { n: gateway().generation }) : t('bundles')}</h2>
<span class="say">${status ? t('bundles.vouched', { n: number(list.filter(one => one.verdict === 'vouched').length), all: number(list.length), when: ago(status.at) }) : gateway().reported ? t('bundles.proved', { n: number(list.length), when: ago(gateway().reported) }) : nothing}</span></header>
${gateway().connected || !status ? nothing : html`<p class="note">${mark('silent', 'mute', t('bundles.silent'))}</p>`}
${list.length === 0 ? empty(t('bundles.unproved'), t('bundles.unproved.say')) : html`<div class="scroll"><table class="grid cards tight"><thead><tr><th scope="col">${t('bundle')}</th><th scope="col">${t('version')}</th><th scope="col">${t('trust')}</th><th scope="col">${t('state')}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${list.map(bundle)}</tbody></table></div>`}</section>`;

  // What the gateway itself found changed since it was verified: text of a device, shown as text.
  const tampering = found => html`<section class="why" role="region" aria-labelledby="hf"><h2 id="hf">${t('findings')}</h2>
<ul>${found.map(one => html`<li>${machine(one, 500)}</li>`)}</ul></section>`;

  const tried = last => (last.outcome === 'CONFIRMED' ? 'ok' : 'move');
  const transition = last => html`<section class="bay" aria-labelledby="ht"><header><h2 id="ht">${t('transition.last')}</h2></header>
<ol class="passage"><li><span class="ok">${shape('ok')}</span><b>${t('passage.from')}</b>${t('passage.generation', { n: last.from })}</li>
<li><span class=${tried(last)}>${shape(tried(last))}</span><b>${t('passage.to')}</b>${t('passage.generation', { n: last.to })}</li>
<li>${outcomeForm(last.outcome)}<b>${t(`outcome.${last.outcome}`)}</b>${instant(last.ended)}</li></ol>
<dl class="facts">${fact(t('asked.by'), machine(last.by))}${last.offlineStale ? fact(t('stick'), html`${mark('warn', 'warn', t('stick.stale', { since: instant(last.offlineStale) }))}`) : nothing}${last.code ? fact(t('why'), reason(last.code, last.detail)) : nothing}</dl></section>`;

  const identity = one => html`<section class="bay" aria-labelledby="hi"><header><h2 id="hi">${t('identity')}</h2></header>
<dl class="facts">${fact(t('serial'), html`<code>${machine(one.serial)}</code>`)}${fact(t('model'), machine(one.model))}
${fact(t('devicekey'), one.deviceKey ? html`<code title=${one.deviceKey}>${one.deviceKey.slice(0, 16)}…</code>` : html`<span class="dim">${t('none')}</span>`)}
${(one.slot ?? []).length ? fact(t('started.with'), one.slot.map(each => html`<span class="sub mono" title=${each.sha256}>${bundleName(machine(each.symbolicName))} ${machine(each.version)}</span>`)) : nothing}
${status?.moments ? fact(t('support'), status.moments.supportEnds ? html`<span data-support>${t('support.until', { when: instant(status.moments.supportEnds) })}</span>` : t('support.unknown')) : nothing}
${status?.moments?.updatesAsked ? fact(t('updates.asked'), html`<span data-asked>${instant(status.moments.updatesAsked)}</span>`) : nothing}
${fact(t('ledger'), t(`life.${one.life}`))}${fact(t('registered'), instant(one.registered))}
${fact(t('labels'), (one.labels ?? []).length ? one.labels.map(label => html`<a class="chip" href="/gateways?label=${encodeURIComponent(label)}">${machine(label, 40)}</a> `) : html`<span class="dim">${t('none')}</span>`)}
${fact(t('dropped'), number(one.dropped ?? 0))}${one.made ? fact(t('attacks'), number(one.attacks ?? 0)) : nothing}
${(one.belowFloor ?? []).length ? fact(t('belowfloor'), one.belowFloor.map(each => html`<span class="sub">${machine(each, 300)}</span>`)) : nothing}</dl></section>`;

  return {
    refresh,
    close: () => pack.close(),
    view: () => {
      const one = gateway();
      return html`${(one.findings ?? []).length ? tampering(one.findings) : nothing}
<div class="cols side-first"><div class="stack">${status && status.findings.length ? findings(status.findings, dated()) : nothing}${coming.view()}${held(update)}${awaited(update)}${one.lastTransition ? transition(one.lastTransition) : nothing}${bundles(known())}</div>
<div class="stack">${status ? html`${health(status.health, dated())}${resources(status.resources, dated())}${certificates(status.certificates, dated())}` : nothing}${proof.view()}${pack.view(one)}${identity(one)}</div></div>`;
    },
  };
}
