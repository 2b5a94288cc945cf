// What this page has sent, with what came back: the panel of the chain shows the way of each.
export const most = 200; // as many as the server remembers

export const sent = [];

// send is fetch, and keeps the request but for a question about the way of another.
export async function send(path, options = {}) {
  const answer = await fetch(path, options);
  const one = { method: options.method ?? 'GET', path, answer, body: await answer.text() };
  if (path.startsWith('/lab/api/chain/')) return one;
  sent.push(one);
  sent.splice(0, sent.length - most);
  document.dispatchEvent(new CustomEvent('sent', { detail: one }));
  return one;
}
