// Speaks to the console's REST. A refusal, problem JSON (RFC 9457), is thrown as an Error with code, status and advice.
import { language } from './text.js';
import { heard, missed } from './contact.js';

export class SignedOut extends Error {}

async function ask(method, path, { body, tag, type = 'application/json' } = {}) {
  const headers = { 'Accept': 'application/json, application/problem+json', 'Accept-Language': language() };
  if (method !== 'GET') headers['X-Sekimori'] = '1';
  if (body !== undefined) headers['Content-Type'] = type;
  if (tag) headers['If-Match'] = tag;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'error',
    });
  } catch (e) {
    missed();
    throw Object.assign(new Error(path), { code: 'CONSOLE_UNREACHABLE', status: 0, cause: e });
  }
  heard();
  const text = await response.text();
  let json = {};
  try { json = text ? JSON.parse(text) : {}; } catch { /* not JSON: the status says enough */ }
  if (!response.ok) {
    if (response.status === 401 && (path !== '/v1/session' || method === 'GET')) throw new SignedOut(path);
    throw Object.assign(new Error(json.detail ?? json.title ?? response.statusText), {
      code: json.code ?? `HTTP_${response.status}`,
      status: response.status,
      advice: json.advice,
      retryAfter: Number(response.headers.get('Retry-After') ?? json.retryAfterSeconds ?? 0),
    });
  }
  return { json, tag: response.headers.get('ETag') };
}

const get = async (path, query = {}) => {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  return (await ask('GET', words.size ? `${path}?${words}` : path)).json;
};

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
  gatewayStatuses: (id, query) => get(`${one('gateways', id)}/status/history`, query),
  settings: id => get(`${one('gateways', id)}/settings`),
  settingsChanges: (id, query) => get(`${one('gateways', id)}/settings/changes`, query),
  changeSettings: async (id, wish) => (await ask('POST', `${one('gateways', id)}/settings/changes`, { body: wish })).json,
  rollouts: query => get('/v1/rollouts', query),
  rollout: id => get(one('rollouts', id)),
  targets: (id, query) => get(`${one('rollouts', id)}/targets`, query),
  createRollout: async draft => (await ask('POST', '/v1/rollouts', { body: draft })).json,
  act: async (id, action) => (await ask('POST', `${one('rollouts', id)}/${action}`, { body: {} })).json,
  releases: query => get('/v1/releases', query),
  repository: () => get('/v1/repository'),
  audit: query => get('/v1/audit', query),
  auditVerification: () => get('/v1/audit/verification'),
};
