// Keys of a person's own: none acts while typing, none does harm, and they can be turned off (WCAG 2.1.4).
const STORED = 'single-keys';
const GAP = 1_200;
let began = -Infinity;

export function keysOn() {
  try { return localStorage.getItem(STORED) !== 'off'; } catch { return true; }
}

export function turnKeys(on) {
  try { localStorage.setItem(STORED, on ? 'on' : 'off'); } catch { /* for this page alone */ }
}

const typing = target => target.closest?.('input, textarea, select, [contenteditable]') && target.type !== 'checkbox';

/** The next row of the list, or the one before. */
function move(step) {
  const rows = [...document.querySelectorAll('main table.grid tbody tr')].map(row => row.querySelector('a[href], button')).filter(Boolean);
  if (rows.length === 0) return false;
  const at = rows.findIndex(link => link.closest('tr').contains(document.activeElement));
  rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))].focus();
  return true;
}

function tab(step) {
  const tabs = [...document.querySelectorAll('.tabs a')];
  const at = tabs.findIndex(link => link.getAttribute('aria-current') === 'page');
  const next = tabs[at + step];
  next?.click();
  return Boolean(next);
}

const ACTS = {
  '/': () => { const field = document.querySelector('.find input'); field?.focus(); return Boolean(field); },
  '?': () => { document.getElementById('keys')?.showModal(); return true; },
  'g': () => { began = performance.now(); return true; },
  'j': () => move(1),
  'k': () => move(-1),
  '[': () => tab(-1),
  ']': () => tab(1),
};

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keysOn()) return;
  if (document.querySelector('dialog[open]')) return;
  if (performance.now() - began < GAP) {
    began = -Infinity;
    const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (place) { place.click(); event.preventDefault(); }
    return;
  }
  if (ACTS[event.key]?.()) event.preventDefault();
});
