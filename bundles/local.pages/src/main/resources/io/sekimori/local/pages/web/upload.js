// Brings a file from this phone to the gateway. XMLHttpRequest, since fetch does not say how far it is.
import { html, nothing } from './lib/lit-html.js';
import { draw } from './main.js';
import { icon, problem } from './lib/parts.js';
import { bytes, language, t } from './lib/text.js';

const named = name => name.replace(/[^A-Za-z0-9._-]/g, '-').slice(-100) || 'update.zip';

export class Upload {
  #request = null;
  #sent = 0;
  #all = 0;
  #failed = null;
  #done;

  /** `done` is given the pack that came of it. */
  constructor(done) {
    this.#done = done;
  }

  get running() {
    return this.#request !== null;
  }

  stop() {
    this.#request?.abort();
  }

  #begin = event => {
    const file = event.target.files[0];
    event.target.value = '';
    if (!file) return;
    const request = new XMLHttpRequest();
    this.#request = request;
    this.#failed = null;
    this.#sent = 0;
    this.#all = file.size;
    request.upload.onprogress = told => { this.#sent = told.loaded; draw(); };
    request.onload = () => this.#ended(request);
    request.onerror = () => this.#fail({ code: 'UPLOAD_INCOMPLETE', message: t('upload.lost') });
    request.onabort = () => this.#fail(null);
    request.open('PUT', `/v1/local/upload?name=${encodeURIComponent(named(file.name))}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Sekimori', '1');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Accept-Language', language());
    request.send(file);
    draw();
  };

  #ended(request) {
    let json = {};
    try { json = JSON.parse(request.responseText); } catch { /* not JSON: the status says enough */ }
    if (request.status !== 201) {
      this.#fail({ code: json.code ?? `HTTP_${request.status}`, message: json.detail ?? '', advice: json.advice, status: request.status });
      return;
    }
    this.#request = null;
    this.#done(json);
    draw();
  }

  #fail(problem) {
    this.#request = null;
    this.#failed = problem;
    draw();
  }

  view(off) {
    if (this.running) {
      return html`<div class="usb" role="status"><p>${t('uploading', { n: bytes(this.#sent), all: bytes(this.#all) })}</p><progress max=${this.#all || 1} value=${this.#sent} aria-label=${t('upload')}></progress>
<button class="btn" @click=${() => this.stop()}>${t('upload.stop')}</button></div>`;
    }
    return html`${this.#failed ? problem(this.#failed) : nothing}<div class="usb"><label class="btn file ${off ? 'off' : ''}">${icon('down')}${t('upload')}<input class="vh" type="file" id="file" accept=".zip" ?disabled=${off} @change=${this.#begin}></label></div>`;
  }
}
