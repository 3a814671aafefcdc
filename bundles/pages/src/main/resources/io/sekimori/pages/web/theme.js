// Loaded in <head> before the first paint so that the chosen theme never flashes. No other work belongs here.
let kept = null;
try { kept = localStorage.getItem('theme'); } catch { /* storage refused: follow the system */ }
if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
