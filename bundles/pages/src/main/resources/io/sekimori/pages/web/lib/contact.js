// Whether the console answers. While it does not, old data stays, dated, and nothing that changes something can be pressed.
const listeners = new Set();
let since = null;

/** Since when nothing was heard; null while all is well. */
export const lost = () => since;

/** Calls `listener` whenever contact is lost or back. */
export const onContact = listener => listeners.add(listener);

function turn(next) {
  if ((since === null) === (next === null)) return;
  since = next;
  for (const listener of listeners) listener();
}

export const heard = () => turn(null);

export const missed = () => turn(new Date());
