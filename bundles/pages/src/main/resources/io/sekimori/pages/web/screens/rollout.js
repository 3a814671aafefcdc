// One rollout, live: go on, pause or stop? Nothing is shown as done before a gateway proved it.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { lost } from '../lib/contact.js';
import { draw, go } from '../main.js';
import { Harm } from '../lib/harmful.js';
import { Live } from '../lib/live.js';
import { bar, changes, gate, lookOnly, meter, problem, reason, rolloutMark, targetMark, total, TARGET_STATES } from '../lib/parts.js';
import { mayOperate } from '../lib/person.js';
import { clock, instant, machine, number, plural, t } from '../lib/text.js';
import { Approvals } from './rollout/approvals.js';

const ACTIONS = {
  RUNNING: ['pause', 'stop', 'roll-back'],
  AT_GATE: ['resume', 'pause', 'stop', 'roll-back'],
  PAUSED: ['resume', 'stop', 'roll-back'],
  HALTED: ['resume', 'stop', 'roll-back'],
  STOPPED: ['roll-back'],
  DONE: ['roll-back'],
};
const HARMLESS = ['pause', 'resume'];
const LIMITS = [['failed', 'FAILED'], ['reverted', 'REVERTED'], ['refused', 'REFUSED'], ['silent', 'SILENT']];
const SHOWN = 200;

/** What is under way counts as one, so that the six add up to the total; what happened besides comes behind. */
export function six(counts) {
  const n = state => counts[state] ?? 0;
  const shown = [['CONFIRMED', n('CONFIRMED')], ['IN_PROGRESS', n('IN_PROGRESS') + n('ASSIGNED')], ['REVERTED', n('REVERTED')], ['REFUSED', n('REFUSED')], ['SILENT', n('SILENT')], ['WAITING', n('WAITING')]];
  for (const state of ['FAILED', 'CANCELLED']) if (n(state)) shown.push([state, n(state)]);
  return shown;
}

export async function open({ id }) {
  let rollout;
  let targets = [];
  const approvals = new Approvals(id);
  let failed = null;
  let busy = null;
  const harm = new Harm();

  const fetchAll = async () => {
    const [now, page] = await Promise.all([api.rollout(id), api.targets(id, { limit: SHOWN })]);
    rollout = now;
    targets = page.items;
    await approvals.refresh(targets);
    draw();
  };

  await fetchAll();
  const live = new Live(`/v1/rollouts/${encodeURIComponent(id)}/events`, fetchAll);

  const act = async action => {
    failed = null;
    busy = action;
    draw();
    try {
      const made = await api.act(id, action);
      if (made.id && made.id !== id) { go(`/rollouts/${made.id}`); return; }
      await fetchAll();
    } catch (e) {
      failed = e;
    }
    busy = null;
    draw();
  };

  const ask = action => {
    if (HARMLESS.includes(action)) { act(action); return; }
    const n = (rollout.counts[action === 'stop' ? 'WAITING' : 'CONFIRMED'] ?? 0);
    harm.ask({ title: t(`ask.${action}`), effect: plural(`ask.${action}.effect`, n), stays: t(`ask.${action}.stays`), word: String(n), act: t(`act.${action}`), done: () => act(action) });
  };

  const wave = (counts, index) => html`${index > 0 ? gate(index < rollout.wave) : nothing}
<div class="wave ${total(counts) > 1 ? 'wide' : ''}"><h3>${t('wave', { n: index + 1 })}<small class="num">${number(total(counts))}${index + 1 === rollout.wave ? html`, ${t(`rollout.${rollout.state}`)}` : nothing}</small></h3>
<svg class="bar" aria-hidden="true">${bar(counts)}</svg>
<p>${TARGET_STATES.filter(state => counts[state]).map(state => `${number(counts[state])} ${t(`target.${state}`)}`).join(', ')}</p></div>`;

  const reasons = () => {
    const met = new Map();
    for (const one of targets.filter(target => target.code)) {
      const key = `${one.state} ${one.code}`;
      met.set(key, { ...one, n: (met.get(key)?.n ?? 0) + 1 });
    }
    return met.size === 0 ? nothing : html`<section class="bay" aria-labelledby="hr"><header><h2 id="hr">${t('reasons')}</h2></header>
<div class="scroll"><table class="grid"><thead><tr><th scope="col">${t('outcome')}</th><th scope="col">${t('why')}</th><th scope="col" class="r">${t('place.gateways')}</th></tr></thead>
<tbody>${[...met.values()].map(one => html`<tr><td>${targetMark(one.state)}</td><td>${reason(one.code, one.detail, one.advice)}</td><td class="r num">${number(one.n)}</td></tr>`)}</tbody></table></div></section>`;
  };

  const limit = ([name, state]) => {
    const n = rollout.counts[state] ?? 0;
    const most = rollout.limits[name];
    const tone = n > most ? 'stop' : n > 0 ? 'warn' : 'ok';
    return html`<li><div class="row"><span>${t(`target.${state}`)}</span><span class="num"><b class=${tone}>${number(n)}</b> ${t('limit.of', { n: number(most) })}</span></div>${meter(n, most, tone, t('limit.say', { what: t(`target.${state}`), n: number(n), most: number(most) }))}</li>`;
  };

  const feed = () => targets.filter(one => one.settled).sort((a, b) => b.settled.localeCompare(a.settled)).slice(0, 8)
    .map(one => html`<li><time datetime=${one.settled} title=${instant(one.settled)}>${clock(one.settled)}</time>${targetMark(one.state)}<a class="mono" href="/gateways/${one.gateway}">${one.gateway}</a></li>`);

  const target = one => html`<tr><td class="first">${targetMark(one.state)}</td>
<td data-l=${t('gateway')}><a class="mono" href="/gateways/${one.gateway}">${one.gateway}</a></td>
<td data-l=${t('wave.head')} class="num">${one.wave}</td>
<td data-l=${t('progress')}>${one.code ? html`<code class="reason">${machine(one.code, 64)}</code>` : machine(one.progress)}</td>
<td data-l=${t('when')} class="r nowrap">${instant(one.settled ?? one.assigned)}</td></tr>`;

  const tone = action => (action === 'resume' ? 'go' : action === 'pause' ? '' : 'cut');
  const buttons = () => (ACTIONS[rollout.state] ?? []).map(action => html`<button class="btn ${tone(action)}" data-act=${action} ?disabled=${busy || lost()} title=${lost() ? t('offline.say') : nothing} @click=${() => ask(action)}>${busy === action ? t('sending') : t(`act.${action}`)}${HARMLESS.includes(action) ? nothing : '…'}</button>`);
  const happened = () => { const list = feed(); return list.length === 0 ? html`<p class="note">${t('outcomes.none')}</p>` : html`<ul class="feed">${list}</ul>`; };

  return {
    get title() { return machine(rollout.name); },
    close: () => { approvals.close(); live.close(); },
    live: () => live.sign(),
    crumbs: () => html`<a href="/rollouts">${t('place.rollouts')}</a><span aria-hidden="true">/</span><span class="mono">${rollout.id}</span>`,
    view: () => html`<div class="head"><div><h1>${machine(rollout.name)}</h1><p class="id-line">${rolloutMark(rollout.state)}
${rollout.reason ? html`<code class="reason">${rollout.reason}</code>` : nothing}<span>${changes(rollout.changes)}</span><span>${t('begun.by', { when: instant(rollout.created), who: machine(rollout.creator) })}</span></p></div>
${mayOperate() ? html`<div class="acts">${buttons()}</div>` : nothing}</div>
${mayOperate() ? nothing : lookOnly('OPERATOR')}${failed ? problem(failed) : nothing}
<section class="bay bare" aria-label=${t('counts')}><dl class="tally">${six(rollout.counts).map(([state, n]) => html`<div><dt>${targetMark(state)}</dt><dd data-state=${state}>${number(n)}</dd></div>`)}</dl><p class="note">${plural('counts.sum', rollout.total)}</p></section>
<section class="bay" aria-labelledby="hw"><header><h2 id="hw">${t('waves')}</h2><span class="say">${t('waves.say')}</span></header><div class="waves" tabindex="0" role="group" aria-labelledby="hw">${rollout.waves.map(wave)}</div></section>
<div class="cols"><div class="stack">${reasons()}${approvals.view()}
<section class="bay" aria-labelledby="ho"><header><h2 id="ho">${t('place.gateways')}</h2>${rollout.total > SHOWN ? html`<span class="say">${t('targets.first', { n: number(SHOWN) })}</span>` : nothing}</header><div class="scroll"><table class="grid cards">
<thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('gateway')}</th><th scope="col">${t('wave.head')}</th><th scope="col">${t('progress')}</th><th scope="col" class="r">${t('when')}</th></tr></thead>
<tbody>${targets.map(target)}</tbody></table></div></section></div>
<div class="stack"><section class="bay" aria-labelledby="hs"><header><h2 id="hs">${t('stops')}</h2></header><ul class="stops">${LIMITS.map(limit)}</ul><p class="note">${t('stops.say', { success: number(rollout.limits.success), min: number(Math.round(rollout.silentAfterSeconds / 60)) })}</p></section>
<section class="bay" aria-labelledby="hf"><header><h2 id="hf">${t('outcomes')}</h2></header>${happened()}</section></div></div>${harm.dialog()}`,
  };
}
