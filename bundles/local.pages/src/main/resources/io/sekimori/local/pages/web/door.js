// The door: sign in; the first time with the activation code that came with the gateway. No default password anywhere.
import { html, nothing } from './lib/lit-html.js';
import { arrive, begin, draw } from './main.js';
import { local } from './local.js';
import { reason } from './lib/parts.js';
import { t } from './lib/text.js';

const input = (name, { type = 'text', complete, hint = '', least = 0 }) => html`<div class="field"><label for=${name}>${t(`door.${name}`)}</label>
<input class="in ${name === 'code' ? 'mono' : ''}" id=${name} name=${name} type=${type} autocomplete=${complete} autocapitalize="none" spellcheck="false" required minlength=${least || nothing} maxlength=${name === 'code' ? 16384 : 256} aria-describedby=${hint ? `${name}-h` : nothing}>
${hint ? html`<span class="hint" id="${name}-h">${hint}</span>` : nothing}</div>`;

const person = () => input('name', { complete: 'username' });
const own = least => input('next', { type: 'password', complete: 'new-password', hint: t('door.password.hint', { n: least }), least });
const again = () => input('again', { type: 'password', complete: 'new-password' });

const KINDS = {
  signin: {
    fields: () => html`${person()}${input('password', { type: 'password', complete: 'current-password', hint: t('door.wait.hint') })}`,
    act: form => local.signIn(form.get('name'), form.get('password')),
  },
  first: {
    fields: least => html`${input('code', { complete: 'one-time-code', hint: t('door.code.hint') })}${person()}${own(least)}${again()}`,
    act: async form => {
      await local.first(form.get('name'), form.get('code'), form.get('next'));
      await local.signIn(form.get('name'), form.get('next'));
    },
  },
  own: {
    fields: least => html`${input('password', { type: 'password', complete: 'current-password' })}${own(least)}${again()}`,
    act: form => local.changePassword(form.get('password'), form.get('next')),
  },
};

/** `session` is that of a person who must choose a password of their own; null if nobody is signed in. */
export function open(session, { first, passwordLeast }) {
  const kind = session ? 'own' : first === 'OPEN' ? 'first' : 'signin';
  let failed = null;
  let busy = false;

  const enter = async event => {
    event.preventDefault();
    const form = new FormData(event.target);
    failed = form.has('again') && form.get('again') !== form.get('next') ? { code: 'PASSWORDS_DIFFER', message: t('door.differ') } : null;
    if (!failed) {
      busy = true;
      draw();
      try {
        await KINDS[kind].act(form);
        await (kind === 'first' ? begin() : arrive());
        return;
      } catch (e) {
        failed = e;
        busy = false;
      }
    }
    draw();
  };

  const refused = () => html`<div class="why" role="alert"><p>${reason(failed.code ?? 'PAGE_FAILED', failed.message, failed.advice)} ${failed.retryAfter ? t('door.retry', { n: failed.retryAfter }) : nothing}</p></div>`;

  const form = () => html`<p>${t(`door.${kind}.say`)}</p><form class="stack" @submit=${enter}>${failed ? refused() : nothing}${KINDS[kind].fields(passwordLeast)}
<button class="btn go" ?disabled=${busy}>${busy ? t('door.busy') : t(`door.${kind}.do`)}</button></form>`;

  return {
    title: t(`door.${kind}`),
    view: () => html`<section class="bay bare stack door-local"><h1>${t(first === 'NO_ACTIVATION' && !session ? 'door.none' : `door.${kind}`)}</h1>
${first === 'NO_ACTIVATION' && !session ? html`<p>${t('door.none.say')}</p><div class="acts"><button class="btn" @click=${arrive}>${t('again')}</button></div>` : form()}</section>`,
  };
}
