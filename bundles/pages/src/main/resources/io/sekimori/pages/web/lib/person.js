// Who is signed in, and what they may do. The server checks every right; hiding a button is only courtesy.
const OPERATE = ['OPERATOR', 'ADMINISTRATOR'];
const RELEASE = ['RELEASE_MANAGER', 'ADMINISTRATOR'];
let person = null;

export const who = () => person;

/** Null after signing out. */
export function signedIn(next) {
  person = next;
}

const any = roles => (person?.roles ?? []).some(role => roles.includes(role));

export const mayOperate = () => any(OPERATE);

export const mayRelease = () => any(RELEASE);
