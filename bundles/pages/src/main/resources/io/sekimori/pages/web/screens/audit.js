// Who did what, what came of it, and is the record whole? The search is in the address.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { go } from '../main.js';
import { entries, verdictMark } from '../lib/entries.js';
import { Pages } from '../lib/list.js';
import { empty, fact, icon, reason, shape } from '../lib/parts.js';
import { clock, instant, machine, number, t } from '../lib/text.js';

const WORDS = ['actor', 'action', 'subject', 'reason', 'verdict'];

export async function open({ query }) {
  const filter = Object.fromEntries(WORDS.filter(name => query.get(name)).map(name => [name, query.get(name)]));
  const chain = await api.auditVerification();
  const checked = new Date();
  const last = chain.lastSequence ?? chain.lastGoodSequence ?? 0;
  const pages = new Pages(part => api.audit({ ...filter, ...part, before: part.before ?? last + 1 }), query, { key: 'before', size: 50 });
  await pages.load();
  const chosen = pages.items.find(one => String(one.sequence) === query.get('entry')) ?? null;

  const address = changes => {
    const words = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) if (value) words.set(name, value); else words.delete(name);
    return words.size ? `/audit?${words}` : '/audit';
  };
  const search = event => {
    event.preventDefault();
    go(address({ ...Object.fromEntries(new FormData(event.target)), entry: '', before: '', from: '' }));
  };

  const proof = () => html`<p class="proof ${chain.intact ? '' : 'broken'}" role="status">${icon('link2')}<span>${chain.intact
    ? t('audit.whole', { from: number(chain.firstSequence), to: number(chain.lastSequence), when: clock(checked) })
    : html`${t('audit.broken', { n: number(chain.lastGoodSequence) })} ${reason(chain.code, chain.detail)}`}</span></p>`;

  const detail = one => html`<section class="bay" aria-labelledby="he"><header><h2 id="he">${t('audit.entry', { n: number(one.sequence) })}</h2></header>
<dl class="facts">${fact(t('when'), html`<span class="num">${instant(one.time)}:${one.time.slice(17, 23)}</span>`)}${fact(t('audit.who'), machine(one.actor))}
${fact(t('audit.what'), html`${machine(one.action)}<span class="sub mono">${machine(one.subject)}</span>`)}${fact(t('outcome'), verdictMark(one.verdict))}
${one.reason ? fact(t('why'), reason(one.reason, '')) : nothing}${Object.entries(one.detail ?? {}).map(([name, value]) => fact(machine(name, 60), machine(value, 500)))}</dl></section>`;

  const links = one => {
    const at = pages.items.indexOf(one);
    const around = [pages.items[at + 1], one, pages.items[at - 1]].filter(Boolean);
    return html`<section class="bay" aria-labelledby="hp"><header><h2 id="hp">${t('audit.proof')}</h2><span class="say">${t('audit.proof.say')}</span></header>
<ol class="links">${around.map(link => html`<li><span class=${link === one ? 'ok' : 'dim'}>${shape('seal')}</span><span><b>${link === one ? t('audit.this') : t('audit.entry', { n: number(link.sequence) })}</b><code title=${link.hash}>${digest(link.hash)}</code></span></li>`)}</ol></section>`;
  };

  const filtered = Object.keys(filter).length > 0;
  const none = () => (filtered ? empty(t('audit.nomatch'), t('audit.nomatch.say'), html`<a class="btn" href="/audit">${t('filter.clear')}</a>`) : empty(t('audit.none'), t('audit.none.say')));

  return {
    title: t('place.audit'),
    view: () => html`<div class="head"><div><h1>${t('audit.title')}</h1></div></div>
<form class="filters" role="search" @submit=${search}>${WORDS.map(name => html`<label class="find word"><span class="vh">${t(`audit.filter.${name}`)}</span><input type="search" name=${name} placeholder=${t(`audit.filter.${name}`)} .value=${filter[name] ?? ''} maxlength="200"></label>`)}
<button class="btn">${icon('search')}${t('search.do')}</button>${filtered ? html`<a class="btn bare" href="/audit">${t('filter.clear')}</a>` : nothing}</form>
${proof()}
<div class="cols ${chosen ? '' : 'one'}"><section class="bay" aria-labelledby="hx"><header><h2 id="hx">${t('audit.entries')}</h2><span class="say">${t('audit.newest')}</span></header>
${pages.items.length === 0 ? none() : html`${entries(pages.items, { choose: sequence => address({ entry: sequence }), chosen: chosen?.sequence })}${pages.pager()}`}</section>
${chosen ? html`<div class="stack">${detail(chosen)}${links(chosen)}</div>` : nothing}</div>`,
  };
}

const digest = hash => `${hash.slice(0, 8)} … ${hash.slice(-8)}`;
