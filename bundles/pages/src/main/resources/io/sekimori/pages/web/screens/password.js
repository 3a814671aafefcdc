// A first password opens nothing but this page.
import { html, nothing } from '../lib/lit-html.js';
import { api } from '../lib/api.js';
import { draw, go } from '../main.js';
import { signedIn } from '../lib/person.js';
import { reason } from '../lib/parts.js';
import { t } from '../lib/text.js';

export async function open() {
  const person = await api.session();
  let failed = null;
  const change = async event => {
    event.preventDefault();
    const form = new FormData(event.target);
    failed = null;
    try {
      if (form.get('next') !== form.get('again')) {
        throw Object.assign(new Error(t('password.differ')), { code: 'PASSWORDS_DIFFER' });
      }
      await api.changePassword(form.get('current'), form.get('next'));
      signedIn(await api.session());
      go('/fleet');
    } catch (e) {
      failed = e;
      draw();
    }
  };
  return {
    title: t('password'),
    bare: true,
    view: () => html`<div><h1>${t('password')}</h1><p class="dim">${person.mustChangePassword ? t('password.why') : nothing}</p></div>
<form class="stack" @submit=${change}>
${failed ? html`<div class="why" role="alert"><p>${reason(failed.code ?? 'PAGE_FAILED', failed.message, failed.advice)}</p></div>` : nothing}
<input type="text" name="username" autocomplete="username" value=${person.name} hidden>
<div class="field"><label for="now">${t('password.current')}</label><input class="in" id="now" name="current" type="password" autocomplete="current-password" required></div>
<div class="field"><label for="next">${t('password.next')}</label><input class="in" id="next" name="next" type="password" autocomplete="new-password" minlength="12" maxlength="256" required aria-describedby="nexth"><span class="hint" id="nexth">${t('password.hint')}</span></div>
<div class="field"><label for="again">${t('password.again')}</label><input class="in" id="again" name="again" type="password" autocomplete="new-password" required></div>
<button class="btn go">${t('password.do')}</button></form>`,
  };
}
