// Package ask is the question engine of the course: it puts a question before
// something is shown, reads the answer in one line, and remembers it. It reads
// the questions of a chapter's notes, testdata/questions.md. Nothing blocks:
// Enter skips a question, and "later" is no question for a week.
package ask
