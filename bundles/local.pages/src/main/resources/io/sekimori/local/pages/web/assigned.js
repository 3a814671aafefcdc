// What the console assigned: whether it waits here and why, to have it installed now, and to put it off.
import { html, nothing } from './lib/lit-html.js';
import { Acting } from './acting.js';
import { lost } from './lib/contact.js';
import { disruption, remedies } from './foretold.js';
import { local } from './local.js';
import { mark, problem, reason, shape } from './lib/parts.js';
import { instant, machine, plural, t } from './lib/text.js';

export class Assigned extends Acting {
  constructor(seen, may) {
    super(seen, may, () => local.assigned());
  }

  #putOff = event => {
    event.preventDefault();
    const hours = Number(new FormData(event.target).get('hours'));
    this.act(() => local.defer(hours));
  };

  #why({ waits, code, detail, advice, begins }) {
    if (!code) return html`<p class="note">${t(waits ? 'assigned.soon' : 'assigned.none')}</p>`;
    return html`<p>${reason(code, begins ? t(code === 'DEFERRED' ? 'assigned.until' : 'assigned.begins', { when: instant(begins) }) : detail, advice)}</p>`;
  }

  #change(busy) {
    const off = busy || this.asking || Boolean(lost());
    return html`<button class="btn" data-act="now" ?disabled=${off} @click=${() => this.act(() => local.installAssigned(this.seen.assignment))}>${t('assigned.now')}</button>
${this.seen.code === 'DEFERRED' ? html`<button class="btn" data-act="goon" ?disabled=${off} @click=${() => this.act(() => local.defer(0))}>${t('assigned.goon')}</button>` : nothing}
<form class="usb" @submit=${this.#putOff}><div class="field"><label for="hours">${t('assigned.hours')}</label><input class="in num" id="hours" name="hours" type="number" inputmode="numeric" min="1" max="744" value="2" required></div>
<button class="btn" data-act="defer" ?disabled=${off}>${t('assigned.defer')}</button></form>`;
  }

  #taken({ takenBack = [], takenBackCount = 0, takenBackUnreadable }) {
    if (takenBackUnreadable) return html`<p>${reason(takenBackUnreadable, t('taken.unreadable'), '')}</p>`;
    if (!takenBackCount) return nothing;
    return html`<details id="taken"><summary>${plural('taken', takenBackCount)}</summary><ul class="health">${takenBack.map(one => html`<li><span class="warn">${shape('warn')}</span>
<span class="mono">${machine(one.group || one.key, 80)}<span class="sub">${one.content ? t('taken.content', { content: machine(one.content, 64) }) : t('taken.all')}</span></span><span class="v">${t('taken.until', { when: instant(one.until) })}</span></li>`)}</ul></details>`;
  }

  view(busy) {
    const { waits, since, assignment, superseded, asked, preview, releases = [] } = this.seen;
    return html`<section class="bay" id="assigned" aria-labelledby="ha"><header><h2 id="ha">${t('assigned')}</h2></header><div class="usb">
${this.failed ? problem(this.failed) : nothing}
${waits ? html`<p>${mark('wait', 'warn', t('assigned.waits', { when: instant(since) }))}</p>` : nothing}
${superseded ? html`<p class="note" data-superseded>${t('assigned.superseded', { earlier: superseded, later: assignment })}</p>` : nothing}
${releases.length ? html`<p class="mono">${t('assigned.releases', { names: releases.slice(0, 20).map(name => machine(name, 120)).join(', ') })}${releases.length > 20 ? '…' : nothing}</p>` : nothing}
${preview ? html`${remedies(preview.remedies)}<p data-disruption>${disruption(preview)}</p>` : nothing}
${asked ? html`<p class="note">${t('assigned.asked', { when: instant(asked) })}</p>` : nothing}${this.#why(this.seen)}${this.may ? this.#change(busy) : nothing}${this.#taken(this.seen)}</div></section>`;
  }
}
