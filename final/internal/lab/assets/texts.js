// Every sentence of the page, by panel. {name} is filled in by fill of kit.js.
export const texts = {
  title: 'The lab',
  lead: 'Your code at work. Guess first, then see.',
  panels: 'Panels',
  failed: 'The server did not answer ({why}). Is it still running? Start it again, then load this page again.',
  whose: {
    title: 'Whose code runs here',
    lead: 'The server that shows you this page was built from these exercises.',
    unknown: 'This server was not started by go tool workbook run, so nobody told it whose code it has.',
    columns: ['exercise', 'where', 'whose'],
    words: { green: 'yours', red: 'yours, not green', reference: 'the reference' },
    none: 'yours or the reference: not known',
  },
  guess: { skip: 'Skip the guess', right: 'You guessed it.', wrong: 'You guessed: {guess}.' },
};
