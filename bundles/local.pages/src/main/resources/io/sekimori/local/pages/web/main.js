// The page of one gateway for people beside it: who may come in, and then how it is and what can be done here.
import { html, render, nothing } from './lib/lit-html.js';
import { SignedOut } from './lib/ask.js';
import { languageButton, themeButton } from './lib/choices.js';
import { onContact } from './lib/contact.js';
import { logo, problem } from './lib/parts.js';
import { language, load, t } from './lib/text.js';
import { local } from './local.js';
import * as door from './door.js';
import * as home from './home.js';
import * as setup from './setup.js';

const app = document.getElementById('app');
let screen = null;
let drawing = false;

/** Draws soon, once for however many changes. */
export function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (!screen) return;
    document.title = `${screen.title} · Sekimori`;
    render(html`<div class="local"><header class="lhead"><span class="brand">${logo}<span><b>${screen.name ?? 'Sekimori'}</b><small>${screen.model ?? t('gateway')}</small></span></span>
<span class="grow"></span>${languageButton()}${themeButton()}</header><main class="body" id="main">${screen.view()}</main></div>`, app);
  });
}

/** Shows what the gateway lets this person see: its door, or how it is. */
export const arrive = () => come(home);

/** The same, for who just became the first person. */
export const begin = () => come(setup);

async function come(within) {
  screen?.close?.();
  try {
    const session = await local.session().catch(e => { if (e instanceof SignedOut) return null; throw e; });
    screen = session && !session.mustChangePassword ? await within.open(session) : await door.open(session, await local.greeting());
  } catch (e) {
    screen = { title: t('error.title'), view: () => html`<h1 class="vh">${t('gateway.this')}</h1>${problem(e, arrive)}` };
  }
  draw();
}

onContact(draw);
await load(language());
render(nothing, app);
arrive();
