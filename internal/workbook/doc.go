// Workbook is the learner's tool. It turns the finished tree into a course and
// back, and proves that the course teaches:
//
//	go tool workbook            where am I?
//	go tool workbook start 1    blank the exercises of chapter 1
//	go tool workbook check      one verdict per exercise
//
// An exercise is a function, a method or a table variable with the comment
// //workbook:exercise 1.3 above it. The tool reads the chapters' source and
// never imports them, so it works while they do not compile.
//
// # What lies where
//
//	01-middleware/README.md                  the notes; the hints of 1.3 are the <details> in its section
//	01-middleware/testdata/wrong/1.3-x.diff  a wrong answer: see wrong.go
//	.workbook/01-middleware/state.json       committed by start: the branch it started from
//	.workbook/01-middleware/reference/*.go   committed by start: the chapter as it was
//	.workbook/local/                         never committed: saved texts, progress, overlays
package main
