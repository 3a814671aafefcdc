// What this page asks of its gateway (docs/local.md).
import { ask, get } from './lib/ask.js';

const post = async (path, body) => (await ask('POST', path, { body })).json;

export const local = {
  greeting: () => get('/v1/local'),
  first: (name, code, password) => post('/v1/local/first', { name, code, password }),
  session: () => get('/v1/session'),
  signIn: (name, password) => post('/v1/session', { name, password }),
  signOut: () => ask('DELETE', '/v1/session'),
  changePassword: (current, next) => ask('PUT', '/v1/session/password', { body: { current, next } }),
  people: async () => (await get('/v1/people', { limit: 100 })).items,
  addPerson: (name, roles) => post('/v1/people', { name, roles }),
  resetPassword: name => post(`/v1/people/${encodeURIComponent(name)}/password`),
  // Removed is who was looked at: nobody else changed that person meanwhile.
  removePerson: async name => ask('DELETE', `/v1/people/${encodeURIComponent(name)}`, { tag: (await ask('GET', `/v1/people/${encodeURIComponent(name)}`)).tag }),
  facts: () => get('/v1/local/facts'),
  updates: () => get('/v1/local/updates'),
  assigned: () => get('/v1/local/assigned'),
  installAssigned: assignment => post('/v1/local/assigned/install', assignment === undefined ? {} : { assignment }),
  defer: hours => post('/v1/local/assigned/defer', { hours }),
  policy: async () => {
    const { json, tag } = await ask('GET', '/v1/local/update-policy');
    return { ...json, tag };
  },
  // Seen is the version it was chosen from: nobody else set it meanwhile.
  setPolicy: (wish, tag) => ask('PUT', '/v1/local/update-policy', { body: wish, tag }),
  check: pack => post('/v1/local/check', { pack }),
  install: (pack, sha256) => post('/v1/local/install', { pack, sha256 }),
  cancel: id => post('/v1/local/cancel', { id }),
};
