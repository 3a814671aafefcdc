// What several screens show in the same way: icons, marks, refusals, bars, pagers.
import { html, svg, nothing } from './lit-html.js';
import { has, machine, t } from './text.js';

export const icon = name => html`<svg class="i" aria-hidden="true"><use href="/assets/icons.svg#i-${name}"></use></svg>`;

/** Mark, word and colour always go together. */
export const mark = (shape, tone, word) =>
  html`<span class="mark ${tone}"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="/assets/icons.svg#m-${shape}"></use></svg>${word}</span>`;

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

export const outcomeMark = outcome => mark(...(OUTCOMES[outcome] ?? ['none', 'mute']), t(`outcome.${outcome}`));

/** How a gateway stands: what is out of order first. */
export function gatewayMark(gateway) {
  if (gateway.life !== 'ACTIVATED') return mark(gateway.life === 'PROVISIONED' ? 'wait' : 'none', 'mute', t(`life.${gateway.life}`));
  return gateway.connected ? mark('ok', 'ok', t('connected')) : mark('silent', 'mute', t('silent'));
}

/** A code with its one sentence and one advice. */
export const reason = (code, sentence, advice) => html`<code class="reason">${code}</code>
  <span class="sub">${machine(sentence)} ${advice ?? (has(`code.${code}`) ? t(`code.${code}`) : '')}</span>`;

/** What could not be done. Says so only where it is true that nothing was changed. */
export const problem = (e, again) => html`<div class="why" role="alert">
  <h2>${e.status === 404 ? t('error.notfound') : t('error.title')}</h2>
  <p>${reason(e.code ?? 'PAGE_FAILED', e.message, e.advice)}</p>
  ${again ? html`<p><button class="btn" @click=${again}>${t('again')}</button></p>` : nothing}</div>`;

export const total = counts => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Parts of a whole; the widths are attributes, since the policy allows no styles. */
export function bar(counts) {
  const all = Math.max(1, total(counts));
  let x = 0;
  return svg`${TARGET_STATES.filter(state => counts[state]).map(state => {
    const width = 100 * counts[state] / all;
    const part = svg`<rect class="f-${state === 'WAITING' ? 'wait' : TARGETS[state][1]}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" height="100%"></rect>`;
    x += width;
    return part;
  })}`;
}

/** A gate between two waves: open, or lattice closed. */
export const gate = open => open
  ? html`<div class="gate"><svg viewBox="0 0 46 46" role="img" aria-label=${t('gate.open')}><path d="M12 20 18 23V40L12 43zM34 20 28 23V40L34 43z" class="f-wait"/><path d="M2 10h42v4H2zM8 5h4.500v39H8zM33.500 5H38v39h-4.500z" fill="var(--ink)"/></svg></div>`
  : html`<div class="gate"><svg viewBox="0 0 46 46" role="img" aria-label=${t('gate.closed')}><path d="M12 20h11v23H12zM23 20h11v23H23z" class="f-wait"/><path d="M12 26.500h22M12 32h22M12 37.500h22M17.500 20v23M23 20v23M28.500 20v23" stroke="var(--ink)" stroke-width="1.200"/><path d="M2 10h42v4H2zM8 5h4.500v39H8zM33.500 5H38v39h-4.500z" fill="var(--ink)"/></svg></div>`;

export const bundleName = name => name.replace(/^io\.sekimori\./, '');

export const changes = list => list.map(change => `${bundleName(change.symbolicName)} ${change.version ?? t('removed')}`).join(', ');

/** One line of a list of facts. */
export const fact = (word, value) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`;
