// A file that the server makes while it is fetched: with how far it is, and whole or not at all.
import { refusal } from './ask.js';
import { heard, missed } from './contact.js';
import { language } from './text.js';

/** Asks for it; `progress` is told the bytes so far and the headers. Aborting `signal` rejects with an AbortError. */
export async function download(path, { signal, progress }) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Accept': 'application/zip, application/problem+json', 'Accept-Language': language(), 'X-Sekimori': '1' },
      credentials: 'same-origin',
      redirect: 'error',
      signal,
    });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    missed();
    throw Object.assign(new Error(path), { code: 'CONSOLE_UNREACHABLE', status: 0, cause: e });
  }
  heard();
  if (!response.ok) throw refusal(response, path, await response.text());
  return { blob: await whole(response, signal, progress), headers: response.headers };
}

async function whole(response, signal, progress) {
  const parts = [];
  let done = 0;
  try {
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      done += next.value.length;
      progress(done, response.headers);
    }
  } catch (e) {
    if (signal.aborted) throw e;
    throw Object.assign(new Error(''), { code: 'DOWNLOAD_INCOMPLETE', cause: e });
  }
  return new Blob(parts, { type: response.headers.get('Content-Type') ?? 'application/octet-stream' });
}

/** Hands it to the browser, which asks where it goes or has a place. */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
