// What people do on a part of the page: one thing at a time, what the gateway then says, and nothing older than that.
import { draw } from './main.js';

export class Acting {
  onAct = () => {};
  seen;
  may;
  failed = null;
  asking = false;
  #ask;
  /** Grows with each thing that is done here: what was asked before is older than that. */
  #turn = 0;

  /** What was seen, whether who is signed in may change it, and how it is asked for anew. */
  constructor(seen, may, ask) {
    this.seen = seen;
    this.may = may;
    this.#ask = ask;
  }

  /** Asks anew, unless something is done here meanwhile. */
  async look() {
    const turn = this.#turn;
    const seen = await this.#ask();
    if (turn === this.#turn) this.seen = seen;
  }

  /** Something was done: what is being asked for just now is older. */
  done() {
    this.#turn++;
  }

  async act(doing) {
    this.failed = null;
    this.asking = true;
    this.done();
    draw();
    try {
      await doing();
      this.seen = await this.#ask();
      this.done();
    } catch (e) {
      this.failed = e;
    }
    this.asking = false;
    this.onAct();
    draw();
  }
}
