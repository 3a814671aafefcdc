// What needs a person, the most harmful first. Each finding says what is true, what it means, and where to go.
import { machine, number, plural, t } from './text.js';

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

/** How metadata stands: what is signed offline needs days of warning, what the console signs a few hours. */
export function standing(role, expires, now = Date.now()) {
  const ends = new Date(expires).getTime() - now;
  return ends < 0 ? 'ended' : ends < (role === 'timestamp' || role === 'snapshot' ? DAY / 4 : 14 * DAY) ? 'soon' : 'well';
}

/** What somebody does about it, and where. */
export const renewal = (role, publisher = false) => (publisher ? t('role.renew.publisher', { role }) : t(`role.renew.${role}`));

function ofRole(name, role, signed, publisher, now) {
  const stands = standing(role, signed.expires, now);
  if (stands === 'well') return [];
  const over = stands === 'ended';
  return [{ rank: over ? 1 : 4, shape: over ? 'stop' : 'warn', tone: over ? 'stop' : 'warn', title: t(over ? 'harm.ended' : 'harm.ends', { role: name }), say: `${t(publisher ? 'harm.ends.publisher' : 'harm.ends.say')} ${renewal(role, publisher)}`, meta: signed.expires.slice(0, 10), to: '/releases', act: t('harm.release') }];
}

/** Of all metadata that gateways judge: the roles' and the delegated publishers'. */
const ofRepository = ({ roles = {}, publishers = [] }, now) => [
  ...Object.entries(roles).flatMap(([role, signed]) => ofRole(t(`role.meta.${role}`), role, signed, false, now)),
  ...publishers.filter(one => one.expires).flatMap(one => ofRole(t('publisher.meta', { role: machine(one.role, 64) }), machine(one.role, 64), one, true, now)),
];

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
  found.push(...ofRepository(repository ?? {}, now));
  return found.sort((a, b) => a.rank - b.rank);
}
