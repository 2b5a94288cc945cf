// Package course is what is on disk: the chapters as they are and as their
// reference has them, their exercises, blanks, notes and wrong answers, and how
// far the learner is. It reads Go source and never imports it. Texts have LF
// ends in here; a file keeps the ends that it had.
package course
