// Why is it red, how is it, and what can I do here? One cause first; asked again every few seconds.
import { html, nothing } from './lib/lit-html.js';
import { SignedOut } from './lib/ask.js';
import { arrive, draw } from './main.js';
import { local } from './local.js';
import { bundleName, fact, lookOnly, mark, offline, reason, shape } from './lib/parts.js';
import { certificates, health, resources } from './lib/status.js';
import { ago, instant, machine, number, plural, t } from './lib/text.js';
import { Assigned } from './assigned.js';
import { People } from './people.js';
import { Policy } from './policy.js';
import { Stick } from './stick.js';

const SECOND = 1_000;
const CALM = 5 * SECOND;
const MAY_CHANGE = ['OPERATOR', 'ADMINISTRATOR'];

export async function open(session) {
  const may = session.roles.some(role => MAY_CHANGE.includes(role));
  let facts = await local.facts();
  const stick = new Stick(await local.updates(), may);
  const assigned = new Assigned(await local.assigned(), may);
  const administers = session.roles.includes('ADMINISTRATOR');
  const policy = new Policy(administers);
  await policy.look();
  const people = administers ? new People() : null;
  let timer;
  let ended = false;
  let next = 0;

  // One after the other, so that a slow gateway is never asked twice at once.
  let asking = false;
  const round = async () => {
    if (asking) return;
    asking = true;
    try {
      await stick.look();
      if (Date.now() >= next) { facts = await local.facts(); await assigned.look(); await policy.look(); next = Date.now() + CALM; }
    } catch (e) {
      if (e instanceof SignedOut) { arrive(); return; }
      // Contact, or a part that is being replaced: what was true stays, and it is asked again.
    }
    asking = false;
    draw();
    if (!ended) timer = setTimeout(round, stick.busy() ? SECOND : CALM);
  };
  stick.onAct = () => { clearTimeout(timer); round(); };
  assigned.onAct = stick.onAct;
  policy.onAct = () => { next = 0; stick.onAct(); };
  timer = setTimeout(round, SECOND);

  const cause = one => html`<section class="why ${one.light === 'AMBER' ? 'look' : ''}" aria-labelledby="why"><h2 id="why">${shape(one.light === 'AMBER' ? 'warn' : 'stop')}<span>${machine(one.detail || one.code, 300)}</span></h2>
<p>${reason(one.code, '', one.advice)}</p>${one.since ? html`<p class="note">${t('since', { when: instant(one.since) })}</p>` : nothing}</section>`;

  const others = list => html`<section class="bay" aria-labelledby="more"><header><h2 id="more">${plural('more', list.length)}</h2></header>
<ol class="todo">${list.map(one => html`<li><span class="m ${one.light === 'AMBER' ? 'warn' : 'stop'}">${shape(one.light === 'AMBER' ? 'warn' : 'stop')}</span><div><h3>${machine(one.detail || one.code, 300)}</h3><p>${machine(one.advice, 500)}</p><div class="meta"><code class="reason">${machine(one.code, 64)}</code></div></div></li>`)}</ol></section>`;

  const well = () => html`<section class="bay" aria-labelledby="why"><header><h2 id="why">${mark('ok', 'ok', t('well'))}</h2></header><p class="note">${t('well.say')}</p></section>`;

  const vouched = list => list.filter(one => one.verdict === 'vouched').length;
  const bundle = one => html`<li><span class=${one.verdict === 'vouched' ? 'ok' : 'stop'}>${shape(one.verdict === 'vouched' ? 'seal' : 'stop')}</span>
<span class="mono">${bundleName(machine(one.name, 100))}${one.code ? html`<span class="sub">${reason(one.code, '', one.advice)}</span>` : nothing}</span><span class="v mono">${machine(one.version, 30)}</span></li>`;

  const bundles = list => html`<section class="bay" aria-labelledby="hb"><header><h2 id="hb">${t('bundles')}</h2><span class="say">${t('bundles.vouched', { n: number(vouched(list)), all: number(list.length) })}</span></header>
<ul class="health">${list.filter(one => one.verdict !== 'vouched').map(bundle)}</ul>
<details><summary>${t('bundles.all')}</summary><ul class="health">${list.filter(one => one.verdict === 'vouched').map(bundle)}</ul></details></section>`;

  const link = one => fact(t('connection'), html`${mark(...(one.state === 'CONNECTED' ? ['ok', 'ok'] : one.state === 'NOT_ENROLLED' ? ['wait', 'mute'] : ['warn', 'warn']), t(`connection.${one.state}`))}
${one.since ? html`<span class="sub">${t('since', { when: instant(one.since) })}</span>` : nothing}${one.detail ? html`<span class="sub">${machine(one.detail, 300)}</span>` : nothing}`);

  const identity = () => html`<section class="bay" aria-labelledby="hi"><header><h2 id="hi">${t('identity')}</h2></header><dl class="facts">
${facts.connection ? link(facts.connection) : nothing}${facts.generation === undefined ? nothing : fact(t('software'), t('generation', { n: facts.generation }))}${fact(t('support'), facts.supportEnds ? html`<span data-support>${t('support.until', { when: instant(facts.supportEnds) })}</span>` : t('support.unknown'))}
${['gateway', 'serial', 'model', 'console'].filter(name => facts[name]).map(name => fact(t(name), html`<code>${machine(facts[name])}</code>`))}</dl></section>`;

  const enrolled = () => facts.connection && facts.connection.state !== 'NOT_ENROLLED';

  const leave = async () => { try { await local.signOut(); } finally { arrive(); } };

  return {
    title: t('gateway.this'),
    get name() { return machine(facts.serial ?? facts.gateway ?? 'Sekimori', 40); },
    get model() { return machine(facts.model ?? '', 60); },
    close: () => { ended = true; clearTimeout(timer); stick.close(); },
    view: () => html`<h1 class="vh">${t('gateway.this')}</h1>${offline()}
${facts.reasons.length ? cause(facts.reasons[0]) : well()}${facts.reasons.length > 1 ? others(facts.reasons.slice(1)) : nothing}
${may ? nothing : lookOnly('OPERATOR')}${enrolled() ? assigned.view(stick.busy()) : nothing}${stick.view()}${policy.view()}
${health(facts.health, ago(facts.at))}${bundles(facts.bundles)}${identity()}${certificates(facts.certificates ?? [], ago(facts.at))}${resources(facts.resources ?? {}, ago(facts.at))}${people ? people.view() : nothing}
<div class="lnote"><p class="note">${t('signed', { who: machine(session.name, 60) })}</p><button class="btn" @click=${leave}>${t('signout')}</button></div>`,
  };
}
