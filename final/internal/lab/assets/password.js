// The panel of chapter 04: what a hash costs here and a thief, and what a flood costs others.
import { h, svg, fill, guess, judged } from './kit.js';
import { texts as all, language } from './texts.js';

// Eight small letters: what a thief tries first.
const words = 26 ** 8;
const limits = { quick: 10, middle: 100, slow: Infinity }; // milliseconds below which a guess is right

export function mount(element, texts, api) {
  const output = h('div', { class: 'result', 'aria-live': 'polite' }), state = h('p', { role: 'status' });
  const slider = (name, min, max, value) => {
    const shown = h('output', {}, String(value));
    const input = h('input', { type: 'range', min, max, value, 'data-slider': name,
      oninput: () => { shown.textContent = input.value; } });
    return { input, row: h('label', { class: 'slider' }, h('span', {}, texts[name], ' ', shown), input) };
  };
  const memory = slider('memory', 1, 64, 7), passes = slider('passes', 1, 10, 5);
  element.append(h('p', {}, texts.lead), memory.row, passes.row,
    guess(texts.question, texts.answers, all.guess, measure), state, output, flood(texts, api));

  async function measure(id) {
    state.textContent = texts.measuring;
    try {
      const m = await api.post('password/measure', { memoryKiB: memory.input.value * 1024, passes: Number(passes.input.value) });
      output.replaceChildren(...result(m, id));
      state.textContent = '';
    } catch (error) {
      state.textContent = error.status === 503 ? texts.busy : ''; // the table before stays
    }
  }

  function result(m, id) {
    const truth = Object.keys(limits).find((k) => m.argon2id < limits[k]);
    const names = [fill(texts.argon2id, { memory: memory.input.value, passes: passes.input.value }),
      fill(texts.bcrypt, { cost: m.bcryptCost }), texts.sha256];
    const rows = [m.argon2id, m.bcrypt, m.sha256].map((ms, i) => {
      const one = m.processors * 1000 / ms;
      return h('tr', {}, h('th', { scope: 'row' }, names[i]), ...[number(ms), number(one), number(1000 * one),
        duration(words / (1000 * one), texts.durations)].map((t) => h('td', {}, t)));
    });
    return [judged(id, truth, texts.answers, all.guess),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': texts.caption }, h('table', {},
      h('caption', {}, fill(texts.processors, { n: m.processors })),
      h('thead', {}, h('tr', {}, ...texts.columns.map((c) => h('th', { scope: 'col' }, c)))), h('tbody', {}, ...rows))),
    h('p', {}, texts.gpu), h('p', {}, texts.by, ' ', api.exercise('4.4'))].filter(Boolean);
  }
}

const number = (n) => new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(n);

// duration is seconds in the largest unit that fits.
function duration(seconds, units) {
  const sizes = [['years', 31557600], ['days', 86400], ['hours', 3600], ['minutes', 60], ['seconds', 1]];
  const [unit, size] = sizes.find(([, s]) => seconds >= s) ?? sizes.at(-1);
  return fill(units[unit], { n: number(seconds / size) });
}

// flood runs the attack while the page asks how it goes.
function flood(texts, api) {
  const picture = h('div'), told = h('div', { 'aria-live': 'polite' });
  const draw = (points) => picture.replaceChildren(plot(points, texts));
  let stop = null;
  const button = h('button', { type: 'button', class: 'quiet', disabled: true, onclick: () => stop?.abort() }, texts.stop);
  return h('div', { id: 'flood' }, h('h3', {}, texts.flood), h('p', {}, texts.floodLead),
    guess(texts.floodQuestion, texts.floodAnswers, all.guess, start), button, picture, told);

  async function start(id) {
    if (stop) return;
    stop = new AbortController();
    button.disabled = false;
    told.replaceChildren();
    picture.replaceChildren();
    const look = setInterval(async () => draw(await api.get('password/flood')), 300);
    try {
      const points = await api.post('password/flood', {}, stop.signal);
      draw(points);
      tell(points, id);
    } catch (error) {
      if (stop.signal.aborted || error.status === 503) {
        told.replaceChildren(h('p', { class: 'bad' }, stop.signal.aborted ? texts.stopped : texts.busy));
      }
      if (stop.signal.aborted) tellPart(await api.get('password/flood'));
    } finally {
      clearInterval(look);
      stop = null;
      button.disabled = true;
    }
  }

  // tellPart tells what was measured before the stop.
  function tellPart(points) {
    draw(points);
    [points.queued ?? [], points.free ?? []].forEach((list, of) => list.length && told.append(h('p', {},
      fill(texts.floodPart, { series: texts.series[of], n: list.length, ms: number(middle(list)) }))));
  }

  function tell(points, id) {
    const queued = middle(points.queued ?? []), free = middle(points.free ?? []);
    const truth = free < 1.5 * queued ? 'same' : free < 4 * queued ? 'some' : 'much';
    told.replaceChildren(...[judged(id, truth, texts.floodAnswers, all.guess),
    h('p', {}, fill(texts.floodTold, { ...points, queued: number(queued), free: number(free),
      a: points.served[0], b: points.served[1] })), h('p', {}, texts.pool, ' ', h('code', {}, '04-signup-login/pool.go'))]
      .filter(Boolean));
  }
}

// middle is the least wait that half of the waits do not exceed.
const middle = (list) => [...list].sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1] ?? 0;

// plot draws each wait of the person: dots through the pool, squares without.
function plot({ queued, free, clients }, texts) {
  const lists = [queued ?? [], free ?? []];
  const most = Math.max(50, ...lists.flat()), many = Math.max(6, ...lists.map((l) => l.length));
  const x = (i) => 44 + i * 280 / many, y = (ms) => 150 - 130 * ms / most;
  const image = svg('svg', { viewBox: '0 0 340 205', class: 'plot', role: 'img', 'aria-label': fill(texts.plot,
    { clients, queued: number(middle(lists[0])), free: number(middle(lists[1])) }) },
  svg('path', { d: 'M40 14V150H334', class: 'rule' }));
  for (const part of [0, 0.5, 1]) {
    image.append(svg('text', { x: 36, y: y(part * most) + 4, 'text-anchor': 'end' }, number(Math.round(part * most))));
  }
  image.append(svg('text', { x: 44, y: 12 }, texts.axis),
    svg('text', { x: 334, y: 168, 'text-anchor': 'end' }, texts.axisX));
  lists.forEach((list, of) => {
    const kind = of ? 'free' : 'queued';
    image.append(svg('polyline', { points: list.map((ms, i) => `${x(i)},${y(ms)}`).join(' '), class: kind }));
    list.forEach((ms, i) => image.append(of
      ? svg('rect', { x: x(i) - 3, y: y(ms) - 3, width: 6, height: 6, class: kind })
      : svg('circle', { cx: x(i), cy: y(ms), r: 3, class: kind })));
    image.append(svg('text', { x: 44, y: 184 + 15 * of, class: kind }, texts.series[of]));
  });
  return image;
}
