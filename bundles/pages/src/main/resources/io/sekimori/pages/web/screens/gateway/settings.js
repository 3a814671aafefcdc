// What can be set on a gateway, asked of it just now; a change of it, on trial; and what became of the changes before.
import { html, nothing } from '../../lib/lit-html.js';
import { api, SignedOut } from '../../lib/api.js';
import { draw, go } from '../../main.js';
import { bundleName, empty, loading, lookOnly, problem } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { instant, machine, number, plural, t } from '../../lib/text.js';
import { changes, isOpen, Trial } from './changes.js';
import { Draft } from './draft.js';

const CHANGES = 20;

export async function open({ id, query, address }) {
  const pid = query.get('set');
  let sets = null;
  let made = [];
  let failed = null;
  let draft = null;
  let left = false;

  const ask = async () => {
    try {
      sets = (await api.settings(id)).sets;
      failed = null;
    } catch (e) {
      if (e instanceof SignedOut) return go(location.href, { replace: true });
      failed = e;
    }
    if (left) return undefined;
    const set = (sets ?? []).find(one => one.pid === pid && !one.factory);
    if (set) draft = draft ? draft.on(set) : new Draft(id, set, news);
    return draw();
  };
  const lastEnded = () => { const one = made.find(change => !isOpen(change)); return one ? one.id + one.state : ''; };
  const fetchChanges = async () => { made = (await api.settingsChanges(id, { limit: CHANGES })).items; };
  const news = async () => {
    const before = lastEnded();
    await fetchChanges();
    if (lastEnded() !== before) await ask(); // what it has now is what it says now
    draw();
  };
  await fetchChanges();
  ask(); // not waited for: a gateway that is slow to answer keeps nobody from its other tabs
  const trial = new Trial(() => made);

  const to = one => `${address}&set=${encodeURIComponent(one.pid)}`;
  const row = one => html`<tr><td class="first"><a href=${to(one)}>${machine(one.name, 80)}</a><span class="sub">${machine(one.description, 200)}</span></td>
<td data-l=${t('bundle')} class="mono">${bundleName(machine(one.bundle, 80))}</td>
<td data-l=${t('settings.values')} class="r num">${number(one.attributes.length)}</td>
<td data-l=${t('settings.last')}>${one.at && one.author ? html`<span class="num nowrap">${instant(one.at)}</span><span class="sub">${machine(one.author, 60)}</span>` : html`<span class="dim">${t('settings.asmade')}</span>`}</td></tr>`;

  const waiting = () => html`<section class="bay bare">${loading(machine(id))}</section>`;

  // Of these a gateway may have several; none of them is changed from afar.
  const kinds = several => (several.length ? html`<p class="note">${plural('settings.kinds', several.length)} ${several.map(one => html`<span class="chip">${machine(one.name, 80)}</span> `)}</p>` : nothing);

  const list = () => html`<section class="bay" aria-labelledby="hset"><header><h2 id="hset">${t('settings')}</h2><span class="say">${t('settings.say')}</span></header>
${sets.length === 0 ? empty(t('settings.none'), t('settings.none.say')) : html`<div class="scroll"><table class="grid cards"><thead><tr><th scope="col">${t('settings.what')}</th><th scope="col">${t('bundle')}</th><th scope="col" class="r">${t('settings.values')}</th><th scope="col">${t('settings.last')}</th></tr></thead>
<tbody>${sets.filter(one => !one.factory).map(row)}</tbody></table></div>`}${kinds(sets.filter(one => one.factory))}</section>`;

  const form = () => (draft ? draft.view({ back: address, may: mayOperate(), busy: made.some(isOpen) }) : empty(t('settings.gone'), t('settings.gone.say'), html`<a class="btn" href=${address}>${t('settings.all')}</a>`));

  return {
    events: `/v1/gateways/${encodeURIComponent(id)}/settings/events`,
    refresh: news,
    close: () => { left = true; trial.close(); draft?.close(); },
    view: () => html`${trial.view()}${mayOperate() ? nothing : lookOnly('OPERATOR')}
${failed ? problem(failed, ask) : nothing}${sets === null ? (failed ? nothing : waiting()) : pid ? form() : list()}${changes(made)}`,
  };
}
