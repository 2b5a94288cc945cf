// What all panels use.

const make = (create) => (tag, attributes = {}, ...children) => {
  const element = create(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

// h('p', {class: 'x', onclick: f}, 'text', child) is an element of HTML, svg(…) of SVG.
export const h = make((tag) => document.createElement(tag));
export const svg = make((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));

// fill('{n} ms', {n: 3}) is '3 ms'.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// guess asks a question with one button for each answer, {id: text}, and one to skip it.
// Then it calls then(id), or then(null). The buttons stay, and the next press guesses anew.
export function guess(question, answers, texts, then) {
  const button = (id, text, kind) => h('button', {
    type: 'button', class: kind, 'data-guess': id ?? 'skip', onclick: (event) => {
      for (const other of box.querySelectorAll('button')) other.setAttribute('aria-pressed', other === event.target);
      then(id);
    },
  }, text);
  const box = h('fieldset', { class: 'guess' }, h('legend', {}, question),
    ...Object.entries(answers).map(([id, text]) => button(id, text, '')), button(null, texts.skip, 'quiet'));
  return box;
}

// judged tells a guess and the truth, both ids of answers. It is null where nobody guessed.
export const judged = (id, truth, answers, texts) => (id ? h('p', { class: 'guessed' }, id === truth ? texts.right
  : fill(texts.wrong, { guess: answers[id], truth: answers[truth] })) : null);
