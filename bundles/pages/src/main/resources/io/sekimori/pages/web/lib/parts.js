// What several screens show in the same way: icons, marks, refusals, bars, pagers.
import { html, svg, nothing } from './lit-html.js';
import { advice } from './codes.js';
import { lost } from './contact.js';
import { clock, has, machine, t } from './text.js';

export const icon = name => html`<svg class="i" aria-hidden="true"><use href="/assets/icons.svg#i-${name}"></use></svg>`;

export const logo = html`<svg viewBox="0 0 32 32" aria-hidden="true"><use href="/assets/icons.svg#logo"></use></svg>`;

export const shape = name => html`<svg viewBox="0 0 16 16" aria-hidden="true"><use href="/assets/icons.svg#m-${name}"></use></svg>`;

/** Mark, word and colour always go together. */
export const mark = (form, tone, word) =>
  html`<span class="mark ${tone}">${shape(form)}${word}</span>`;

const TARGETS = {
  CONFIRMED: ['ok', 'ok'],
  IN_PROGRESS: ['move', 'move'],
  ASSIGNED: ['move', 'move'],
  REVERTED: ['back', 'back'],
  REFUSED: ['stop', 'stop'],
  FAILED: ['stop', 'stop'],
  SILENT: ['silent', 'mute'],
  WAITING: ['wait', 'mute'],
  CANCELLED: ['none', 'mute'],
};

export const TARGET_STATES = Object.keys(TARGETS);

export const targetMark = state => mark(...(TARGETS[state] ?? ['none', 'mute']), t(`target.${state}`));

const ROLLOUTS = {
  RUNNING: ['move', 'move'],
  AT_GATE: ['warn', 'warn'],
  PAUSED: ['wait', 'mute'],
  HALTED: ['stop', 'stop'],
  STOPPED: ['none', 'mute'],
  DONE: ['ok', 'ok'],
};

export const rolloutMark = state => mark(...(ROLLOUTS[state] ?? ['none', 'mute']), t(`rollout.${state}`));

const OUTCOMES = {
  CONFIRMED: ['ok', 'ok'],
  REVERTED: ['back', 'back'],
  REFUSED: ['stop', 'stop'],
  CANCELLED: ['none', 'mute'],
  INTERRUPTED: ['warn', 'warn'],
};

/** The mark alone: its word stands beside it. */
export const outcomeForm = outcome => {
  const [form, tone] = OUTCOMES[outcome] ?? ['none', 'mute'];
  return html`<span class=${tone}>${shape(form)}</span>`;
};

/** How a gateway stands: what is out of order first. */
export function gatewayMark(gateway) {
  if (gateway.life !== 'ACTIVATED') return mark(gateway.life === 'PROVISIONED' ? 'wait' : 'none', 'mute', t(`life.${gateway.life}`));
  return gateway.connected ? mark('ok', 'ok', t('connected')) : mark('silent', 'mute', t('silent'));
}

/** A code with its one sentence and one advice: the server's, the page's, or that of whoever made the code. */
export const reason = (code, sentence, given) => html`<code class="reason">${machine(code, 64)}</code>
<span class="sub">${sentence ? html`<span class="said">${machine(sentence)}</span>` : nothing}${given ?? (has(`code.${code}`) ? t(`code.${code}`) : advice(code))}</span>`;

/** What could not be done. Says so only where it is true that nothing was changed. */
export const problem = (e, again) => html`<div class="why" role="alert">
<h2>${e.status === 404 ? t('error.notfound') : e.status === 403 ? t('error.forbidden') : t('error.title')}</h2>
<p>${reason(e.code ?? 'PAGE_FAILED', e.message, e.advice)}</p>
${again ? html`<div class="acts"><button class="btn" @click=${again}>${t('again')}</button></div>` : nothing}</div>`;

/** What belongs here, why there is none, and the first action. */
export const empty = (title, say, action) => html`<div class="still"><svg class="i" aria-hidden="true"><use href="/assets/icons.svg#i-empty"></use></svg>
<h2>${title}</h2><p class="note">${say}</p>${action ?? nothing}</div>`;

/** Grey lines of about the final height, and after a while what is waited for. */
export const loading = waitedFor => html`<div class="bones" role="status" aria-label=${t('loading')}><i></i><i></i><i></i><i></i></div>
${waitedFor ? html`<p class="note">${t('loading.for', { what: waitedFor })}</p>` : nothing}`;

/** Since when there is no contact; old data stays. */
export const offline = () => (lost() ? html`<div class="offline" role="alert">${icon('nolink')}<span><b>${t('offline', { when: clock(lost()) })}</b> ${t('offline.say')}</span></div>` : nothing);

/** Said to people who may look and not change. */
export const lookOnly = role => html`<p class="note lock">${icon('lock')}<span>${t('lookonly', { role: t(`role.${role}`) })} <code class="reason">PERMISSION_MISSING</code></span></p>`;

export const total = counts => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Parts of a whole, `[[tone, count]]`; the widths are attributes, since the policy allows no styles. */
export function parts(list) {
  const all = Math.max(1, list.reduce((sum, [, n]) => sum + n, 0));
  let x = 0;
  return svg`${list.filter(([, n]) => n > 0).map(([tone, n]) => {
    const width = 100 * n / all;
    const part = svg`<rect class="f-${tone}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" height="100%"></rect>${x > 0 ? svg`<rect class="cut" x="${x.toFixed(3)}%" width="1.5" height="100%"></rect>` : nothing}`;
    x += width;
    return part;
  })}`;
}

export const bar = counts =>
  parts(TARGET_STATES.map(state => [state === 'WAITING' ? 'wait' : TARGETS[state][1], counts[state] ?? 0]));

/** A value against its limit: a bar with a tick. */
export function meter(value, limit, tone, word) {
  const most = Math.max(1, value, limit) * 4 / 3;
  return html`<svg class="meter" role="img" aria-label=${word}><rect class="track" y="3" width="100%" height="8"></rect><rect class="f-${tone}" y="3" width="${(100 * value / most).toFixed(2)}%" height="8"></rect><rect class="lim" x="${(100 * limit / most).toFixed(2)}%" width="2" height="14"></rect></svg>`;
}

/** A gate between two waves: open, or lattice closed. */
export const gate = open => open
  ? html`<div class="gate"><svg viewBox="0 0 46 46" role="img" aria-label=${t('gate.open')}><path d="M12 20 18 23V40L12 43zM34 20 28 23V40L34 43z" class="f-wait"/><path d="M2 10h42v4H2zM8 5h4.500v39H8zM33.500 5H38v39h-4.500z" fill="var(--ink)"/></svg></div>`
  : html`<div class="gate"><svg viewBox="0 0 46 46" role="img" aria-label=${t('gate.closed')}><path d="M12 20h11v23H12zM23 20h11v23H23z" class="f-wait"/><path d="M12 26.500h22M12 32h22M12 37.500h22M17.500 20v23M23 20v23M28.500 20v23" stroke="var(--ink)" stroke-width="1.200"/><path d="M2 10h42v4H2zM8 5h4.500v39H8zM33.500 5H38v39h-4.500z" fill="var(--ink)"/></svg></div>`;

export const bundleName = name => name.replace(/^io\.sekimori\./, '');

export const changes = list => list.map(change => `${(change.kind ?? 'BUNDLE') === 'BUNDLE' ? '' : `${t(`kind.${change.kind}`)} `}${bundleName(change.symbolicName)} ${change.version ?? t('removed')}${change.startLevel ? ` @${change.startLevel}` : ''}`).join(', ');

/** One line of a list of facts. */
export const fact = (word, value) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`;
