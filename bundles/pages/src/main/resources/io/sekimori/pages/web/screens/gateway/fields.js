// An attribute of Metatype becomes a field, by type and cardinality; a type that is not known is shown and never guessed.
import { html, nothing } from '../../lib/lit-html.js';
import { icon } from '../../lib/parts.js';
import { machine, number, t } from '../../lib/text.js';

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
  const form = WHOLE.includes(attribute.type) ? /^-?\d+$/ : FRACTION.includes(attribute.type) ? /^-?\d+(\.\d+)?$/ : null;
  return form && all.some(each => each !== '' && !form.test(each)) ? t(WHOLE.includes(attribute.type) ? 'field.whole' : 'field.number') : '';
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

/** `value` is what the field holds, `set` is told what a person makes of it. */
export function field(attribute, value, set, off) {
  const id = `a-${attribute.id}`;
  const before = attribute.type === 'PASSWORD' ? '' : attribute.value;
  const changed = !same(value, before);
  const wrong = changed ? fault(attribute, value) : '';
  if (!KNOWN.includes(attribute.type)) {
    return html`<div class="field"><span class="lab">${machine(attribute.name, 120)}</span><span class="mono">${shown(attribute.value)}</span><span class="hint">${t('field.unknown', { type: machine(attribute.type, 40) })}</span></div>`;
  }
  const several = attribute.cardinality !== 1 && attribute.type !== 'PASSWORD';
  return html`<div class="field ${changed ? 'changed' : ''} ${several ? 'wide' : ''}"><label for=${id}>${machine(attribute.name, 120)}</label>${control(attribute, id, value, set, off)}
<span class="hint" id="${id}-h">${machine(attribute.description, 500)} <span class="dim">${hint(attribute, several)}</span></span>
${changed ? html`<span class="was">${attribute.type === 'PASSWORD' ? t('secret.replaced') : html`${t('field.before')} <s>${shown(attribute.value)}</s>`}</span>` : nothing}
${wrong ? html`<span class="stop" role="alert">${wrong}</span>` : nothing}</div>`;
}

function hint(attribute, several) {
  if (attribute.type === 'PASSWORD') return t('secret.keep');
  const most = Math.abs(attribute.cardinality);
  return `${several && most < 10_000 ? t('field.most', { n: number(most) }) : ''} ${t('field.default', { value: attribute.type === 'BOOLEAN' ? t(attribute.default === 'true' ? 'on' : 'off') : shown(attribute.default) })}`;
}
