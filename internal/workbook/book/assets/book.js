// The page is whole without this: see doc.go. Here it waits for saves, and puts new parts
// of the page in place.
const { page, runs, lost } = document.body.dataset;
const at = (id) => document.getElementById(id);
// Every part comes in the language of the page, whatever another tab has chosen since.
const ask = (path, request) => fetch(`${path}${path.includes('?') ? '&' : '?'}lang=${document.documentElement.lang}`, request);
const post = (path, body) => ask(path, { method: 'POST', body });

// put replaces a part by the same one of a fresh page, and leaves the keyboard where it is.
function put(id, fresh) {
  const focused = document.activeElement, part = at(id);
  const place = part.contains(focused) && [...part.querySelectorAll('a, button, pre')].indexOf(focused);
  part.replaceWith(fresh.getElementById(id));
  if (place !== false && place >= 0) at(id).querySelectorAll('a, button, pre')[place]?.focus();
}

// renew asks for the page again. What stands below the notes changes with green alone, or
// it would take an answer away that somebody reads.
async function renew(all) {
  const answer = await ask(location.pathname);
  if (!answer.ok) throw new Error(answer.status);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  put('Panel', fresh);
  put('Steps', fresh);
  if (all || fresh.getElementById('More').dataset.stage !== at('More').dataset.stage) put('More', fresh);
}

// say shows words in place of the verdict. A screen reader reads what stays on the page alone.
function say(words, busy) {
  at('Live').textContent = at('Verdict').textContent = words;
  at('Panel').setAttribute('aria-busy', busy);
}

const sleep = (ms) => new Promise((again) => setTimeout(again, ms));

// A browser has six connections to the book, and a seventh page would not open. So one that
// nobody looks at holds none: it asks for saves now and then.
let waiting = new AbortController();
document.addEventListener('visibilitychange', () => waiting.abort());

// follow turns rows at each save, as long as the page is open.
async function follow() {
  for (;;) {
    const mine = waiting = new AbortController();
    if (document.hidden) sleep(500).then(() => mine.abort());
    try {
      const answer = await ask(`/${page}/wait?seen=${at('Panel').dataset.seen}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      if (answer.status === 204) continue;
      if (at('Verdict')) say(runs, true);
      await post(`/${page}/check`);
      await renew();
      if (at('Verdict')) at('Live').textContent = at('Verdict').textContent;
    } catch {
      if (!mine.signal.aborted && at('Verdict')) say(lost, false);
      if (!mine.signal.aborted || document.hidden) await sleep(2000);
    }
  }
}

// Each form has its place for the answer.
document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target, result = form.querySelector('.result');
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await post(form.action, new URLSearchParams(new FormData(form)));
    if (form.className === 'renew' && answer.status === 204) {
      await renew(true);
      const opened = at('Hints').querySelector('details:last-of-type');
      opened.open = true;
      opened.querySelector('summary').focus();
      return;
    }
    (result ?? form.parentElement.querySelector('.asked')).innerHTML = await answer.text();
  } catch {
    if (result) result.textContent = lost;
  } finally {
    button.disabled = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'e' || event.ctrlKey || event.altKey || event.metaKey || event.target.matches('input')) return;
  document.querySelector('form.edit')?.requestSubmit();
});

// The page in the other language has the same headings, so it opens at the same one.
const headings = () => [...document.querySelectorAll('main h1, main h2, main h3, main h4')];
document.querySelector('.language').addEventListener('click', () => {
  sessionStorage.place = headings().findLastIndex((heading) => heading.getBoundingClientRect().top < 99);
});
headings()[sessionStorage.place]?.scrollIntoView();
sessionStorage.removeItem('place');

if (at('Panel')) follow();
