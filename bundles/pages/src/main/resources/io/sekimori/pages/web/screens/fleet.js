// Is it well? What needs me, in which order? What runs out?
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw } from '../main.js';
import { needs, openRollouts, standing } from '../lib/harm.js';
import { Live } from '../lib/live.js';
import { bar, icon, mark, parts, rolloutMark, shape, total } from '../lib/parts.js';
import { mayOperate } from '../lib/person.js';
import { left, machine, number, plural, t } from '../lib/text.js';

const STATES = [
  ['connected', 'ok', 'ok', 'life=ACTIVATED&connected=true'],
  ['silent', 'silent', 'mute', 'life=ACTIVATED&connected=false'],
  ['PROVISIONED', 'wait', 'wait', 'life=PROVISIONED'],
  ['SUSPENDED', 'warn', 'warn', 'life=SUSPENDED'],
  ['LOST', 'stop', 'stop', 'life=LOST'],
  ['RETIRED', 'none', 'mute', 'life=RETIRED'],
];

export async function open() {
  let seen = {};
  const chain = api.auditVerification().catch(() => undefined);
  // What did arrive is shown, and one line says what did not.
  const fetchAll = async () => {
    const asked = { status: api.status(), rollouts: api.rollouts({ limit: 50 }), repository: api.repository(), chain };
    const names = Object.keys(asked);
    const got = await Promise.allSettled(Object.values(asked));
    if (got[0].status === 'rejected') throw got[0].reason;
    seen = { missing: names.filter((name, i) => got[i].status === 'rejected') };
    names.forEach((name, i) => { if (got[i].status === 'fulfilled') seen[name] = got[i].value; });
    seen.rollouts = seen.rollouts?.items;
    draw();
  };
  await fetchAll();
  const live = new Live('/v1/status/events', fetchAll);

  const counts = status => ({ ...status.lives, silent: status.silent, connected: status.lives.ACTIVATED - status.silent });

  const census = status => {
    const n = counts(status);
    const word = name => (name === 'connected' || name === 'silent' ? t(name) : t(`life.${name}`));
    return html`<svg class="bar big" aria-hidden="true">${parts(STATES.map(([name, , tone]) => [tone, n[name]]))}</svg>
<div class="census">${STATES.map(([name, form, tone, query], i) => html`<a href="/gateways?${query}"><b>${number(n[name])}</b>${mark(form, tone === 'wait' ? 'mute' : tone, word(name))}<br><small>${i === 0 ? t('fleet.of', { n: number(status.gateways) }) : t(`fleet.${name}`)}</small></a>`)}</div>`;
  };

  const finding = one => html`<li><span class="m ${one.tone}">${shape(one.shape)}</span>
<div><h3>${one.title}</h3><p>${one.say}</p>${one.code || one.meta ? html`<div class="meta">${one.code ? html`<code class="reason">${machine(one.code, 64)}</code>` : nothing}${one.meta ? html`<span>${machine(one.meta)}</span>` : nothing}</div>` : nothing}</div>
<div class="do"><a class="btn" href=${one.to}>${one.act}<span class="vh">: ${one.title}</span></a></div></li>`;

  const rollout = one => html`<div class="mini"><div class="row"><b><a href="/rollouts/${one.id}">${machine(one.name, 60)}</a></b>${rolloutMark(one.state)}</div>
<svg class="bar" aria-hidden="true">${bar(one.counts)}</svg>
<div class="row"><span class="num">${t('confirmed.of', { n: number(one.counts.CONFIRMED ?? 0), total: number(total(one.counts)) })}</span><span>${t('wave.of', { n: Math.min(one.wave, one.waves.length), of: one.waves.length })}</span></div></div>`;

  const expiry = one => {
    const tone = standing(one.role, one.expires) === 'well' ? 'ok' : 'warn';
    return html`<li><span class=${tone}>${shape(tone)}</span><span>${one.name}</span><span class="num ${tone === 'ok' ? 'dim' : 'warn'}" title=${one.expires}>${left(one.expires)}</span></li>`;
  };

  return {
    title: t('place.fleet'),
    close: () => live.close(),
    live: () => live.sign(),
    view: () => {
      const found = needs(seen);
      const running = openRollouts(seen.rollouts ?? []);
      const roles = [
        ...Object.entries(seen.repository?.roles ?? {}).map(([role, signed]) => ({ role, name: t(`role.meta.${role}`), expires: signed.expires })),
        ...(seen.repository?.publishers ?? []).filter(one => one.expires).map(one => ({ role: '', name: t('publisher.meta', { role: machine(one.role, 64) }), expires: one.expires })),
      ].sort((a, b) => a.expires.localeCompare(b.expires));
      return html`<div class="head"><div><h1>${plural('fleet.title', found.length)}</h1><p class="lede">${t('fleet.lede', { share: share(seen.status), open: plural('fleet.open', running.length) })}</p></div>
<div class="acts"><a class="btn" href="/gateways">${icon('gateways')}${t('fleet.all')}</a>${mayOperate() ? html`<a class="btn go" href="/rollouts/new">${icon('plus')}${t('rollout.new')}</a>` : nothing}</div></div>
${seen.missing.length ? html`<p class="note lock">${t('partial', { what: seen.missing.map(name => t(`part.${name}`)).join(', ') })}</p>` : nothing}
<section class="bay" aria-labelledby="hnow"><header><h2 id="hnow">${t('fleet.now')}</h2><span class="say">${t('fleet.now.say')}</span></header>${census(seen.status)}</section>
<div class="cols"><section class="bay" aria-labelledby="hneed"><header><h2 id="hneed">${t('fleet.needs')}</h2><span class="say">${t('fleet.needs.say')}</span></header>
${found.length === 0 ? html`<div class="still"><span class="mark ok">${shape('ok')}${t('fleet.well')}</span><p class="note">${t('fleet.well.say')}</p></div>` : html`<ol class="todo">${found.map(finding)}</ol>`}</section>
<div class="stack"><section class="bay" aria-labelledby="hroll"><header><h2 id="hroll">${t('place.rollouts')}</h2><div class="acts"><a href="/rollouts">${t('all')}</a></div></header>${running.length === 0 ? html`<p class="note">${t('rollouts.noneopen')}</p>` : running.slice(0, 5).map(rollout)}</section>
<section class="bay" aria-labelledby="hends"><header><h2 id="hends">${t('fleet.ends')}</h2></header><ul class="clocks">${roles.map(expiry)}</ul></section></div></div>`;
    },
  };
}

function share(status) {
  const active = status.lives.ACTIVATED;
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'percent', maximumFractionDigits: 1 }).format(active === 0 ? 1 : (active - status.silent) / active);
}
