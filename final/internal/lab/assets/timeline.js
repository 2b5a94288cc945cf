// The life of each token: one row a token, one column a step.
import { svg, fill } from './kit.js';
import { texts as all } from './texts.js';

const left = 34, wide = 46, top = 47, high = 22, rows = 12;

const unit = (name, n) => fill(all.sessions.units[name], { n });

// clock is a time of the lab, such as 14 d 00:00:02.
export const clock = (seconds) => {
  const two = (n) => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  return (days ? unit('days', days) + ' ' : '') +
    [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
};

export function timeline({ steps, lives, now }, texts) {
  const first = steps[0].number;
  const shown = lives.filter((l) => l.spans && isIn(l.spans, first)).slice(-rows);
  const edge = left + wide * steps.length, width = edge + left, height = top + high * Math.max(1, shown.length) + 6;
  const x = (number) => left + wide * Math.max(0, number - first);
  const image = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': fill(texts.lineNow, { time: clock(now), tokens: shown.map((l) =>
      `${l.name}: ${texts.words[l.spans.at(-1).state]}`).join(', ') || texts.nothing }) });
  for (const s of steps) {
    image.append(svg('text', { x: x(s.number), y: 12, class: 'small' }, texts.short[s.label] ?? s.label),
      svg('text', { x: x(s.number), y: 25, class: 'small' }, short(s.at)),
      svg('text', { x: x(s.number), y: 38, class: 'small' }, texts.clients[s.who] ?? ''),
      svg('path', { d: `M${x(s.number)} ${top - 6}V${height}`, class: 'rule' }));
  }
  shown.forEach((l, row) => {
    const y = top + high * row;
    for (const at of [2, edge + 6]) image.append(svg('text', { x: at, y: y + 14 }, l.name)); // one is in sight when it scrolls
    l.spans.forEach((s, i) => {
      const end = l.spans[i + 1]?.from ?? steps.at(-1).number + 1;
      if (end > first) image.append(bar(s.state, x(s.from), x(end), y));
    });
  });
  return image;
}

// isIn reports whether a token was of any use in the steps that are shown.
const isIn = (spans, first) => !['ended', 'expired'].includes(spans.at(-1).state) || spans.at(-1).from >= first;

// bar differs by shape, not by colour alone.
function bar(state, from, to, y) {
  const tall = { good: 14, grace: 7, spent: 2 }[state];
  if (tall) return svg('rect', { x: from, y: y + 10 - tall / 2, width: to - from, height: tall, class: 'life ' + state });
  return svg('text', { x: from + 2, y: y + 15, class: 'life ' + state }, state === 'ended' ? '×' : '○');
}

// short is a time for a narrow column.
function short(seconds) {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return seconds < 86400 ? unit('hours', Math.floor(seconds / 3600)) : unit('days', Math.floor(seconds / 86400));
}
