// The shell: it makes a section for each panel, and each panel fills its own.
import { language, texts } from './texts.js';
import { h, fill } from './kit.js';
import { quiz } from './quiz.js';
import { send } from './sent.js';
import * as anatomy from './anatomy.js';
import * as chain from './chain.js';
import * as sessions from './sessions.js';
import * as password from './password.js';

// A panel is {id, chapters, mount(element, texts, api)}; see doc.go.
const panels = [
  { id: 'anatomy', chapters: '2', mount: anatomy.mount }, { id: 'chain', chapters: '1', mount: chain.mount },
  { id: 'sessions', chapters: '3', mount: sessions.mount }, { id: 'password', chapters: '45', mount: password.mount },
];

const status = h('p', { role: 'alert', class: 'alert' });

// The longest that the page waits, in milliseconds: the code of an exercise may never return.
const patience = 30000;

// What is told already needs no word in the console.
addEventListener('unhandledrejection', (event) => { if (event.reason?.told) event.preventDefault(); });

let failed = ''; // the path that the alert is about

// ask sends a request below /lab/api/, in the language of this page, and returns the JSON
// of the answer.
async function ask(path, options) {
  try {
    const signals = [options?.signal, AbortSignal.timeout(patience)].filter(Boolean);
    const { answer, body } = await send(`/lab/api/${path}?lang=${language}`,
      { cache: 'no-store', ...options, signal: AbortSignal.any(signals) });
    if (!answer.ok) throw Object.assign(new Error(answer.status), { status: answer.status });
    if (options?.method || path === failed) status.textContent = ''; // a look at a flood tells nothing of the rest
    return JSON.parse(body);
  } catch (error) {
    if (error.name === 'AbortError') throw error; // as was wished
    failed = path;
    error.told = true;
    const text = error.status ? texts.broken : texts.failed;
    status.textContent = error.status === 503 ? '' : fill(text, { why: error.message }); // 503: the panel says it
    throw error;
  }
}

const get = (path) => ask(path);
// post may be given a signal that ends it early.
const post = (path, body, signal) => ask(path, {
  signal,
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

function whoseTable(exercises) {
  const row = (e) => h('tr', { class: e.whose }, h('td', {}, `${e.id} ${e.name}`),
    h('td', {}, h('code', {}, `${e.file}:${e.line}`)), h('td', {}, texts.whose.words[e.whose]));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': texts.whose.title },
    h('table', {}, h('thead', {}, h('tr', {}, ...texts.whose.columns.map((c) => h('th', { scope: 'col' }, c)))),
      h('tbody', {}, ...exercises.map(row))));
}

function whose(exercises) {
  const text = exercises.length ? texts.whose.lead : texts.whose.unknown;
  return h('details', { id: 'whose' }, h('summary', {}, texts.whose.title), h('p', {}, text),
    exercises.length ? whoseTable(exercises) : null);
}

// exerciseOf returns api.exercise: the name, the place and the owner of an exercise, as
// an element. It finds one by its number, or one of a chapter by its name.
function exerciseOf(exercises) {
  return (id) => {
    const e = exercises.find((e) => e.id === id);
    if (!e) return h('span', { class: 'exercise' }, `${id} (${texts.whose.none})`);
    return h('span', { class: 'exercise ' + e.whose }, `${e.id} ${e.name} `,
      h('code', {}, `${e.file}:${e.line}`), ` (${texts.whose.words[e.whose]})`);
  };
}

async function start() {
  const { to, text } = texts.language;
  document.title = texts.page;
  document.body.append(h('main', {}, h('p', {}, h('a', { href: '?lang=' + to, hreflang: to, lang: to }, text)),
    h('h1', {}, texts.title), h('p', { class: 'lead' }, texts.lead), status));
  const main = document.querySelector('main');
  const [exercises, questions] = await Promise.all([get('exercises'), get('questions')]);
  const api = { get, post, exercises, exercise: exerciseOf(exercises) };
  main.append(h('nav', { 'aria-label': texts.panels },
    ...panels.map((p) => h('a', { href: '#' + p.id }, texts[p.id].title))), whose(exercises));
  for (const panel of panels) {
    const section = h('section', { id: panel.id, 'aria-labelledby': panel.id + '-title' },
      h('h2', { id: panel.id + '-title' }, texts[panel.id].title));
    main.append(section);
    panel.mount(section, texts[panel.id], api);
    section.append(quiz(questions, panel.chapters, texts.quiz, api));
  }
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

start();
