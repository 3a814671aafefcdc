// The chain of trust as a drawing: who vouches for whom, from the root that is kept offline to what a gateway may run.
import { html, svg, nothing } from './lit-html.js';
import { left, number, t } from './text.js';

const PLACES = { 'root': [8, 24, 208, 84], 'targets': [300, 24, 260, 84], 'snapshot': [300, 132, 260, 84], 'timestamp': [300, 240, 260, 84], 'director-root': [8, 240, 208, 84] };

const box = (x, y, width, height, beam, lines) => svg`<g><rect class="box" x=${x} y=${y} width=${width} height=${height}></rect><rect class=${beam} x=${x - 7} y=${y} width=${width + 14} height="4"></rect>
<text class="nm" x=${x + 14} y=${y + 28}>${lines[0]}</text>${lines.slice(1).map((line, i) => svg`<text class=${beam === 'wbeam' && i === 1 ? 'wn' : 'tx'} x=${x + 14} y=${y + 50 + 19 * i}>${line}</text>`)}</g>`;

const role = one => {
  const [x, y, width, height] = PLACES[one.role];
  return box(x, y, width, height, one.state === 'well' ? 'beam' : 'wbeam', [t(`role.meta.${one.role}`), t('chain.version', { n: number(one.version) }), t('chain.ends', { left: left(one.expires) })]);
};

export const chain = roles => html`<svg class="chain" viewBox="0 14 1104 320" role="img" aria-labelledby="chain-t"><title id="chain-t">${t('chain.title')}</title>
<path class="link" d="M216 66H300M216 66H258V174H300M216 66H258V282H300"></path><path class="arrow" d="M300 66l-8-4.500v9zM300 174l-8-4.500v9zM300 282l-8-4.500v9z"></path>
<path class="link dash" d="M430 240V224M430 132V116"></path><path class="arrow" d="M430 216l-4.500 8h9zM430 108l-4.500 8h9z"></path>
<path class="link" d="M560 66H680"></path><path class="arrow" d="M680 66l-8-4.500v9z"></path>
${roles.some(one => one.role === 'director-root') ? svg`<path class="link" d="M112 324V330H782V256"></path><path class="arrow" d="M782 248l-4.500 8h9z"></path>` : nothing}
<path class="link" d="M782 156V132"></path><path class="arrow" d="M782 164l-4.500-8h9z"></path><path class="link" d="M884 206H930"></path><path class="arrow" d="M930 206l-8-4.500v9z"></path>
${roles.map(role)}
${box(680, 24, 204, 84, 'beam', [t('chain.releases'), t('chain.releases.say')])}
${box(680, 164, 204, 84, 'beam', [t('chain.assignment'), t('chain.assignment.say')])}
${box(930, 164, 166, 84, 'beam', [t('gateway'), t('chain.gateway.say')])}
<path class="link" d="M782 108V132"></path></svg>`;
