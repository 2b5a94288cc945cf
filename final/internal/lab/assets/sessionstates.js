// The states of a session, drawn by hand. The arrow of the last step is lit.
import { svg, fill } from './kit.js';

const places = { none: [70, 22], good: [70, 112], grace: [288, 112], ended: [70, 232], expired: [288, 232] };

// id: path, and where its label begins.
const arrows = {
  login: ['M70 36V96', 78, 70],
  refresh: ['M122 105H232', 148, 99],
  time: ['M236 121H126', 148, 135],
  repeat: ['M260 97C245 45 331 45 316 95', 256, 50],
  'good-ended': ['M40 126V216', 46, 176],
  'grace-ended': ['M256 127L110 216', 132, 216],
  'good-expired': ['M106 126L250 216', 216, 186],
  'grace-expired': ['M288 126V216', 294, 172],
};

// arrowOf is the arrow that the last step went along.
function arrowOf({ before, after, events }) {
  const heard = (name) => (events ?? []).some((e) => e.name === name);
  if ((after === 'ended' || after === 'expired') && before !== after) return `${before}-${after}`;
  if (heard('login')) return 'login';
  if (heard('refresh_repeated')) return 'repeat';
  if (heard('refresh')) return 'refresh';
  return before === 'grace' && after === 'good' && !events?.length ? 'time' : '';
}

export function diagram(last, texts) {
  const lit = arrowOf(last);
  const here = last.after || 'none';
  const image = svg('svg', { viewBox: '0 0 360 256', role: 'img',
    'aria-label': fill(lit ? texts.moved : texts.stands, { state: texts.names[here], arrow: texts.arrows[lit] }) },
    svg('defs', {}, svg('marker', { id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8,
      markerUnits: 'userSpaceOnUse',
      orient: 'auto-start-reverse' }, svg('path', { d: 'M0 0L8 4L0 8z', class: 'head' }))));
  for (const [id, [d, x, y]] of Object.entries(arrows)) {
    image.append(svg('path', { d, class: id === lit ? 'arrow lit' : 'arrow', 'marker-end': 'url(#head)' }),
      svg('text', { x, y, class: id === lit ? 'label lit' : 'label' }, texts.arrows[id]));
  }
  for (const [id, [x, y]] of Object.entries(places)) {
    image.append(svg('rect', { x: x - 52, y: y - 14, width: 104, height: 28, rx: 6, class: id === here ? 'node lit' : 'node' }),
      svg('text', { x, y: y + 4, 'text-anchor': 'middle', class: id === here ? 'lit' : '' }, texts.names[id]));
  }
  return image;
}
