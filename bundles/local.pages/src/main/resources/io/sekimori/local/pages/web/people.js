// Who may sign in at this gateway, for its administrators: add somebody with a one-time password, make a new one, remove somebody.
import { html, nothing } from './lib/lit-html.js';
import { lost } from './lib/contact.js';
import { draw } from './main.js';
import { local } from './local.js';
import { problem } from './lib/parts.js';
import { machine, t } from './lib/text.js';

const ROLES = ['VIEWER', 'OPERATOR', 'ADMINISTRATOR'];

export class People {
  #list = null;
  #made = null;
  #asked = null;
  #failed = null;
  #busy = false;

  async #act(doing) {
    this.#failed = null;
    this.#asked = null;
    this.#busy = true;
    draw();
    try {
      await doing();
      this.#list = await local.people();
    } catch (e) {
      this.#failed = e;
    }
    this.#busy = false;
    draw();
  }

  #toggle = event => {
    if (event.target.open && this.#list === null) this.#act(async () => {});
    if (!event.target.open) this.#made = null; // what is shown once is not left lying about
    draw();
  };

  #add = event => {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    this.#act(async () => {
      this.#made = await local.addPerson(given.get('person'), [given.get('role')]);
      form.reset();
    });
  };

  get #off() {
    return this.#busy || Boolean(lost());
  }

  #person(one) {
    const sure = this.#asked === one.name;
    return html`<li data-person=${one.name}><span></span><span><b>${machine(one.name, 64)}</b><span class="sub">${one.roles.map(role => t(`role.${role}`)).join(', ')}${one.state === 'ACTIVE' ? '' : ` · ${t(`person.${one.state}`)}`}</span>
<span class="acts"><button class="btn" data-act="reset" ?disabled=${this.#off} @click=${() => this.#act(async () => { this.#made = await local.resetPassword(one.name); })}>${t('people.reset')}<span class="vh">: ${machine(one.name, 64)}</span></button>
<button class="btn" data-act=${sure ? 'sure' : 'remove'} ?disabled=${this.#off} @click=${() => (sure ? this.#act(() => local.removePerson(one.name)) : this.#ask(one.name))}>${t(sure ? 'people.sure' : 'people.remove')}<span class="vh">: ${machine(one.name, 64)}</span></button></span></span><span class="v"></span></li>`;
  }

  #ask(name) {
    this.#asked = name;
    draw();
  }

  #once({ name, oneTimePassword }) {
    return html`<div class="usb" role="status"><p>${t('people.once', { name: machine(name, 64) })}</p><p><code class="otp">${oneTimePassword}</code></p></div>`;
  }

  view() {
    return html`<section class="bay" id="people" aria-labelledby="hp"><header><h2 id="hp">${t('people')}</h2></header>
<details @toggle=${this.#toggle}><summary>${t('people.show')}</summary>
${this.#failed ? problem(this.#failed) : nothing}${this.#made ? this.#once(this.#made) : nothing}
<ul class="health">${(this.#list ?? []).map(one => this.#person(one))}</ul>
<form class="usb" @submit=${this.#add}><div class="field"><label for="person">${t('door.name')}</label><input class="in" id="person" name="person" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="64"></div>
<div class="field"><label for="role">${t('people.role')}</label><select class="in" id="role" name="role">${ROLES.map(role => html`<option value=${role}>${t(`role.${role}`)}</option>`)}</select></div>
<button class="btn" data-act="add" ?disabled=${this.#off}>${t('people.add')}</button></form></details></section>`;
  }
}
