// Before harm: the effect and what stays are named, the number has to be typed, and the safe choice has focus.
import { html, nothing } from './lit-html.js';
import { draw } from '../main.js';
import { t } from './text.js';

const ID = 'before-harm';

export class Harm {
  #question = null;
  #typed = '';

  /** Asks; `done` is called only if the person typed `word` and pressed `act`. */
  ask(question) {
    this.#question = question;
    this.#typed = '';
    draw();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const dialog = document.getElementById(ID);
      if (dialog && !dialog.open) dialog.showModal();
      document.getElementById('keep')?.focus();
    }));
  }

  #type = event => { this.#typed = event.target.value.trim(); draw(); };

  #leave = () => { document.getElementById(ID)?.close(); };

  #closed = () => { this.#question = null; draw(); };

  #go = event => {
    event.preventDefault();
    const { word, done } = this.#question;
    if (this.#typed !== word) return;
    this.#leave();
    done();
  };

  dialog() {
    const asked = this.#question;
    return html`<dialog id=${ID} aria-labelledby="askh" @close=${this.#closed}>${asked ? html`<form class="stack" @submit=${this.#go}><h2 id="askh">${asked.title}</h2>
<p>${asked.effect}</p><p class="note">${asked.stays}</p>
<div class="field"><label for="cf">${t('ask.type', { word: asked.word })}</label><input class="in mono" id="cf" inputmode="numeric" autocomplete="off" .value=${this.#typed} @input=${this.#type}></div>
<div class="acts"><button class="btn" type="button" id="keep" @click=${this.#leave}>${t('ask.keep')}</button><button class="btn cut" ?disabled=${this.#typed !== asked.word}>${asked.act}</button></div></form>` : nothing}</dialog>`;
  }
}
