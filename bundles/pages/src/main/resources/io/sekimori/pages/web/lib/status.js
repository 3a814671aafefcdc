// What a gateway says of itself, in parts: findings, health, resources, certificates, verdicts. Text of a device is shown as text.
import { html, nothing } from './lit-html.js';
import { advice } from './codes.js';
import { empty, fact, mark, shape } from './parts.js';
import { bytes, celsius, duration, instant, left, machine, number, t } from './text.js';

const HEALTH = { OK: ['ok', 'ok'], WARN: ['warn', 'warn'], TEMPORARILY_UNAVAILABLE: ['warn', 'warn'] };

const form = status => HEALTH[status] ?? ['stop', 'stop'];

export const red = one => form(one.status)[0] === 'stop';

/** Of a silent gateway the last verdict is not shown as if it were one of now. */
export function verdict(one, heard) {
  if (!one.verdict) return html`<span class="dim">${t('unknown')}</span>`;
  if (!heard) return html`<span class="verdict mute">${shape('silent')}${t('trust.unchecked')}</span>`;
  return one.verdict === 'vouched'
    ? html`<span class="verdict ok">${shape('seal')}${t('trust.vouched')}</span>`
    : html`<span><span class="verdict stop">${shape('stop')}${t('trust.refused')}</span> <code class="reason">${machine(one.code, 64)}</code><span class="sub">${advice(one.code)}</span></span>`;
}

/** What needs a look, each with its code and what to do. */
export const findings = (found, dated) => html`<section class="bay" aria-labelledby="hfi"><header><h2 id="hfi">${t('status.findings')}</h2><span class="say">${dated}</span></header>
<ol class="todo">${found.map(one => html`<li><span class="m warn">${shape('warn')}</span><div><h3>${machine(one.detail || one.code, 300)}</h3><p>${advice(one.code)}</p>
<div class="meta"><code class="reason">${machine(one.code, 64)}</code>${one.since ? html`<span>${t('status.since', { when: instant(one.since) })}</span>` : nothing}</div></div></li>`)}</ol></section>`;

export const health = (checks, dated) => html`<section class="bay" aria-labelledby="hh"><header><h2 id="hh">${t('status.health')}</h2><span class="say">${dated}</span></header>
${checks.length === 0 ? empty(t('status.health.none'), t('status.health.none.say')) : html`<ul class="health">${[...checks].sort((a, b) => rank(a) - rank(b)).map(one => html`<li><span class=${form(one.status)[1]}>${shape(form(one.status)[0])}</span><span>${machine(one.name, 80)}${one.message ? html`<span class="sub">${machine(one.message, 300)}</span>` : nothing}</span><span class="v">${t(`health.${one.status}`)}</span></li>`)}</ul>`}</section>`;

const rank = one => ['stop', 'warn', 'ok'].indexOf(form(one.status)[0]);

const has = (resources, ...names) => names.every(name => resources[name] !== undefined);

/** What a machine does not have is absent. */
export const resources = (one, dated) => html`<section class="bay" aria-labelledby="hr"><header><h2 id="hr">${t('status.resources')}</h2><span class="say">${dated}</span></header>
<dl class="facts">${has(one, 'cpuPercent') ? fact(t('cpu'), `${number(one.cpuPercent)} %`) : nothing}
${has(one, 'memoryAvailableBytes', 'memoryTotalBytes') ? fact(t('memory'), t('free.of', { free: bytes(one.memoryAvailableBytes), all: bytes(one.memoryTotalBytes) })) : nothing}
${has(one, 'processBytes') ? fact(t('process'), bytes(one.processBytes)) : nothing}
${has(one, 'diskFreeBytes', 'diskTotalBytes') ? fact(t('disk'), t('free.of', { free: bytes(one.diskFreeBytes), all: bytes(one.diskTotalBytes) })) : nothing}
${has(one, 'temperatureMilliCelsius') ? fact(t('temperature'), celsius(one.temperatureMilliCelsius)) : nothing}
${has(one, 'uptimeSeconds') ? fact(t('uptime'), duration(one.uptimeSeconds)) : nothing}
${has(one, 'processSeconds') ? fact(t('uptime.process'), duration(one.processSeconds)) : nothing}</dl></section>`;

const SOON = 30 * 86_400_000;
const ENDLESS = 100 * 365 * 86_400_000;

const common = name => machine((/(?:^|,)CN=([^,]+)/.exec(name) ?? [name, name])[1], 140);

/** When they end; a month before is soon, as the gateway itself has it. */
export const certificates = (list, dated) => html`<section class="bay" aria-labelledby="hc"><header><h2 id="hc">${t('certificates')}</h2><span class="say">${dated}</span></header>
${list.length === 0 ? html`<p class="note">${t('certificates.none')}</p>` : html`<ul class="clocks">${list.map(one => {
    const rest = new Date(one.notAfter) - Date.now();
    const [shown, tone] = rest < 0 ? ['stop', 'stop'] : rest < SOON ? ['warn', 'warn'] : ['ok', 'ok'];
    return html`<li><span class=${tone}>${shape(shown)}</span><span title=${machine(one.name)}>${common(one.name)}</span><span class="num dim" title=${one.notAfter}>${rest > ENDLESS ? t('certificates.endless') : left(one.notAfter)}</span></li>`;
  })}</ul>`}</section>`;

/** One word for a whole status. */
export function summary(status) {
  const refused = status.bundles.filter(one => one.verdict !== 'vouched').length;
  if (refused > 0 || status.health.some(red)) return mark('stop', 'stop', t('status.red'));
  return status.findings.length > 0 ? mark('warn', 'warn', t('status.look')) : mark('ok', 'ok', t('status.well'));
}
