// The panel of chapter 03: an owner, a thief, two servers, and a clock to turn.
import { h, fill, guess, judged } from './kit.js';
import { diagram } from './sessionstates.js';
import { clock, timeline } from './timeline.js';
import { texts as all } from './texts.js';

// What each client may do. The thief has no password.
const buttons = {
  owner: ['login', 'refresh', 'lose', 'replay', 'fifty', 'me', 'password', 'logout'],
  thief: ['steal', 'refresh', 'replay', 'me', 'logout'],
};
const jumps = [1, 30, 15 * 60, 14 * 24 * 60 * 60];

// What to guess before a step is taken, and what came of it.
const truths = {
  fifty: ({ crowd }) => (crowd.successors === 0 ? 'none' : crowd.successors === 1 ? 'one' : 'many'),
  any: ({ status, events }) => {
    if (events?.some((e) => e.name === 'refresh_reuse')) return 'reuse';
    return status < 400 ? 'yes' : 'no';
  },
};

// against finds a token whose row in the store says another thing than the answer: then the
// code of an exercise is wrong.
function against({ last }) {
  if (last.sent?.length !== 1 || !/refresh|me$/.test(last.request) || last.crowd) return null;
  const accepted = last.status < 400;
  if (!last.was || accepted === ['good', 'grace'].includes(last.was)) return null;
  return { accepted, token: last.sent[0], state: last.was };
}

export function mount(element, texts, api) {
  let server = 0;
  let asks = true;
  const time = h('output', { class: 'clock' });
  const jars = { owner: h('p', { class: 'jar' }), thief: h('p', { class: 'jar' }) };
  const question = h('div');
  const result = h('div', { class: 'result', tabindex: '-1', 'aria-live': 'polite' });
  const states = h('div', { class: 'states' });
  const line = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': texts.line });

  const button = (label, press, id) =>
    h('button', { type: 'button', 'data-step': id, onclick: press }, label);
  const box = (who) => h('fieldset', { class: 'client' }, h('legend', {}, texts.clients[who]), jars[who],
    ...buttons[who].map((step) => button(texts.steps[step], () => press(step, who), `${who}-${step}`)));

  element.append(h('p', {}, texts.lead), h('div', { class: 'two' }, box('owner'), box('thief')),
    h('fieldset', {}, h('legend', {}, texts.clock), time,
      ...jumps.map((s, i) => button(texts.jumps[i], () => take({ step: 'jump', who: 'owner', seconds: s }), 'jump-' + s))),
    h('fieldset', {}, h('legend', {}, texts.settings), choice(0), choice(1),
      h('label', {}, h('input', { type: 'checkbox', checked: true, onchange: (e) => { asks = e.target.checked; } }),
        texts.asks),
      button(texts.reset, () => show(api.post('sessions/reset', {})), 'reset')),
    question, result, h('div', { class: 'two' }, states, h('div', {}, h('h3', {}, texts.line), line,
      h('p', { class: 'legend' }, texts.legend))));

  function choice(n) {
    return h('label', {}, h('input', { type: 'radio', name: 'server', checked: n === 0, onchange: () => { server = n; } }),
      fill(texts.server, { n: n + 1 }));
  }

  // press asks for a guess, and then takes the step.
  function press(step, who) {
    const command = { step, who, server };
    if (!asks || step === 'steal') return take(command);
    const kind = step === 'fifty' ? 'fifty' : 'any';
    const name = texts.clients[who];
    const asked = guess(fill(texts.questions[kind], { step: texts.steps[step], who: name }), texts.answers[kind],
      all.guess, async (id) => {
        question.replaceChildren();
        await take(command, id && { id, kind });
        result.focus();
      });
    question.replaceChildren(asked);
    asked.querySelector('button').focus();
  }

  function take(command, guessed) {
    question.replaceChildren();
    return show(api.post('sessions/step', command), command, guessed);
  }

  async function show(answer, command = {}, guessed = null) {
    const view = await answer;
    time.textContent = clock(view.now);
    for (const who of Object.keys(jars)) jars[who].textContent = jar(view, who);
    result.replaceChildren(...story(view, command, guessed));
    states.replaceChildren(h('h3', {}, fill(texts.states.title, { session: view.session || '–' })),
      diagram(view.last, texts.states));
    line.replaceChildren(timeline(view, texts));
    line.scrollLeft = line.scrollWidth;
    if (command.step) result.scrollIntoView({ block: 'nearest' });
  }

  function jar(view, who) {
    const { cookie, before, access } = view.clients[who];
    if (!cookie && !before && !access) return texts.empty;
    const of = (name) => {
      const life = view.lives.find((l) => l.name === name);
      return name ? `${name} (${texts.words[life?.spans?.at(-1)?.state] ?? '?'})` : '–';
    };
    return fill(texts.jar, { cookie: of(cookie), before: of(before), access: of(access) });
  }

  // story says what happened, in sentences.
  function story(view, command, guessed) {
    const { last } = view;
    if (last.status === 201) return [h('p', {}, texts.begun)];
    if (!last.request) return [h('p', {}, command.step === 'steal' ? texts.stolen : texts.jumped)];
    const values = { who: texts.clients[last.who], request: last.request, n: last.server + 1, status: last.status,
      sent: last.sent?.join(', ') || texts.nothing, code: last.code, got: last.got?.join(', ') || texts.nothing };
    const lines = [h('p', {}, fill(texts.sent, values)),
      h('p', { class: last.status < 400 ? 'good' : 'bad' }, fill(last.code ? texts.refused : texts.answered, values),
        ' ', all.codes?.[last.code] ?? '')];
    if (last.lost) lines.push(h('p', {}, texts.lost));
    if (last.crowd) lines.push(h('p', {}, fill(texts.crowd, last.crowd)));
    const events = Map.groupBy(last.events ?? [], JSON.stringify);
    for (const [e, ...more] of events.values()) {
      const text = e.name === 'panic' ? texts.panicked : more.length ? texts.logMany : e.reason ? texts.logReason : texts.log;
      lines.push(h('p', {}, fill(text, { ...e, n: 1 + more.length })));
    }
    if (last.given && last.status < 400) lines.push(h('p', {}, texts.renewed));
    const odd = against(view);
    if (odd) lines.push(h('p', { class: 'bad' }, fill(odd.accepted ? texts.tooKind : texts.tooStrict, { token: odd.token, state: texts.words[odd.state] })));
    if (guessed && last.status < 500) {
      const { id, kind } = guessed;
      lines.push(judged(id, truths[kind](last), texts.answers[kind], all.guess));
    }
    if (last.given) lines.push(h('p', {}, texts.by, ' ', h('code', {}, last.given), ` (${all.anatomy.given})`));
    if (last.exercise) lines.push(h('p', {}, texts.by, ' ', api.exercise(last.exercise)));
    return lines;
  }

  show(api.get('sessions'));
}
