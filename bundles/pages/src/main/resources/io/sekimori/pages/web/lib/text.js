// The texts of one language, keyed by meaning, with named places: `t('wave', { n: 2 })`.
const LANGUAGES = ['en', 'ja'];
let texts = {};

/** The person's choice, else the browser's. */
export function language() {
  let kept = null;
  try { kept = localStorage.getItem('language'); } catch { /* storage refused: follow the browser */ }
  if (LANGUAGES.includes(kept)) return kept;
  return navigator.languages.map(name => name.slice(0, 2)).find(name => LANGUAGES.includes(name)) ?? 'en';
}

export async function load(name) {
  texts = await (await fetch(`/assets/texts/${name}.json`)).json();
  document.documentElement.lang = name;
}

/** Speaks another language from now on. */
export async function speak(name) {
  try { localStorage.setItem('language', name); } catch { /* for this page alone */ }
  await load(name);
}

export function t(key, places = {}) {
  const text = texts[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

/** The same with the plural form of the language: `plural('fleet.title', 2)` takes `fleet.title.one` or `.other`. */
export function plural(key, n, places = {}) {
  const form = n === 0 && texts[`${key}.zero`] !== undefined ? 'zero' : new Intl.PluralRules(document.documentElement.lang).select(n);
  return t(texts[`${key}.${form}`] === undefined ? `${key}.other` : `${key}.${form}`, { n: number(n), ...places });
}

export const has = key => texts[key] !== undefined;

const two = value => String(value).padStart(2, '0');

/** `2026-11-21 20:14`, in the zone of this browser, which the rail names. */
export function instant(value) {
  if (!value) return '';
  const d = new Date(value);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** `20:14:08`. */
export function clock(value) {
  const d = new Date(value);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** How long until then: `19 h`, `84 days`; with `ended` if it is over. */
export function left(value, now = Date.now()) {
  const hours = Math.floor((new Date(value).getTime() - now) / 3_600_000);
  if (hours < 0) return t('left.ended');
  return hours < 48 ? plural('left.h', hours) : plural('left.days', Math.floor(hours / 24));
}

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `8 s ago` under a day, else the date. */
export function ago(value, now = Date.now()) {
  if (!value) return t('never');
  const seconds = Math.max(0, Math.round((now - new Date(value).getTime()) / 1000));
  if (seconds < 60) return t('ago.s', { n: seconds });
  if (seconds < 3600) return t('ago.min', { n: Math.floor(seconds / 60) });
  if (seconds < 86400) return t('ago.h', { n: Math.floor(seconds / 3600) });
  return instant(value);
}

export const number = value => new Intl.NumberFormat(document.documentElement.lang).format(value);

const BINARY = { kibibyte: 'KiB', mebibyte: 'MiB' };

/** `60 seconds`, of a number that is text; the text itself if it is no number. */
export function amount(value, unit) {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return machine(value);
  if (BINARY[unit]) return `${number(value)} ${BINARY[unit]}`;
  return new Intl.NumberFormat(document.documentElement.lang, unit ? { style: 'unit', unit, unitDisplay: unit === 'percent' ? 'short' : 'long' } : {}).format(value);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** `812 MB`, in steps of 1,000. */
export function bytes(value) {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const n = value / 1000 ** step;
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: UNITS[step], unitDisplay: step ? 'short' : 'long', maximumFractionDigits: n < 10 ? 1 : 0 }).format(n);
}

export const celsius = thousandths => new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: 'celsius', maximumFractionDigits: 1 }).format(thousandths / 1000);

/** `12 minutes`, `3 days`. */
export function duration(seconds) {
  if (seconds < 60) return plural('seconds', seconds);
  if (seconds < 3600) return plural('minutes', Math.floor(seconds / 60));
  return seconds < 172_800 ? plural('hours', Math.floor(seconds / 3600)) : plural('days', Math.floor(seconds / 86_400));
}

/** Text from a machine, made safe to read: bounded, and without characters that hide or turn others. */
export function machine(value, most = 200) {
  const shown = String(value ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, c => `\\u${c.codePointAt(0).toString(16).padStart(4, '0')}`);
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}
