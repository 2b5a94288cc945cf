// Package book serves the notes in a browser, one section at a time, beside the rows of
// the learner's own code.
//
// A page is whole without its script: the script only asks the server to wait for a
// save, to run the tests, and for the page again, and puts its parts in place. So each
// text is written here, once, and goes through internal/text. Where two languages are
// to be served at once, Book.page is the place that knows the reader's.
//
// No page holds an answer: what the notes keep for green comes with green, a hint comes
// when it is opened, and what is right about a question comes behind an answer.
package book
