// What needs a person, the most harmful first. Each finding says what is true, what it means, and where to go.
import { number, plural, t } from './text.js';

const DAY = 86_400_000;
const OPEN = ['RUNNING', 'AT_GATE', 'PAUSED', 'HALTED'];

export const openRollouts = rollouts => rollouts.filter(rollout => OPEN.includes(rollout.state));

const TROUBLE = [
  ['REVERTED', 'back', 'back'],
  ['FAILED', 'stop', 'stop'],
  ['REFUSED', 'stop', 'stop'],
];

function ofRollout(rollout) {
  const to = `/rollouts/${rollout.id}`;
  const found = [];
  if (rollout.state === 'HALTED') {
    found.push({ rank: 2, shape: 'stop', tone: 'stop', title: t('harm.halted', { name: rollout.name }), say: t('harm.halted.say'), code: rollout.reason, to, act: t('harm.rollout') });
  }
  for (const [state, shape, tone] of TROUBLE) {
    const n = rollout.counts[state] ?? 0;
    if (n > 0) found.push({ rank: 3, shape, tone, title: plural(`harm.${state}`, n), say: t(`harm.${state}.say`), meta: rollout.name, to, act: t('harm.reasons') });
  }
  if (rollout.state === 'AT_GATE') {
    found.push({ rank: 5, shape: 'warn', tone: 'warn', title: t('harm.gate', { name: rollout.name }), say: t('harm.gate.say'), to, act: t('harm.rollout') });
  }
  if (rollout.state === 'PAUSED') {
    found.push({ rank: 7, shape: 'wait', tone: 'mute', title: t('harm.paused', { name: rollout.name }), say: t('harm.paused.say'), to, act: t('harm.rollout') });
  }
  return found;
}

/** Metadata that ends within its usual warning time: what is signed offline needs days, what the console signs a day. */
function ofRole(role, signed, now) {
  const ends = new Date(signed.expires).getTime() - now;
  const early = role === 'timestamp' || role === 'snapshot' ? DAY / 4 : 14 * DAY;
  if (ends > early) return [];
  return [{ rank: ends < 0 ? 1 : 4, shape: ends < 0 ? 'stop' : 'warn', tone: ends < 0 ? 'stop' : 'warn', title: t(ends < 0 ? 'harm.ended' : 'harm.ends', { role: t(`role.meta.${role}`) }), say: t('harm.ends.say'), meta: signed.expires.slice(0, 10), to: '/releases', act: t('harm.release') }];
}

/** All findings; parts that could not be read are absent. */
export function needs({ status, rollouts = [], repository, chain }, now = Date.now()) {
  const found = openRollouts(rollouts).flatMap(ofRollout);
  if (chain && !chain.intact) {
    found.push({ rank: 0, shape: 'stop', tone: 'stop', title: t('harm.chain'), say: t('harm.chain.say'), code: chain.code, to: '/audit', act: t('harm.audit') });
  }
  if (status && !status.link) {
    found.push({ rank: 1, shape: 'stop', tone: 'stop', title: t('harm.link'), say: t('harm.link.say'), code: 'LINK_DOWN', to: '/gateways', act: t('harm.list') });
  }
  if (status?.silent > 0) {
    found.push({ rank: 6, shape: 'silent', tone: 'mute', title: plural('harm.silent', status.silent), say: t('harm.silent.say'), meta: t('harm.of', { n: number(status.lives.ACTIVATED) }), to: '/gateways?life=ACTIVATED&connected=false', act: t('harm.list') });
  }
  for (const [role, signed] of Object.entries(repository?.roles ?? {})) found.push(...ofRole(role, signed, now));
  return found.sort((a, b) => a.rank - b.rank);
}
