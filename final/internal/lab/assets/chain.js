// Panel 2: each request of this page on its way through the middlewares, in and out.
import { h, svg, fill, guess } from './kit.js';
import { sent, send, most } from './sent.js';
import { texts as all } from './texts.js';

const json = { 'Content-Type': 'application/json' };

// What this panel can send. Each one ends somewhere else.
const requests = {
  unknown: ['GET', '/nowhere'],
  noToken: ['GET', '/me'],
  forged: ['GET', '/me', { headers: { Authorization: 'Bearer a.b.c' } }],
  password: ['POST', '/login', { headers: json, body: '{"username":"nobody","password":"wrong-password"}' }],
  large: ['POST', '/signup', { headers: json, body: ' '.repeat(20000) }],
  version: ['GET', '/version?why=to-look'],
};

const patience = 15000; // milliseconds: red code may never answer
const longest = 2000; // letters of an answer that are shown

const ends = ['BodyLimit', 'sameOrigin', 'RateLimit', 'Authenticate', 'handler'];

export function mount(element, texts, api) {
  const shown = h('div', { id: 'way' });
  const summary = h('p', { role: 'status', id: 'stopped' });
  const asked = h('div');

  // nameOf is the exercise with a middleware's name, or the name and where given code stands.
  function nameOf(name) {
    if (name === null) return h('b', {}, texts.handler);
    const e = api.exercises.find((e) => e.id.startsWith('1.') && e.name === name);
    if (e || !api.exercises.length) return h('b', {}, api.exercise(e ? e.id : name));
    const folder = /^[A-Z]/.test(name) ? '01-middleware' : 'final/internal/web';
    return h('span', {}, h('b', {}, name), ' ', h('code', {}, folder), ` (${texts.given})`);
  }

  // wayWith asks for the way until it is there: the answer may be here first.
  async function wayWith(id) {
    for (let tries = 0; id && tries < 10; tries++) {
      const way = await api.get('chain/' + encodeURIComponent(id));
      if (way) return way;
      await new Promise((done) => setTimeout(done, 50));
    }
    return null;
  }

  const sendOne = ([method, path, options]) => send(path,
    { method, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(patience), ...options });

  // show tells the way of a request that was sent.
  async function show(get, guessed) {
    summary.textContent = '';
    shown.replaceChildren();
    const one = await get().catch((error) => { summary.textContent = fill(texts.noAnswer, { why: error.message }); });
    if (!one) return;
    const { answer, body } = one;
    const id = answer.headers.get('X-Request-Id'), way = await wayWith(id);
    if (!way) {
      summary.textContent = id ? texts.forgotten : texts.noWay;
      return;
    }
    const end = way.steps.find((s) => s.passed === null)?.name ?? 'handler';
    const right = guessed === end;
    const judged = right ? texts.right : fill(texts.wrong, { guess: texts.ends[guessed] });
    summary.textContent = (guessed ? judged + ' ' : '')
      + fill(end === 'handler' ? texts.arrived : texts.stopped, { name: end, status: answer.status });
    const waits = end === 'handler' && answer.status === 429;
    shown.replaceChildren(bars(way), ...(waits ? [h('p', { id: 'waits' }, texts.waits, ' ', api.exercise('4.6'))] : []),
      beside(one, way));
  }

  const time = (ns) => (ns < 1e6 ? fill(texts.us, { n: Math.ceil(ns / 1e3) })
    : fill(texts.ms, { n: (ns / 1e6).toFixed(1) }));

  // bars draws one line for each middleware: what it did before it handed the request
  // on, and after it had the answer back. In between others had it.
  function bars(way) {
    const last = way.steps.at(-1);
    const rows = way.steps.map((s) => ({ ...s, stopped: s.passed === null }));
    if (!rows.at(-1).stopped) {
      rows.push({ name: null, in: last.passed, passed: null, out: last.back ?? last.out });
    }
    const all = Math.max(...rows.map((s) => s.out), 1);
    return h('ol', { class: 'way' }, ...rows.map((s, i) => line(s, all, i, rows.length)));
  }

  function line(s, all, i, n) {
    const margin = (i / n) * 180; // each one stands inside the one before, however short it was
    const x = (at) => margin + (at / all) * (1000 - 2 * margin);
    const width = (from, to) => Math.max(6, x(to) - x(from)); // what is very short is seen all the same
    const bar = (from, to, kind) => svg('rect', { x: x(from), y: 0, height: 14, width: width(from, to), class: kind });
    const back = s.back ?? s.out;
    const parts = s.passed === null ? [bar(s.in, s.out, s.name ? 'stop' : 'handler')]
      : [svg('rect', { x: x(s.in), y: 4, height: 6, width: width(s.in, s.out), class: 'lent' }),
        bar(s.in, s.passed, 'work'),
        svg('rect', { x: x(s.out) - width(back, s.out), y: 0, height: 14, width: width(back, s.out), class: 'work' })];
    const times = s.passed === null ? fill(s.name ? texts.answered : texts.took, { time: time(s.out - s.in) })
      : fill(texts.inOut, { in: time(s.passed - s.in), out: time(s.out - back) });
    return h('li', { class: s.stopped ? 'refused' : '' },
      h('div', {}, nameOf(s.name), ' ', times),
      svg('svg', { viewBox: '0 0 1000 14', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...parts));
  }

  const pre = (text) => h('pre', { tabindex: '0' }, text);

  // beside shows what the client read next to what the log kept of it.
  function beside({ method, path, answer, body }, way) {
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}\n`).join('');
    const lengths = way.headers.map((l) => fill(texts.length, { name: l.name, n: l.bytes })).join('\n');
    return h('div', { class: 'columns' },
      h('div', { class: 'column' }, h('h3', {}, texts.client), h('p', {}, h('code', {}, `${method} ${path}`)),
        pre(`${answer.status} ${answer.statusText}\n${headers}\n${body.length > longest ? body.slice(0, longest) + ' …' : body}`),
        h('p', { id: 'meaning' }, all.codes?.[/"code":"(\w+)"/.exec(body)?.[1]] ?? '')),
      h('div', { class: 'column' }, h('h3', {}, texts.log), ...way.log.map(pre), way.log.length ? '' : texts.noLog,
        h('details', {}, h('summary', {}, texts.kept),
          h('p', {}, fill(texts.keptNote, { query: way.query, body: way.body })), pre(lengths))));
  }

  // choose asks for a guess, and then shows the way of what get brings.
  function choose(get, pressed) {
    for (const other of chooser.querySelectorAll('button')) other.setAttribute('aria-pressed', other === pressed);
    summary.textContent = '';
    shown.replaceChildren();
    asked.replaceChildren(guess(texts.question, Object.fromEntries(ends.map((e) => [e, texts.ends[e]])), texts,
      (guessed) => show(get, guessed)));
  }

  const button = (id) => h('button', { type: 'button', id: 'send-' + id, onclick: (event) => {
    list.selectedIndex = 0;
    choose(() => sendOne(requests[id]), event.target);
  } }, texts.requests[id]);
  const chooser = h('p', {}, h('b', {}, texts.choose + ': '), ...Object.keys(requests).map(button));

  // What was sent stands in a list, the newest first.
  const ofOption = new WeakMap();
  const list = h('select', { id: 'sent', onchange: () => {
    const one = ofOption.get(list.selectedOptions[0]);
    if (one) choose(async () => one);
  } }, h('option', {}, texts.none));
  function add(one) {
    const option = h('option', {}, `${one.method} ${one.path.split('?')[0]} → ${one.answer.status}`);
    ofOption.set(option, one);
    list.options[0].after(option);
    for (const old of [...list.options].slice(most + 1)) old.remove();
  }
  sent.forEach(add);
  document.addEventListener('sent', (event) => add(event.detail));

  element.append(h('p', {}, texts.lead), chooser, h('p', {}, h('label', {}, texts.sent + ' ', list)), asked, summary, shown);
}
