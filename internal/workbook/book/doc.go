// Package book serves the notes in a browser, one section at a time, beside the rows of
// the learner's own code.
//
// A page is whole without its script: the script only asks the server to wait for a
// save, to run the tests, and for the page again, and puts its parts in place. So each
// text is written here, once, and goes through internal/text.
//
// Each request is in its reader's language: ?lang=ko, which the switch on each page says
// and a cookie keeps, else what the browser asks for, else that of the command. It is
// found once, and the chapter speaks it from then on: notes, questions, hints, and what
// the tests said, which a reader of the other language hears by a run of their own.
//
// No page holds an answer: what the notes keep for green comes with green, a hint comes
// when it is opened, and what is right about a question comes behind an answer.
package book
