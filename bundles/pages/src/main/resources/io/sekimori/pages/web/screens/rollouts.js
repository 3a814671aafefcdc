import { html } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { Pages } from '../lib/list.js';
import { bar, changes, rolloutMark, total } from '../lib/parts.js';
import { instant, machine, number, t } from '../lib/text.js';

export async function open() {
  const pages = new Pages(part => api.rollouts(part));
  await pages.load();
  const refresh = setInterval(() => document.hidden || pages.load(), 5_000);
  const row = rollout => {
    const all = total(rollout.counts);
    const confirmed = rollout.counts.CONFIRMED ?? 0;
    return html`<tr><td class="first">${rolloutMark(rollout.state)}</td>
<td data-l=${t('name')}><a href="/rollouts/${rollout.id}">${machine(rollout.name)}</a><span class="sub">${changes(rollout.changes)}</span></td>
<td data-l=${t('progress')}><svg class="bar" role="img" aria-label=${t('confirmed.of', { n: number(confirmed), total: number(all) })}>${bar(rollout.counts)}</svg></td>
<td data-l=${t('target.CONFIRMED')} class="r num">${number(confirmed)} / ${number(all)}</td>
<td data-l=${t('begun')} class="r nowrap">${instant(rollout.created)}</td></tr>`;
  };
  return {
    title: t('place.rollouts'),
    close: () => clearInterval(refresh),
    view: () => html`<div class="head"><div><h1>${t('place.rollouts')}</h1></div><div class="acts"><a class="btn go" href="/rollouts/new">${t('rollout.new')}</a></div></div>
<section class="bay bare" aria-label=${t('place.rollouts')}>${pages.items.length === 0
    ? html`<div class="empty"><p>${t('rollouts.none')}</p></div>`
    : html`<div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('state')}</th><th scope="col">${t('name')}</th><th scope="col">${t('progress')}</th><th scope="col" class="r">${t('target.CONFIRMED')}</th><th scope="col" class="r">${t('begun')}</th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
