// What the console's REST offers to its pages.
import { ask, get } from './ask.js';

export { SignedOut } from './ask.js';

const one = (kind, id) => `/v1/${kind}/${encodeURIComponent(id)}`;

export const api = {
  session: () => get('/v1/session'),
  signIn: async (name, password) => (await ask('POST', '/v1/session', { body: { name, password } })).json,
  signOut: () => ask('DELETE', '/v1/session'),
  changePassword: (current, next) => ask('PUT', '/v1/session/password', { body: { current, next } }),
  status: () => get('/v1/status'),
  gateways: query => get('/v1/gateways', query),
  gateway: id => get(one('gateways', id)),
  gatewayStatus: id => get(`${one('gateways', id)}/status`),
  gatewayUpdate: id => get(`${one('gateways', id)}/update`),
  gatewayStatuses: (id, query) => get(`${one('gateways', id)}/status/history`, query),
  gatewayRollouts: id => get(`${one('gateways', id)}/rollouts`),
  cancelGateway: async id => (await ask('POST', `${one('gateways', id)}/cancel`, { body: {} })).json,
  askReport: async id => (await ask('POST', `${one('gateways', id)}/report`)).json,
  settings: id => get(`${one('gateways', id)}/settings`),
  settingsChanges: (id, query) => get(`${one('gateways', id)}/settings/changes`, query),
  changeSettings: async (id, wish) => (await ask('POST', `${one('gateways', id)}/settings/changes`, { body: wish })).json,
  rollouts: query => get('/v1/rollouts', query),
  rollout: id => get(one('rollouts', id)),
  approvals: id => get(`${one('rollouts', id)}/approvals`),
  handIn: async (id, file) => (await ask('POST', `${one('rollouts', id)}/approvals`, { body: file, type: 'application/octet-stream' })).json,
  targets: (id, query) => get(`${one('rollouts', id)}/targets`, query),
  createRollout: async draft => (await ask('POST', '/v1/rollouts', { body: draft })).json,
  act: async (id, action) => (await ask('POST', `${one('rollouts', id)}/${action}`, { body: {} })).json,
  releases: query => get('/v1/releases', query),
  repository: () => get('/v1/repository'),
  notices: query => get('/v1/notices', query),
  noticeMedia: () => get('/v1/notices/media'),
  testNotices: medium => ask('POST', '/v1/notices/tests', { body: { medium } }),
  noticeAgain: id => ask('POST', `${one('notices', id)}/again`, { body: {} }),
  audit: query => get('/v1/audit', query),
  auditVerification: () => get('/v1/audit/verification'),
};
