// A pack: what a gateway is to run, in one file for a stick, where no network reaches it. The gateway judges it as any other update.
import { html, nothing } from '../../lib/lit-html.js';
import { SignedOut } from '../../lib/api.js';
import { lost } from '../../lib/contact.js';
import { download, save } from '../../lib/download.js';
import { draw } from '../../main.js';
import { icon, lookOnly, mark, problem } from '../../lib/parts.js';
import { mayOperate } from '../../lib/person.js';
import { bytes, instant, machine, t } from '../../lib/text.js';

const SERVED = ['PROVISIONED', 'ACTIVATED'];
// Of a zip file whose end is there (APPNOTE 4.3.16); the console writes no comment behind it.
const END = [0x50, 0x4b, 5, 6];
const END_BYTES = 22;
const DRAWN = 250;

const complete = async blob => {
  const end = new Uint8Array(await blob.slice(-END_BYTES).arrayBuffer());
  return end.length === END_BYTES && END.every((byte, i) => end[i] === byte);
};

export class Pack {
  #id;
  #making = null;
  #done = 0;
  #all = 0;
  #drawn = 0;
  #made = null;
  #stopped = false;
  #failed = null;

  constructor(id) {
    this.#id = id;
  }

  #progress = (done, headers) => {
    this.#done = done;
    this.#all = Math.max(done, Number(headers.get('Sekimori-File-Bytes') ?? 0));
    if (Date.now() - this.#drawn < DRAWN) return;
    this.#drawn = Date.now();
    draw();
  };

  #make = async () => {
    this.#making = new AbortController();
    this.#made = null;
    this.#failed = null;
    this.#stopped = false;
    this.#done = 0;
    this.#all = 0;
    draw();
    try {
      const { blob, headers } = await download(`/v1/gateways/${encodeURIComponent(this.#id)}/pack`, { signal: this.#making.signal, progress: this.#progress });
      if (!await complete(blob)) throw Object.assign(new Error(''), { code: 'DOWNLOAD_INCOMPLETE' });
      const name = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? `${this.#id}.zip`;
      this.#made = { name, bytes: blob.size, assignment: Number(headers.get('Sekimori-Assignment')), expires: headers.get('Sekimori-Expires') };
      save(blob, name);
    } catch (e) {
      if (e instanceof SignedOut) throw e;
      if (e.name === 'AbortError') this.#stopped = true;
      else this.#failed = e;
    }
    this.#making = null;
    draw();
  };

  #stop = () => this.#making?.abort();

  /** A download that nobody sees any more ends. */
  close() {
    this.#stop();
  }

  #said() {
    if (this.#making) return html`<p role="status">${this.#done ? t('pack.making', { n: bytes(this.#done), all: bytes(this.#all) }) : t('pack.asking')}</p><progress max=${this.#all || 1} value=${this.#done} aria-label=${t('pack')}></progress>`;
    if (this.#made) return html`<div role="status"><p data-made=${this.#made.name}>${mark('ok', 'ok', t('pack.made', { bytes: bytes(this.#made.bytes) }))}</p><p class="mono">${machine(this.#made.name)}</p><p class="note">${t('pack.valid', { n: this.#made.assignment, when: instant(this.#made.expires) })}</p></div>`;
    return this.#stopped ? html`<p role="status">${mark('none', 'mute', t('pack.stopped'))}</p>` : nothing;
  }

  view(gateway) {
    const served = SERVED.includes(gateway.life) && gateway.deviceKey;
    const button = this.#making
      ? html`<button class="btn" id="stop-pack" @click=${this.#stop}>${t('pack.stop')}</button>`
      : html`<button class="btn" id="make-pack" ?disabled=${!served || lost() !== null} @click=${this.#make}>${icon('usb')}${t('pack.make')}</button>`;
    return html`<section class="bay" aria-labelledby="hpk"><header><h2 id="hpk">${t('pack')}</h2></header>
<p class="note">${t('pack.say')}</p>${mayOperate() ? html`<div class="acts">${button}</div>` : lookOnly('OPERATOR')}${served ? nothing : html`<p class="note">${t(gateway.deviceKey ? 'pack.held' : 'pack.keyless', { life: t(`life.${gateway.life}`) })}</p>`}
${this.#failed ? problem(this.#failed) : nothing}${this.#said()}</section>`;
  }
}
