import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { Live } from '../lib/live.js';
import { Pages } from '../lib/list.js';
import { bar, changes, empty, icon, lookOnly, rolloutMark, total } from '../lib/parts.js';
import { mayOperate } from '../lib/person.js';
import { instant, machine, number, t } from '../lib/text.js';

export async function open({ query }) {
  const pages = new Pages(part => api.rollouts(part), query);
  await pages.load();
  const refresh = setInterval(() => document.hidden || pages.load(), 5_000);
  const live = new Live('/v1/status/events', () => pages.load());
  const row = rollout => {
    const all = total(rollout.counts);
    const confirmed = rollout.counts.CONFIRMED ?? 0;
    return html`<tr><td class="first">${rolloutMark(rollout.state)}</td>
<td data-l=${t('name')}><a href="/rollouts/${rollout.id}">${machine(rollout.name, 100)}</a><span class="sub">${changes(rollout.changes)}</span></td>
<td data-l=${t('progress')} class="barcell"><svg class="bar" role="img" aria-label=${t('confirmed.of', { n: number(confirmed), total: number(all) })}>${bar(rollout.counts)}</svg></td>
<td data-l=${t('target.CONFIRMED')} class="r num nowrap">${number(confirmed)} / ${number(all)}</td>
<td data-l=${t('begun')} class="r nowrap">${instant(rollout.created)}</td></tr>`;
  };
  const begin = () => html`<a class="btn go" href="/rollouts/new">${icon('plus')}${t('rollout.new')}</a>`;
  return {
    title: t('place.rollouts'),
    close: () => { clearInterval(refresh); live.close(); },
    live: () => live.sign(),
    view: () => html`<div class="head"><div><h1>${t('place.rollouts')}</h1></div>${mayOperate() ? html`<div class="acts">${begin()}</div>` : nothing}</div>
${mayOperate() ? nothing : lookOnly('OPERATOR')}
<section class="bay bare" aria-label=${t('place.rollouts')}>${pages.items.length === 0
    ? empty(t('rollouts.none'), t('rollouts.none.say'), mayOperate() ? begin() : nothing)
    : html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('place.rollouts')}</caption><thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('name')}</th><th scope="col">${t('progress')}</th><th scope="col" class="r">${t('target.CONFIRMED')}</th><th scope="col" class="r" aria-sort="descending">${t('begun')}</th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
