// An attribute of Metatype becomes a field, by type and cardinality; a type that is not known is shown and never guessed.
import { html, nothing } from '../../lib/lit-html.js';
import { icon } from '../../lib/parts.js';
import { amount, machine, number, t } from '../../lib/text.js';

const WHOLE = ['LONG', 'INTEGER', 'SHORT', 'BYTE'];
const FRACTION = ['DOUBLE', 'FLOAT'];
const KNOWN = ['STRING', 'CHARACTER', 'BOOLEAN', 'PASSWORD', ...WHOLE, ...FRACTION];
const RADIOS = 4;

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A value in words; an empty one too. */
export const shown = value => (Array.isArray(value) ? value.map(each => machine(each, 60)).join(', ') : machine(value, 120)) || t('value.empty');

/** What is wrong with a value, as far as this page can tell; the gateway checks all of it again. */
export function fault(attribute, value) {
  const all = Array.isArray(value) ? value : [value];
  if (attribute.type !== 'PASSWORD' && attribute.required && all.every(each => each === '')) return t('field.required');
  const given = all.filter(each => each !== '');
  const form = WHOLE.includes(attribute.type) ? /^-?\d+$/ : FRACTION.includes(attribute.type) ? /^-?\d+(\.\d+)?$/ : null;
  if (!form) return '';
  if (given.some(each => !form.test(each))) return t(WHOLE.includes(attribute.type) ? 'field.whole' : 'field.number');
  if (given.some(each => Number(each) < Number(attribute.min))) return t('field.least', { least: amount(attribute.min, attribute.unit) });
  return given.some(each => Number(each) > Number(attribute.max)) ? t('field.greatest', { most: amount(attribute.max, attribute.unit) }) : '';
}

const numeric = type => WHOLE.includes(type) || FRACTION.includes(type);

/** One choice of several that are named. */
function choice(attribute, id, value, set, off) {
  const options = attribute.type === 'BOOLEAN' ? [['true', t('on')], ['false', t('off')]] : attribute.options.map(option => [option, machine(option, 60)]);
  if (options.length > RADIOS) {
    return html`<select class="in" id=${id} ?disabled=${off} @change=${event => set(event.target.value)}>${options.map(([option, word]) => html`<option value=${option} ?selected=${option === value}>${word}</option>`)}</select>`;
  }
  return html`<span class="radios">${options.map(([option, word], i) => html`<label class="check"><input type="radio" name=${id} id=${i === 0 ? id : `${id}-${i}`} .checked=${option === value} ?disabled=${off} @change=${() => set(option)}>${word}</label>`)}</span>`;
}

const text = (attribute, id, value, set, off) => html`<input class="in ${numeric(attribute.type) ? 'num' : ''}" id=${id} .value=${value} ?disabled=${off} inputmode=${numeric(attribute.type) ? 'decimal' : 'text'} spellcheck="false" autocomplete="off" aria-describedby="${id}-h" @input=${event => set(event.target.value)}>`;

/** New value only: what is set never comes out of a gateway. */
const password = (attribute, id, value, set, off) => html`<input class="in" id=${id} type="password" autocomplete="new-password" .value=${value} ?disabled=${off} placeholder=${attribute.set ? t('secret.set') : t('secret.unset')} maxlength="4096" aria-describedby="${id}-h" @input=${event => set(event.target.value)}>`;

/** Several values in rows that are added, removed and moved with buttons. */
function rows(attribute, id, values, set, off) {
  const most = Math.abs(attribute.cardinality);
  const put = (i, value) => set(values.map((each, at) => (at === i ? value : each)));
  const row = (value, i) => html`<span class="row"><input class="in" id=${i === 0 ? id : `${id}-${i}`} aria-label=${t('field.nth', { name: machine(attribute.name, 80), n: i + 1 })} .value=${value} ?disabled=${off} spellcheck="false" autocomplete="off" @input=${event => put(i, event.target.value)}>
<button class="btn" type="button" ?disabled=${off || i === 0} aria-label=${t('field.up', { n: i + 1 })} @click=${() => set([...values.slice(0, i - 1), value, values[i - 1], ...values.slice(i + 1)])}><span aria-hidden="true">↑</span></button>
<button class="btn" type="button" ?disabled=${off} aria-label=${t('field.remove', { n: i + 1 })} @click=${() => set(values.filter((each, at) => at !== i))}>${icon('close')}</button></span>`;
  return html`<span class="rows">${values.map(row)}<button class="btn" type="button" id=${values.length === 0 ? id : `${id}-add`} ?disabled=${off || values.length >= most} @click=${() => set([...values, ''])}>${icon('plus')}${t('field.add')}</button></span>`;
}

function control(attribute, id, value, set, off) {
  if (attribute.type === 'PASSWORD') return password(attribute, id, value, set, off);
  if (attribute.cardinality !== 1) return rows(attribute, id, value, set, off);
  if (attribute.type === 'BOOLEAN' || attribute.options.length > 0) return choice(attribute, id, value, set, off);
  return text(attribute, id, value, set, off);
}

const plain = (attribute, value) => (attribute.type === 'BOOLEAN' ? t(value === 'true' ? 'on' : 'off') : numeric(attribute.type) && !Array.isArray(value) ? amount(value, attribute.unit) || t('value.empty') : shown(value));

/** Whether the value can be given up, so that what the bundle itself has counts again. */
const mayGoBack = (attribute, value) => (attribute.type === 'PASSWORD' ? attribute.set && !attribute.required : !same(value, attribute.default) && !(attribute.required && String(attribute.default) === ''));

/** `value` is what the field holds, `set` is told what a person makes of it, `back` if they want the default; `gone` says they do. */
export function field(attribute, value, { set, back, gone, off }) {
  const id = `a-${attribute.id}`;
  const secret = attribute.type === 'PASSWORD';
  const changed = gone || !same(value, secret ? '' : attribute.value);
  const wrong = changed && !gone ? fault(attribute, value) : '';
  if (!KNOWN.includes(attribute.type)) {
    return html`<div class="field"><span class="lab">${machine(attribute.name, 120)}</span><span class="mono">${shown(attribute.value)}</span><span class="hint">${t('field.unknown', { type: machine(attribute.type, 40) })}</span></div>`;
  }
  const several = attribute.cardinality !== 1 && !secret;
  return html`<div class="field ${changed ? 'changed' : ''} ${several ? 'wide' : ''}"><label for=${id}>${machine(attribute.name, 120)}</label>${control(attribute, id, value, set, off)}
<span class="hint" id="${id}-h">${machine(attribute.description, 500)} <span class="dim">${hint(attribute, several)}</span></span>
${changed ? html`<span class="was">${secret ? t(gone ? 'secret.removed' : 'secret.replaced') : html`${t('field.before')} <s>${plain(attribute, attribute.value)}</s>`}</span>` : nothing}
${wrong ? html`<span class="stop" role="alert">${wrong}</span>` : nothing}
${!gone && mayGoBack(attribute, value) ? html`<button class="btn bare back" type="button" data-back=${attribute.id} ?disabled=${off} @click=${back}>${t(secret ? 'secret.remove' : 'field.back')}<span class="vh">: ${machine(attribute.name, 120)}</span></button>` : nothing}</div>`;
}

function hint(attribute, several) {
  if (attribute.type === 'PASSWORD') return t('secret.keep');
  const most = Math.abs(attribute.cardinality);
  return `${several && most < 10_000 ? t('field.most', { n: number(most) }) : ''} ${range(attribute)} ${t('field.default', { value: plain(attribute, attribute.default) })}`;
}

/** Between what a number has to lie, unless its description says so already. */
function range({ min, max, unit, description }) {
  const said = String(description ?? '').match(/\d+/g) ?? [];
  if ([min, max].every(bound => bound === undefined || said.includes(bound))) return '';
  if (min !== undefined && max !== undefined) return t('field.range', { least: number(min), most: amount(max, unit) });
  if (min !== undefined) return t('field.least', { least: amount(min, unit) });
  return max === undefined ? '' : t('field.greatest', { most: amount(max, unit) });
}
