// The door. It never says whether an account exists, and never who was here last.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw, go } from '../main.js';
import { signedIn } from '../lib/person.js';
import { reason } from '../lib/parts.js';
import { t } from '../lib/text.js';

export function open({ query }) {
  let failed = null;
  let busy = false;
  const enter = async event => {
    event.preventDefault();
    const form = new FormData(event.target);
    busy = true;
    failed = null;
    draw();
    try {
      await api.signIn(form.get('name'), form.get('password'));
      const person = await api.session();
      signedIn(person);
      const to = query.get('to') ?? '/fleet';
      go(person.mustChangePassword ? '/password' : /^\/(?!\/)/.test(to) ? to : '/fleet');
    } catch (e) {
      failed = e;
      busy = false;
      draw();
      document.getElementById('pw')?.select();
    }
  };
  return {
    title: t('signin'),
    bare: true,
    view: () => html`<div><h1>${t('signin')}</h1></div>
<form class="stack" @submit=${enter}>
${failed ? html`<div class="why" role="alert"><p>${reason(failed.code ?? 'PAGE_FAILED', failed.message, failed.advice)}
${failed.retryAfter ? t('signin.wait', { n: failed.retryAfter }) : nothing}</p></div>` : nothing}
<div class="field"><label for="who">${t('signin.name')}</label><input class="in" id="who" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64"></div>
<div class="field"><label for="pw">${t('signin.password')}</label><input class="in" id="pw" name="password" type="password" autocomplete="current-password" required maxlength="256" aria-describedby="pwh"><span class="hint" id="pwh">${t('signin.hint')}</span></div>
<button class="btn go" ?disabled=${busy}>${busy ? t('signin.busy') : t('signin')}</button></form>`,
  };
}
