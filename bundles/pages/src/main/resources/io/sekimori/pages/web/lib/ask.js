// Speaks to the REST of whoever served this page. A refusal, problem JSON (RFC 9457), is thrown as an Error with code, status and advice.
import { language } from './text.js';
import { heard, missed } from './contact.js';

export class SignedOut extends Error {}

const parsed = text => {
  try { return text ? JSON.parse(text) : {}; } catch { return {}; /* not JSON: the status says enough */ }
};

/** What is thrown of an answer that is no success. */
export function refusal(response, path, text, method = 'POST') {
  const json = parsed(text);
  if (response.status === 401 && (path !== '/v1/session' || method === 'GET')) return new SignedOut(path);
  return Object.assign(new Error(json.detail ?? json.title ?? response.statusText), {
    // Who refused it says more than who asked them.
    code: json.reason ?? json.code ?? `HTTP_${response.status}`,
    status: response.status,
    advice: json.reasonAdvice ?? json.advice,
    retryAfter: Number(response.headers.get('Retry-After') ?? json.retryAfterSeconds ?? 0),
  });
}

export async function ask(method, path, { body, tag, type = 'application/json' } = {}) {
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
  if (!response.ok) throw refusal(response, path, text, method);
  return { json: parsed(text), tag: response.headers.get('ETag') };
}

export const get = async (path, query = {}) => {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  return (await ask('GET', words.size ? `${path}?${words}` : path)).json;
};
