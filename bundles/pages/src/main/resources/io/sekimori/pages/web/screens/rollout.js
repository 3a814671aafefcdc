// One rollout, live: go on, pause or stop? Nothing is shown as done before a gateway proved it.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw, go } from '../main.js';
import { Live } from '../lib/live.js';
import { bar, changes, gate, problem, reason, rolloutMark, targetMark, total, TARGET_STATES } from '../lib/parts.js';
import { instant, machine, number, t } from '../lib/text.js';

const ACTIONS = {
  RUNNING: ['pause', 'stop', 'roll-back'],
  AT_GATE: ['resume', 'pause', 'stop', 'roll-back'],
  PAUSED: ['resume', 'stop', 'roll-back'],
  HALTED: ['resume', 'stop', 'roll-back'],
  STOPPED: ['roll-back'],
  DONE: ['roll-back'],
};
const HARMLESS = ['pause', 'resume'];
const SHOWN_AT_ZERO = ['CONFIRMED', 'IN_PROGRESS', 'REVERTED', 'REFUSED', 'SILENT', 'WAITING'];

export async function open({ id }) {
  let rollout;
  let targets;
  let failed = null;
  let asking = null;

  const fetchAll = async () => {
    const [now, page] = await Promise.all([api.rollout(id), api.targets(id, { limit: 200 })]);
    rollout = now;
    targets = page.items;
    draw();
  };
  await fetchAll();
  const live = new Live(`/v1/rollouts/${encodeURIComponent(id)}/events`, fetchAll);

  const act = async action => {
    asking = null;
    failed = null;
    try {
      const made = await api.act(id, action);
      if (made.id && made.id !== id) { go(`/rollouts/${made.id}`); return; }
      await fetchAll();
    } catch (e) {
      failed = e;
    }
    draw();
  };

  const ask = action => {
    if (HARMLESS.includes(action)) { act(action); return; }
    asking = action;
    draw();
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('keep')?.focus()));
  };

  // Before harm: the effect is named, and the safe choice has focus.
  const question = () => html`<div class="trial" role="alertdialog" aria-labelledby="askh"><div><h2 id="askh">${t(`ask.${asking}`)}</h2>
<p>${t(`ask.${asking}.effect`, { n: number(rollout.counts.WAITING ?? 0), taken: number(rollout.counts.CONFIRMED ?? 0) })}</p></div>
<div class="acts"><button class="btn" id="keep" @click=${() => { asking = null; draw(); }}>${t('ask.keep')}</button>
<button class="btn cut" @click=${() => act(asking)}>${t(`act.${asking}`)}</button></div></div>`;

  const wave = (counts, index) => html`${index > 0 ? gate(index < rollout.wave) : nothing}
<div class="wave"><h3>${t('wave', { n: index + 1 })}<small class="num">${number(total(counts))}</small></h3>
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

  const target = one => html`<tr><td class="first">${targetMark(one.state)}</td>
<td data-l=${t('gateway')}><a class="mono" href="/gateways/${one.gateway}">${one.gateway}</a></td>
<td data-l=${t('wave.head')} class="num">${one.wave}</td>
<td data-l=${t('progress')}>${one.code ? html`<code class="reason">${one.code}</code>` : machine(one.progress)}</td>
<td data-l=${t('when')} class="r nowrap">${instant(one.settled ?? one.assigned)}</td></tr>`;

  const tone = action => (action === 'resume' ? 'go' : action === 'pause' ? '' : 'cut');

  return {
    get title() { return machine(rollout.name); },
    close: () => live.close(),
    live: () => live.sign(),
    crumbs: () => html`<a href="/rollouts">${t('place.rollouts')}</a><span aria-hidden="true">/</span><span class="mono">${rollout.id}</span>`,
    view: () => html`<div class="head"><div><h1>${machine(rollout.name)}</h1><p class="id-line">${rolloutMark(rollout.state)}
${rollout.reason ? html`<code class="reason">${rollout.reason}</code>` : nothing}<span>${changes(rollout.changes)}</span><span>${t('begun.by', { when: instant(rollout.created), who: machine(rollout.creator) })}</span></p></div>
<div class="acts">${(ACTIONS[rollout.state] ?? []).map(action => html`<button class="btn ${tone(action)}" @click=${() => ask(action)}>${t(`act.${action}`)}</button>`)}</div></div>
${failed ? problem(failed) : nothing}${asking ? question() : nothing}
<section class="bay bare" aria-label=${t('counts')}><dl class="tally">${TARGET_STATES.filter(state => rollout.counts[state] || SHOWN_AT_ZERO.includes(state)).map(state => html`<div><dt>${targetMark(state)}</dt><dd>${number(rollout.counts[state] ?? 0)}</dd></div>`)}</dl></section>
<section class="bay" aria-labelledby="hw"><header><h2 id="hw">${t('waves')}</h2><span class="say">${t('waves.say')}</span></header><div class="waves">${rollout.waves.map(wave)}</div></section>
${reasons()}
<section class="bay" aria-labelledby="ho"><header><h2 id="ho">${t('place.gateways')}</h2></header><div class="scroll"><table class="grid cards">
<thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('gateway')}</th><th scope="col">${t('wave.head')}</th><th scope="col">${t('progress')}</th><th scope="col" class="r">${t('when')}</th></tr></thead>
<tbody>${targets.map(target)}</tbody></table></div></section>`,
  };
}
