// What a person can do about a code that a gateway or another part reported: loaded once, when the first one is shown.
import { draw } from '../main.js';
import { language } from './text.js';

const known = new Map();

/** The advice in the language of the page; empty until it is there, and for a code that nobody explains. */
export function advice(code) {
  const name = language();
  const texts = known.get(name);
  if (texts === undefined) {
    known.set(name, {});
    fetch(`/assets/codes/${name}.json`)
      .then(response => (response.ok ? response.json() : {}))
      .then(json => { known.set(name, json); draw(); })
      .catch(() => known.delete(name));
    return '';
  }
  return Object.hasOwn(texts, code) ? texts[code] : '';
}
