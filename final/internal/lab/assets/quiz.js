// The questions of a panel's chapter, one after the other. The server judges them: before
// an answer the page has no key.
import { h, fill } from './kit.js';

// inline is a line of Markdown as nodes: code spans, bold, and the rest as it stands.
function inline(text) {
  return text.split(/(`+[^`]+`+|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return h('code', {}, part.replace(/^`+|`+$/g, ''));
    return part.startsWith('**') ? h('strong', {}, ...inline(part.slice(2, -2))) : part;
  });
}

// markdown is a text as elements: paragraphs, and blocks of code.
function markdown(text) {
  return text.split(/^```\w*\n([^]*?)\n```$/m).flatMap((part, i) => (i % 2
    ? [h('pre', { tabindex: '0' }, part)]
    : part.split(/\n{2,}/).filter((p) => p.trim()).map((p) => h('p', {}, ...inline(p)))));
}

// quiz asks the questions of some chapters, such as '45'.
export function quiz(questions, chapters, texts, api) {
  const mine = questions.filter((q) => chapters.includes(q.id[0]));
  const box = h('div', { class: 'quiz' });
  box.append(h('h3', {}, texts.title), h('p', { class: 'legend' }, texts.kept),
    mine.length ? question(0) : h('p', {}, texts.none), predictions());
  return box;

  function question(i) {
    return ask(mine[i], fill(texts.count, { i: i + 1, n: mine.length }), (form) => following(i, form));
  }

  // ask is the form of a question. Next is what stands behind an answer, which gets the focus.
  function ask(q, count, next) {
    const said = h('div', { 'aria-live': 'polite' });
    const button = h('button', {}, texts.answer);
    const form = h('form', { onsubmit: async (event) => {
      event.preventDefault();
      const fields = new FormData(form);
      button.disabled = true;
      try {
        const marked = await api.post('questions/answer',
          { id: q.id, choice: Number(fields.get('choice') ?? -1), word: fields.get('word') ?? '' });
        said.replaceChildren(...explain(marked), next(form));
        said.lastChild.focus();
      } catch {
        button.disabled = false; // the page has said why
      }
    } }, h('fieldset', {}, h('legend', {}, count, ' ', api.exercise(q.exercise)),
      h('div', {}, ...markdown(q.text), ...answers(q)), button), said);
    return form;
  }

  function answers(q) {
    if (!q.choices) return [h('p', {}, h('label', {}, texts.word + ' ', h('input', { name: 'word', required: true })))];
    return q.choices.map((c, place) => h('p', {}, h('label', {},
      h('input', { type: 'radio', name: 'choice', value: place, required: true }), ' ', ...inline(c))));
  }

  // explain says what an answer was worth, and why.
  function explain(marked) {
    const of = (word, ...more) => h('p', {}, h('b', {}, word), ' ', ...more);
    const lines = [marked.right ? of(texts.right) : of(texts.wrong, ...inline(marked.key))];
    lines[0].className = marked.right ? 'good' : 'bad';
    if (marked.yours) lines.push(of(texts.yours, ...inline(marked.yours)));
    if (!marked.noted) lines.push(of(texts.lost));
    return [...lines, of(texts.why), ...markdown(marked.because)];
  }

  // predictions asks about a run of the tests, which the workbook makes meanwhile.
  function predictions() {
    const state = h('p', { role: 'status' }), asked = h('div');
    const button = h('button', { type: 'button', class: 'predict', onclick: async () => {
      button.disabled = true;
      asked.replaceChildren();
      state.textContent = texts.runs;
      try {
        let got;
        do got = await api.post('questions/predict', { chapters }); while (got.waits);
        state.textContent = got.question ? '' : texts.noPrediction;
        if (!got.question) return;
        asked.append(ask(got.question, texts.prediction, () => h('p', { tabindex: '-1' }, texts.again)));
        asked.querySelector('input').focus();
      } catch {
        state.textContent = ''; // the page has said why
      } finally {
        button.disabled = false;
      }
    } }, texts.predict);
    return h('div', {}, button, state, asked);
  }

  function following(i, form) {
    if (i + 1 === mine.length) return h('p', { tabindex: '-1' }, texts.last);
    return h('button', { type: 'button', class: 'next', onclick: () => {
      const next = question(i + 1);
      form.replaceWith(next);
      next.querySelector('input').focus();
    } }, texts.next);
  }
}
