// What a person chooses for themselves: light or dark, and the language.
import { html } from './lit-html.js';
import { draw } from '../main.js';
import { icon } from './parts.js';
import { language, speak, t } from './text.js';

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme === 'dark'
    || (!root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* for this page alone */ }
}

export const themeButton = () =>
  html`<button class="tool" @click=${theme} aria-label=${t('theme')}>${icon('theme')}</button>`;

export const languageButton = () => {
  const other = language() === 'ja' ? 'en' : 'ja';
  const change = async () => { await speak(other); draw(); };
  return html`<button class="tool" lang=${other} @click=${change}>${other === 'ja' ? '日本語' : 'English'}</button>`;
};
