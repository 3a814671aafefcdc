// What stands around every screen: rail, path, language, light or dark, the person. And the door of sign-in.
import { html, nothing } from './lit-html.js';
import { api } from './api.js';
import { go } from '../main.js';
import { languageButton, themeButton } from './choices.js';
import { keysOn, turnKeys } from './keys.js';
import { icon, logo, offline } from './parts.js';
import { signedIn } from './person.js';
import { machine, t, zone } from './text.js';

const PLACES = [
  ['fleet', '/fleet', 'f'],
  ['gateways', '/gateways', 'g'],
  ['rollouts', '/rollouts', 'r'],
  ['releases', '/releases', 'l'],
  ['notices', '/notices', 'n'],
  ['audit', '/audit', 'a'],
];
const KEYS = [['/', 'search'], ['g f', 'fleet'], ['g g', 'gateways'], ['g r', 'rollouts'], ['g l', 'releases'], ['g n', 'notices'], ['g a', 'audit'], ['j', 'down'], ['k', 'up'], ['[', 'left'], [']', 'right'], ['Esc', 'close'], ['?', 'help']];

async function leave() {
  try { await api.signOut(); } finally { signedIn(null); go('/signin'); }
}

const link = ([name, href, key]) => html`<a href=${href} data-go=${key}
aria-current=${location.pathname.startsWith(href) ? 'page' : nothing}>${icon(name)}${t(`place.${name}`)}</a>`;

function find(event) {
  event.preventDefault();
  const word = new FormData(event.target).get('q').trim();
  if (!word) return;
  if (/^g-[a-z2-7]{12}$/.test(word)) go(`/gateways/${word}`);
  else if (/^[A-Z][A-Z0-9_]+_[A-Z0-9_]+$/.test(word)) go(`/audit?reason=${encodeURIComponent(word)}`);
  else go(`/gateways?serial=${encodeURIComponent(word)}`);
}

const menu = () => html`<dialog id="menu" class="sheet" aria-label=${t('main')} @click=${event => event.currentTarget.close()}>
<nav aria-label=${t('main')}>${PLACES.map(([name, href]) => html`<a href=${href} aria-current=${location.pathname.startsWith(href) ? 'page' : nothing}>${icon(name)}${t(`place.${name}`)}</a>`)}</nav>
<button class="btn">${t('close')}</button></dialog>`;

const help = () => html`<dialog id="keys" aria-labelledby="keysh"><h2 id="keysh">${t('keys')}</h2>
<dl class="facts">${KEYS.map(([key, name]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${t(`keys.${name}`)}</dd></div>`)}</dl>
<label class="check"><input type="checkbox" .checked=${keysOn()} @change=${event => turnKeys(event.target.checked)}> ${t('keys.on')}</label>
<form method="dialog" class="acts"><button class="btn">${t('close')}</button></form></dialog>`;

export const shell = (screen, person) => html`<a class="skip" href="#main">${t('skip')}</a>
<div class="app"><aside class="rail" aria-label=${t('places')}><a class="brand" href="/fleet">${logo}<span><b>Sekimori</b><small>${location.hostname}</small></span></a>
<nav aria-label=${t('main')}>${PLACES.map(link)}</nav>
<div class="foot"><button class="tool" @click=${() => document.getElementById('keys').showModal()}>${t('keys')} <kbd>?</kbd></button><br>${t('zone', { zone: zone() })}</div></aside>
<div class="main">
<header class="top"><button class="tool only-phone" aria-label=${t('menu')} @click=${() => document.getElementById('menu').showModal()}>${icon('menu')}</button><a class="brand only-phone" href="/fleet" aria-label="Sekimori">${logo}</a>
<nav class="crumbs not-phone" aria-label=${t('where')}>${screen.crumbs?.() ?? html`<span>${screen.title}</span>`}</nav><span class="grow"></span>
${screen.live?.() ?? nothing}<form role="search" @submit=${find}><label class="find">${icon('search')}<span class="vh">${t('search')}</span><input name="q" type="search" placeholder=${t('search')} maxlength="200"><kbd>/</kbd></label></form>
${languageButton()}${themeButton()}
${person ? html`<button class="me" @click=${leave} title=${t('signout')} aria-label=${`${machine(person.name)}: ${t('signout')}`}>${person.name.slice(0, 2).toUpperCase()}</button>` : nothing}</header>
<main class="page" id="main" tabindex="-1">${offline()}${screen.view()}</main></div></div>${menu()}${help()}`;

export const door = screen => html`<div class="door">
<header class="scene">${scene()}<a class="brand" href="/signin">${logo}<span><b>Sekimori</b><small>${location.hostname}</small></span></a><p class="cap">${t('cap')}</p></header>
<main class="entry">${screen.view()}
<div class="foot"><span>${location.host}</span>${languageButton()}${themeButton()}</div></main></div>`;

const scene = () => html`<svg class="art" viewBox="0 0 760 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
<circle class="moon" cx="574" cy="196" r="40"/>
<path class="hill0" d="M0 470 C110 410 190 330 270 345 C350 360 400 430 500 400 C610 365 690 300 760 318 V900 H0z"/>
<path class="hill1" d="M0 560 C120 500 230 470 330 492 C440 516 540 470 640 452 C700 442 740 452 760 458 V900 H0z"/>
<path class="hill2" d="M0 660 C90 622 210 596 320 602 C440 608 540 590 640 596 C700 600 740 612 760 618 V900 H0z"/>
<path class="road" d="M196 900 C250 846 280 806 304 768 C330 726 392 700 396 664 C398 642 380 626 372 604 H383 C396 624 424 640 424 666 C424 704 436 732 456 766 C482 808 520 850 568 900z"/>
<g class="fence"><path d="M0 694h236v6H0zM0 732h236v6H0zM524 694h236v6H524zM524 732h236v6H524z"/><path d="M18 672h7v100h-7zM62 672h7v100h-7zM106 672h7v100h-7zM150 672h7v100h-7zM194 672h7v100h-7zM559 672h7v100h-7zM603 672h7v100h-7zM647 672h7v100h-7zM691 672h7v100h-7zM735 672h7v100h-7z"/></g>
<g class="leaf"><path d="M268 560 316 584V760L268 786zM492 560 444 584V760L492 786z" class="pane"/><path d="M268 560 316 584V760L268 786zM284 568V777M300 576V769M268 604 316 622M268 648 316 660M268 692 316 698M268 738 316 734M492 560 444 584V760L492 786zM476 568V777M460 576V769M492 604 444 622M492 648 444 660M492 692 444 698M492 738 444 734"/></g>
<path class="g" d="M176 508h408v30H176zM236 470h32v318h-32zM492 470h32v318h-32z"/>
<path class="g" d="M226 780h52v16h-52zM482 780h52v16h-52z"/>
</svg>`;
