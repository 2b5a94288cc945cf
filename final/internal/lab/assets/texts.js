// Every sentence of the page is in texts.en.json and texts.ko.json, by panel, and the
// server has chosen the language. {name} is filled in by fill of kit.js.
export const language = document.documentElement.lang;

export const texts = await (await fetch(`/lab/texts.${language}.json`)).json();
