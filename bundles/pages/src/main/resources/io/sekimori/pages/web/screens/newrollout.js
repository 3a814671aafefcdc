// A new rollout: what, for whom, in which waves, and when it stops by itself.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw, go } from '../main.js';
import { bundleName, problem } from '../lib/parts.js';
import { t } from '../lib/text.js';

// Bundles first: they are what is mostly rolled out. Names have no slash.
const KINDS = { BUNDLE: '', SLOT: 'slot/', JAVA: 'java/' };
const LIMITS = ['failed', 'reverted', 'refused', 'silent'];

const words = text => text.split(/[\s,]+/).filter(Boolean);

async function allReleases() {
  const all = [];
  let after;
  do {
    const page = await api.releases({ after, limit: 500 });
    all.push(...page.items);
    after = page.next;
  } while (after);
  return all;
}

export async function open() {
  const releases = (await allReleases()).map(release => ({ ...release, part: KINDS[release.kind] + release.symbolicName }));
  const names = Object.keys(KINDS).flatMap(each => [...new Set(releases.filter(release => release.kind === each).map(release => release.part))].sort());
  const first = () => ({ name: names[0], version: '', level: '' });
  let rows = [first()];
  let failed = null;

  const versions = part => releases.filter(release => release.part === part).map(release => release.version).reverse();
  const kind = part => Object.keys(KINDS).findLast(each => part.startsWith(KINDS[each]));
  const symbolicName = part => part.slice(KINDS[kind(part)].length);
  const levelled = row => kind(row.name) === 'BUNDLE';

  const draft = form => ({
    name: form.get('name'),
    ...(words(form.get('gateways')).length
      ? { gateways: words(form.get('gateways')) }
      : { filter: Object.fromEntries(['model', 'label'].filter(name => form.get(name)).map(name => [name, form.get(name)])) }),
    changes: rows.map(row => ({ kind: kind(row.name), symbolicName: symbolicName(row.name), version: row.version || versions(row.name)[0], ...(row.level ? { startLevel: Number(row.level) } : {}) })),
    waves: words(form.get('waves')),
    limits: { ...Object.fromEntries(LIMITS.map(name => [name, Number(form.get(name))])), success: Number(form.get('success')) },
    automatic: form.get('automatic') === 'on',
    silentAfterSeconds: Number(form.get('silentAfter')) * 60,
  });

  const send = async event => {
    event.preventDefault();
    failed = null;
    try {
      go(`/rollouts/${(await api.createRollout(draft(new FormData(event.target)))).id}`);
    } catch (e) {
      failed = e;
      draw();
    }
  };

  const change = (row, index) => html`<div class="form"><div class="field"><label for="b${index}">${t('bundle')}</label>
<select class="in" id="b${index}" @change=${event => { row.name = event.target.value; row.version = ''; if (!levelled(row)) row.level = ''; draw(); }}>${Object.keys(KINDS).filter(one => names.some(name => kind(name) === one)).map(one => html`<optgroup label=${t(`kind.${one}`)}>${names.filter(name => kind(name) === one).map(name => html`<option value=${name} ?selected=${name === row.name}>${bundleName(symbolicName(name))}</option>`)}</optgroup>`)}</select></div>
<div class="field"><label for="v${index}">${t('version')}</label><select class="in mono" id="v${index}" @change=${event => { row.version = event.target.value; }}>${versions(row.name).map(version => html`<option value=${version} ?selected=${version === row.version}>${version}</option>`)}</select></div>
${levelled(row) ? html`<div class="field"><label for="s${index}">${t('rollout.level')}</label><input class="in num" id="s${index}" type="number" min="1" max="100" aria-describedby="s${index}h" @input=${event => { row.level = event.target.value; }}><span class="hint" id="s${index}h">${t('rollout.level.hint')}</span></div>` : nothing}</div>`;

  const limit = (name, least, most, usual) => html`<div class="field"><label for="l-${name}">${t(`limit.${name}`)}</label><input class="in num" id="l-${name}" name=${name} type="number" min=${least} max=${most} value=${usual} required></div>`;

  const form = () => html`<form class="stack" @submit=${send}>
<section class="bay" aria-labelledby="hwhat"><header><h2 id="hwhat">${t('rollout.what')}</h2></header>
<div class="field"><label for="name">${t('name')}</label><input class="in" id="name" name="name" required maxlength="100"></div>
${rows.map(change)}
<div class="acts"><button class="btn" type="button" @click=${() => { rows = [...rows, first()]; draw(); }}>${t('rollout.more')}</button></div></section>
<section class="bay" aria-labelledby="hwhom"><header><h2 id="hwhom">${t('rollout.whom')}</h2><span class="say">${t('rollout.whom.say')}</span></header>
<div class="form"><div class="field"><label for="gws">${t('place.gateways')}</label><input class="in mono" id="gws" name="gateways" placeholder="g-…"></div>
<div class="field"><label for="model">${t('filter.model')}</label><input class="in" id="model" name="model"></div>
<div class="field"><label for="label">${t('filter.label')}</label><input class="in" id="label" name="label"></div></div></section>
<section class="bay" aria-labelledby="hhow"><header><h2 id="hhow">${t('waves')}</h2></header>
<div class="form"><div class="field"><label for="waves">${t('rollout.waves')}</label><input class="in mono" id="waves" name="waves" value="1, 10%" aria-describedby="wavesh"><span class="hint" id="wavesh">${t('rollout.waves.hint')}</span></div>
<div class="field"><label><input type="checkbox" name="automatic" checked> ${t('rollout.automatic')}</label></div>
${LIMITS.map(name => limit(name, 0, 100000, 0))}${limit('success', 0, 100, 100)}${limit('silentAfter', 1, 525600, 60)}</div></section>
<div class="acts"><button class="btn go">${t('rollout.begin')}</button></div></form>`;

  return {
    title: t('rollout.new'),
    crumbs: () => html`<a href="/rollouts">${t('place.rollouts')}</a><span aria-hidden="true">/</span><span>${t('rollout.new')}</span>`,
    view: () => html`<div class="head"><div><h1>${t('rollout.new')}</h1></div></div>${failed ? problem(failed) : nothing}
${names.length === 0 ? html`<div class="empty"><p>${t('releases.none')}</p></div>` : form()}`,
  };
}
