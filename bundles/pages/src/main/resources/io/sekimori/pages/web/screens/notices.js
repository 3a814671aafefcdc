// Who was told of what? What did not arrive, and why; a test in each way, and once more what did not arrive.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { lost } from '../lib/contact.js';
import { draw } from '../main.js';
import { Pages } from '../lib/list.js';
import { empty, lookOnly, mark, problem, reason } from '../lib/parts.js';
import { mayOperate } from '../lib/person.js';
import { instant, machine, number, plural, t } from '../lib/text.js';

const EVERY = 5_000;

const STATES = {
  ARRIVED: ['ok', 'ok'],
  WAITING: ['wait', 'mute'],
  GIVEN_UP: ['stop', 'stop'],
};

/** One that waits and has a code failed before, and is tried again. */
const told = one => (one.state === 'WAITING' && one.code
  ? mark('warn', 'warn', t('notice.late'))
  : mark(...(STATES[one.state] ?? ['none', 'mute']), t(`notice.${one.state}`)));

const missed = one => one.told.some(each => each.code);

const name = kind => { const key = `notice.kind.${kind}`; const said = t(key); return said === key ? machine(kind, 40) : said; };

const when = one => html`${one.last ? html`<p>${t('notice.last', { when: instant(one.last), n: number(one.tries) })}</p>` : nothing}
${one.next && one.code ? html`<p>${t('notice.next', { when: instant(one.next) })}</p>` : nothing}`;

export async function open({ query }) {
  const pages = new Pages(part => api.notices(part), query);
  let media = null;
  let failed = null;
  let busy = '';
  let said = '';
  const load = async () => { media = await api.noticeMedia(); await pages.load(); };
  await load();
  const refresh = setInterval(() => document.hidden || lost() || pages.load(), EVERY);

  const act = async (word, work, done) => {
    failed = null;
    said = '';
    busy = word;
    draw();
    try {
      await work();
      said = done;
      await pages.load();
    } catch (e) {
      failed = e;
    }
    busy = '';
    draw();
  };
  const test = medium => act(medium, () => api.testNotices(medium), t('notice.tested'));
  const again = id => act(id, () => api.noticeAgain(id), t('notice.sentagain'));
  const off = () => Boolean(busy || lost());

  const way = one => html`<tr><td class="first">${t(`notice.medium.${one.medium}`)}</td><td data-l=${t('notice.to')}>${one.to.map(to => html`<span class="sub">${machine(to)}</span>`)}</td>
<td class="r">${mayOperate() && media.enabled ? html`<button class="btn" data-test=${one.medium} ?disabled=${off()} @click=${() => test(one.medium)}>${busy === one.medium ? t('sending') : t('notice.test')}<span class="vh"> ${t(`notice.medium.${one.medium}`)}</span></button>` : nothing}</td></tr>`;

  const ways = () => html`<section class="bay" aria-labelledby="hw"><header><h2 id="hw">${t('notice.ways')}</h2><span class="say">${media.enabled ? t(`notice.content.${media.content}`) : t('notice.off.say')}</span></header>
${media.media.length === 0 || !media.enabled ? html`<p class="note">${t('notice.off')} <code>io.sekimori.notices</code></p>` : nothing}
${media.media.length ? html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('notice.ways')}</caption><thead><tr><th scope="col">${t('notice.way')}</th><th scope="col">${t('notice.to')}</th><th scope="col"><span class="vh">${t('notice.test')}</span></th></tr></thead><tbody>${media.media.map(way)}</tbody></table></div>` : nothing}
${media.enabled ? html`<p class="note">${t('notice.events', { events: media.events.map(name).join(t('list.and')) })}</p>` : nothing}</section>`;

  const recipient = one => html`<li>${told(one)} <span>${machine(one.to)}</span>${one.code ? html`<div>${reason(one.code, one.detail, one.advice)}</div>` : nothing}<div class="sub num">${when(one)}</div></li>`;

  const row = one => html`<tr><td class="first">${name(one.kind)}<span class="sub">${plural('notice.count', one.count)}${one.items.length ? html`: ${one.items.slice(0, 3).map(item => machine(item.subject, 60)).join(', ')}${one.count > 3 ? '…' : nothing}` : nothing}</span></td>
<td data-l=${t('when')} class="num nowrap">${instant(one.begun)}</td>
<td data-l=${t('notice.to')}>${one.handedOut
    ? one.told.length ? html`<ul class="plain">${one.told.map(recipient)}</ul>` : t('notice.nobody')
    : mark('wait', 'mute', t('notice.collects', { when: instant(one.ready) }))}</td>
<td class="r">${mayOperate() && missed(one) ? html`<button class="btn" data-again=${one.id} ?disabled=${off()} @click=${() => again(one.id)}>${busy === one.id ? t('sending') : t('notice.again')}<span class="vh"> ${name(one.kind)} ${instant(one.begun)}</span></button>` : nothing}</td></tr>`;

  const finding = () => { const n = pages.items.filter(missed).length; return n === 0 ? t('place.notices') : plural('notice.missed', n); };

  return {
    title: t('place.notices'),
    close: () => clearInterval(refresh),
    view: () => html`<div class="head"><div><h1>${finding()}</h1><p class="lede">${t('notices.say')}</p></div></div>
${mayOperate() ? nothing : lookOnly('OPERATOR')}
${failed ? problem(failed) : nothing}<p class="note" role="status">${said}</p>
${ways()}
<section class="bay" aria-labelledby="hn"><header><h2 id="hn">${t('notice.list')}</h2></header>${pages.items.length === 0
    ? empty(t('notices.none'), t('notices.none.say'))
    : html`<div class="scroll"><table class="grid cards"><caption class="vh">${t('notice.list')}</caption><thead><tr><th scope="col">${t('notice.what')}</th><th scope="col" aria-sort="descending">${t('when')}</th><th scope="col">${t('notice.to')}</th><th scope="col"><span class="vh">${t('notice.again')}</span></th></tr></thead>
<tbody>${pages.items.map(row)}</tbody></table></div>${pages.pager()}`}</section>`,
  };
}
