// Panel 1: a token in its three parts, and three judges side by side.
import { h, fill } from './kit.js';

const names = ['header', 'payload', 'signature'];

// decode reads a part as far as it goes: characters that are none are left out.
function decode(part) {
  const clean = part.replace(/[^A-Za-z0-9_-]/g, '');
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  const binary = atob(whole.replaceAll('-', '+').replaceAll('_', '/'));
  return { bytes: Uint8Array.from(binary, (c) => c.charCodeAt(0)), clean: clean === part && whole === clean };
}

const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const textOf = (part) => new TextDecoder().decode(decode(part).bytes);

// partsOf cuts a text at its first two dots: what is behind belongs to the signature.
function partsOf(token) {
  const [header, payload = '', ...rest] = token.split('.');
  return { header, payload, signature: rest.join('.') };
}

const join = (p) => `${p.header}.${p.payload}.${p.signature}`;

// change returns the token with some members of a part's JSON set. A part that is no
// JSON begins anew.
function change(token, part, members) {
  const p = partsOf(token);
  let object = {};
  try { object = JSON.parse(textOf(p[part])); } catch { /* begins anew */ }
  return join({ ...p, [part]: encode(JSON.stringify({ ...object, ...members })) });
}

function flip(token) {
  const p = partsOf(token);
  const first = p.signature[0] === 'A' ? 'B' : 'A';
  return join({ ...p, signature: first + p.signature.slice(1) });
}

// isTime reports whether a claim is seconds that a Date can hold.
const isTime = (n) => Number.isFinite(n) && Math.abs(n) <= 8.64e12;

const now = () => Math.floor(Date.now() / 1000);

const tricks = {
  flip,
  none: (token) => change(token, 'header', { alg: 'none' }),
  bare: (token) => join({ ...partsOf(token), signature: '' }),
  kid: (token) => change(token, 'header', { kid: '../../dev/null' }),
  jwt: (token) => join({ ...partsOf(token), header: encode('{"alg":"HS256","typ":"JWT"}') }),
  audience: (token) => change(token, 'payload', { aud: 'shop' }),
  expired: (token) => change(token, 'payload', { iat: now() - 4500, exp: now() - 3600 }),
  pad: (token) => token + '=',
};

// ago says a number of seconds from now in words.
function ago(seconds) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'always' });
  const size = Math.abs(seconds);
  if (size < 90) return words.format(Math.round(seconds), 'second');
  if (size < 5400) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 172800) return words.format(Math.round(seconds / 3600), 'hour');
  return words.format(Math.round(seconds / 86400), 'day');
}

export function mount(element, texts, api) {
  const field = (id, rows) => h('textarea', { id, rows, spellcheck: 'false', autocomplete: 'off' });
  const token = field('token', 4);
  const colours = h('p', { class: 'token', 'aria-hidden': 'true' });
  const decoded = { header: field('header', 6), payload: field('payload', 6) };
  const signature = h('code', { id: 'signature' });
  const notes = Object.fromEntries(names.map((n) => [n, h('span', { class: 'bad' })]));
  const issued = h('span'), ends = h('span'), life = h('progress', { 'aria-label': texts.life, hidden: true });
  const verdict = h('div', { id: 'verdict' }), summary = h('p', { id: 'summary', role: 'status' });
  const first = h('input', { type: 'checkbox', id: 'ask-first', checked: true, onchange: () => changed() });
  const tick = (who, onchange) => h('input', { type: 'checkbox', id: 'guess-' + who, onchange });
  const guesses = Object.keys(texts.who).map((who) => tick(who, () => { nobody.checked = false; }));
  const nobody = tick('nobody', () => { for (const box of guesses) box.checked = false; });
  const boxes = [...guesses, nobody], labels = [...Object.values(texts.who), texts.nobody];
  const question = h('fieldset', { class: 'guess' }, h('legend', {}, texts.question),
    ...boxes.map((box, i) => h('label', {}, box, ' ' + labels[i] + ' ')),
    h('button', { type: 'button', id: 'see', onclick: () => judge(boxes.some((box) => box.checked)) }, texts.show));

  function showTimes() {
    let claims = {};
    try { claims = JSON.parse(decoded.payload.value) ?? {}; } catch { /* no times */ }
    const known = isTime(claims.iat) && isTime(claims.exp);
    for (const part of [issued, ends, life]) part.hidden = !known;
    if (!known) return;
    const left = claims.exp - Date.now() / 1000;
    issued.textContent = fill(texts.issued, { time: ago(claims.iat - Date.now() / 1000) }) + ', ';
    ends.textContent = fill(left > 0 ? texts.left : texts.over, { time: ago(left) });
    life.max = Math.max(1, claims.exp - claims.iat);
    life.value = Math.max(0, left);
  }

  // changed shows the token anew, but for the field that is being typed in.
  function changed(typed) {
    const parts = partsOf(token.value.trim());
    colours.replaceChildren(...names.flatMap((n, i) => [...(i ? ['.'] : []), h('span', { class: n }, parts[n])]));
    for (const n of names) notes[n].textContent = decode(parts[n]).clean ? '' : texts.unreadable;
    for (const n of ['header', 'payload']) if (typed !== n) decoded[n].value = textOf(parts[n]);
    const bytes = decode(parts.signature).bytes;
    signature.textContent = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
    signature.previousSibling.textContent = fill(texts.signature, { n: bytes.length }) + ' ';
    showTimes();
    verdict.replaceChildren();
    summary.replaceChildren();
    question.hidden = !first.checked;
    if (!first.checked) judge(false);
  }

  const set = (text) => { token.value = text; changed(); };

  let newest = 0; // an answer to an older question is not shown
  async function judge(guessed) {
    const mine = ++newest;
    const found = await api.post('anatomy/judge', { token: token.value.trim() });
    if (mine !== newest) return;
    const right = found.judges.filter((v, i) => v.accepted === guesses[i].checked).length;
    summary.replaceChildren(guessed ? fill(texts.guessed, { n: right }) + ' ' : '',
      ...found.judges.flatMap((v) => [fill(texts.says, { who: texts.who[v.who] }) + ' ', said(v), '. ']));
    verdict.replaceChildren(h('div', { class: 'columns' }, ...found.judges.map(column)),
      parting(found.judges) ?? '', ofServer(found.server));
  }

  const says = (v) => (v.accepted ? texts.accepts : fill(texts.refuses, { check: texts.checks[v.refused ?? ''] }));
  const said = (v) => h('strong', { class: v.accepted ? 'good' : 'bad' }, says(v));

  function place(step, decoding) {
    if (decoding && step.decodes) return h('span', {}, texts.decoding + ' ', api.exercise(step.decodes));
    if (!step.exercise && !step.given) return '';
    if (step.exercise) return api.exercise(step.exercise);
    return h('span', {}, h('code', {}, '02-jwt-basics/' + step.given), ` (${texts.given})`);
  }

  function column(v) {
    const stop = v.accepted ? v.steps.length : v.steps.findIndex((s) => s.check === v.refused);
    const line = (step, i) => {
      const state = i < stop ? 'passed' : i === stop ? 'refused' : 'skipped';
      return h('li', { class: state }, h('b', {}, texts.checks[step.check]),
        h('span', { class: 'state' }, texts.states[state]), h('br'), place(step, state === 'refused' && v.decoding));
    };
    return h('div', { class: 'column', id: 'of-' + v.who }, h('h3', {}, texts.who[v.who]), h('p', {}, texts.does[v.who],
      v.exercise ? h('span', {}, ': ', api.exercise(v.exercise)) : ''),
      h('p', {}, said(v)), v.error ? h('p', {}, h('code', {}, v.error)) : '', h('ol', {}, ...v.steps.map(line)));
  }

  // parting names the exercise where by hand lets a token pass that the server refuses.
  function parting([byHand, , server]) {
    if (!byHand.accepted || server.accepted) return null;
    const step = byHand.steps.find((s) => s.check === server.refused);
    return h('p', { id: 'parting' }, fill(texts.part, { check: texts.checks[step.check] }) + ' ', place(step, false), '.');
  }

  const ofServer = (v) => h('p', { id: 'own' }, texts.own + ' ', said(v), '. ', v.accepted ? '' : texts.ownNote);

  const button = (id, text, onclick) => h('button', { type: 'button', id, onclick }, text);
  const label = (n) => h('label', { for: n, class: n }, texts.parts[n] + ' ');
  element.append(h('p', {}, texts.lead),
    h('p', {}, h('b', {}, texts.make + ': '),
      button('issue', texts.issue, async () => set((await api.post('anatomy/token', {})).token)),
      button('sign', texts.sign, async () => set((await api.post('anatomy/sign',
        { header: decoded.header.value, payload: decoded.payload.value })).token))),
    h('p', { class: 'note' }, texts.signNote),
    h('p', {}, h('b', {}, texts.tricks + ': '),
      ...Object.entries(tricks).map(([id, trick]) =>
        button('do-' + id, texts[id], () => set(trick(token.value.trim()))))),
    colours, h('label', { for: 'token' }, texts.token), token,
    h('div', { class: 'columns' },
      ...['header', 'payload'].map((n) => h('div', { class: 'column' }, label(n), notes[n], decoded[n])),
      h('div', { class: 'column' }, h('b', { class: 'signature' }, texts.parts.signature + ' '), notes.signature,
        h('p', {}, h('span'), signature))),
    h('p', {}, issued, ends, ' ', life),
    h('p', {}, h('label', {}, first, ' ' + texts.ask)), question, summary, verdict);

  token.addEventListener('input', () => changed('token'));
  for (const n of ['header', 'payload']) {
    decoded[n].addEventListener('input', () => {
      token.value = join({ ...partsOf(token.value.trim()), [n]: encode(decoded[n].value) });
      changed(n);
    });
  }
  setInterval(showTimes, 1000);
  document.getElementById('issue').click();
}
