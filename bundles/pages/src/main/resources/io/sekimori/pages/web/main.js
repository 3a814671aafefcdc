// Decides which screen an address means, and draws it. A screen is a module with `open(route)`; it answers an object with
// `title`, `view()` and, where it listens to something, `close()`.
import { html, render } from './lib/lit-html.js';
import { api, SignedOut } from './lib/api.js';
import { onContact } from './lib/contact.js';
import { language, load as loadTexts, t } from './lib/text.js';
import { door, shell } from './lib/shell.js';
import { loading, problem } from './lib/parts.js';
import { signedIn, who } from './lib/person.js';
import './lib/keys.js';

const ROUTES = [
  [/^\/signin$/, 'signin', true],
  [/^\/password$/, 'password', true],
  [/^\/fleet$/, 'fleet'],
  [/^\/gateways$/, 'gateways'],
  [/^\/gateways\/(?<id>[^/]+)$/, 'gateway'],
  [/^\/rollouts$/, 'rollouts'],
  [/^\/rollouts\/new$/, 'newrollout'],
  [/^\/rollouts\/(?<id>[^/]+)$/, 'rollout'],
  [/^\/releases$/, 'releases'],
  [/^\/notices$/, 'notices'],
  [/^\/audit$/, 'audit'],
];
const PATIENCE = 300;
const LONG = 5_000;

const app = document.getElementById('app');
let screen = null;
let turn = 0;
let drawing = false;

/** Draws soon, once for however many changes. */
export function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (!screen) return;
    document.title = `${screen.title} · Sekimori`;
    render(screen.bare ? door(screen) : shell(screen, who()), app);
  });
}

/** Goes to an address of this console. */
export function go(address, { replace = false, state = null } = {}) {
  history[replace ? 'replaceState' : 'pushState'](state, '', address);
  return arrive();
}

/** Grey lines while a screen waits for the console, and after a while what it waits for. */
function patience(mine, bare) {
  const show = waitedFor => {
    if (mine !== turn || bare) return;
    screen?.close?.();
    screen = { title: t('loading'), view: () => html`<div class="head"><h1>${t('loading')}</h1></div><section class="bay bare">${loading(waitedFor)}</section>` };
    draw();
  };
  const soon = setTimeout(show, PATIENCE);
  const late = setTimeout(() => show(location.host), LONG);
  return () => { clearTimeout(soon); clearTimeout(late); };
}

async function arrive() {
  const mine = ++turn;
  const address = new URL(location.href);
  if (address.pathname === '/') return go('/fleet', { replace: true });
  const found = ROUTES.map(([pattern, name, bare]) => ({ match: pattern.exec(address.pathname), name, bare }))
    .find(route => route.match);
  const arrived = patience(mine, found?.bare);
  try {
    if (!found) throw Object.assign(new Error(address.pathname), { code: 'PAGE_UNKNOWN', status: 404 });
    if (!found.bare && !who()) {
      signedIn(await api.session());
      if (who().mustChangePassword) return go('/password', { replace: true });
    }
    const module = await import(`./screens/${found.name}.js`);
    if (mine !== turn) return undefined;
    const opened = await module.open({ ...found.match.groups, query: address.searchParams });
    if (mine !== turn) { opened.close?.(); return undefined; }
    screen?.close?.();
    screen = opened;
  } catch (e) {
    if (mine !== turn) return undefined;
    if (e instanceof SignedOut) {
      signedIn(null);
      return go(`/signin?to=${encodeURIComponent(address.pathname + address.search)}`, { replace: true });
    }
    screen?.close?.();
    const title = e.status === 404 ? t('error.notfound') : t('error.title');
    screen = { title, view: () => html`<div class="head"><h1>${t('error.page')}</h1></div>${problem(e, () => arrive())}` };
  } finally {
    arrived();
  }
  draw();
  return undefined;
}

onContact(draw);
addEventListener('popstate', arrive);
document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.target || link.pathname.startsWith('/v1/')) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.href);
});

await loadTexts(language());
render(html``, app);
arrive();
