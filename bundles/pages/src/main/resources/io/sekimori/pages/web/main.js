// Decides which screen an address means, and draws it. A screen is a module with `open(route)`; it answers an object with
// `title`, `view()` and, where it listens to something, `close()`.
import { html, render } from './lib/lit-html.js';
import { api, SignedOut } from './lib/api.js';
import { language, load as loadTexts, t } from './lib/text.js';
import { door, shell } from './lib/shell.js';
import { problem } from './lib/parts.js';

const ROUTES = [
  [/^\/signin$/, 'signin', true],
  [/^\/password$/, 'password', true],
  [/^\/gateways$/, 'gateways'],
  [/^\/gateways\/(?<id>[^/]+)$/, 'gateway'],
  [/^\/rollouts$/, 'rollouts'],
  [/^\/rollouts\/new$/, 'newrollout'],
  [/^\/rollouts\/(?<id>[^/]+)$/, 'rollout'],
  [/^\/releases$/, 'releases'],
];

const app = document.getElementById('app');
let screen = null;
let turn = 0;
let person = null;
let drawing = false;

/** Draws soon, once for however many changes. */
export function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (!screen) return;
    document.title = `${screen.title} · Sekimori`;
    render(screen.bare ? door(screen) : shell(screen, person), app);
  });
}

/** Goes to an address of this console. */
export function go(address, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  return arrive();
}

/** Who is signed in; undefined after signing out. */
export function signedIn(who) {
  person = who;
}

async function arrive() {
  const mine = ++turn;
  const address = new URL(location.href);
  if (address.pathname === '/') return go('/gateways', { replace: true });
  const found = ROUTES.map(([pattern, name, bare]) => ({ match: pattern.exec(address.pathname), name, bare }))
    .find(route => route.match);
  try {
    if (!found) throw Object.assign(new Error(address.pathname), { code: 'PAGE_UNKNOWN', status: 404 });
    if (!found.bare && !person) {
      person = await api.session();
      if (person.mustChangePassword) return go('/password', { replace: true });
    }
    const module = await import(`./screens/${found.name}.js`);
    if (mine !== turn) return undefined;
    screen?.close?.();
    screen = null;
    const opened = await module.open({ ...found.match.groups, query: address.searchParams });
    if (mine !== turn) { opened.close?.(); return undefined; }
    screen = opened;
  } catch (e) {
    if (mine !== turn) return undefined;
    if (e instanceof SignedOut) {
      person = null;
      return go(`/signin?to=${encodeURIComponent(address.pathname + address.search)}`, { replace: true });
    }
    screen?.close?.();
    screen = { title: t('error.title'), view: () => problem(e, () => arrive()) };
  }
  draw();
  return undefined;
}

addEventListener('popstate', arrive);
document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.target || link.pathname.startsWith('/v1/')) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.href);
});

// Keys: "/" searches; "g" then a letter goes somewhere. Never while typing, and none does harm.
let wait = 0;
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === '/') {
    const find = document.querySelector('.find input');
    if (find) { find.focus(); event.preventDefault(); }
    return;
  }
  if (event.key === 'g') { wait = performance.now(); return; }
  if (performance.now() - wait < 1200) document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
  wait = 0;
});

await loadTexts(language());
render(html``, app);
arrive();
