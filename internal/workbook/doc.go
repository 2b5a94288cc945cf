// Workbook is the learner's tool. It turns the finished tree into a course and
// back:
//
//	go tool workbook            where am I?
//	go tool workbook start 1    blank the exercises of chapter 1
//	go tool workbook check      one verdict per exercise
//
// An exercise is a function, a method or a table variable with the comment
// //workbook:exercise 1.3 above it ([example.com/authbook/internal/mark] reads
// it). The tool reads the chapters' source and never imports them, so it works
// while they do not compile.
//
// # The layers
//
// Each layer is a package that imports only those above it in this list, and a
// test in internal/layout holds that:
//
//	term      what a person reads and types: lines, columns, colours, keys; it knows no course
//	course    what is on disk: chapters, their reference, blanks, notes, wrong answers, progress
//	gorun     runs the tests of a chapter, and gives each exercise its verdict
//	ask       puts a question, reads the answer in one line, and remembers it
//	vcs       what git knows: branches, merges, patches, secrets in a diff
//	proof     shows that the course teaches; the authors' tool, internal/coursecheck, prints it
//	book      the notes in a browser, beside the rows of what the learner writes
//	review    what a reviewer reads, from the description of a pull request to the drills
//	workbook  this package: one file for each command of a learner
//
// A question about one line has one place: does it hold without a course? term.
// Without a run of the tests? course. Without git? gorun.
//
// # Which way the data goes
//
// A command reads the course once, and what it read does not change. Course.Read
// makes a Chapter of three things: the files on disk, the reference that start
// kept, and the place of each exercise. Runner.Examine turns a Chapter into a
// Report: the rows of a run, and from them one Verdict for each exercise. The
// command prints the Report, and notes the progress. Nothing prints before it
// is decided what to print, and a layer gets no more of the screen than a
// [example.com/authbook/internal/workbook/term.Printer].
//
// Another version of a chapter, such as its blanks or a wrong answer, is a
// Tree: names and texts. Go compiles it through an Overlay, beside the files
// on disk. So proof works on the reference while a learner works on the files.
//
// A learner's file changes through Course.Replace and Course.OverwriteAll, and
// through nothing else. They keep the old text first, and the new one is there
// whole or not at all. A command that was killed goes on when it is typed again, or
// says what to type first.
//
// # What lies where
//
//	01-middleware/README.md                  the notes; the hints of 1.3 are the <details> in its section
//	01-middleware/testdata/wrong/1.3-x.diff  a wrong answer: see course/wrong.go
//	.workbook/01-middleware/state.json       committed by start: the branch it started from
//	.workbook/01-middleware/reference/*.go   committed by start: the chapter as it was
//	.workbook/01-middleware/manifest         hashes of what checks the work, of the release
//	.workbook/local/                         never committed: saved texts, progress, overlays
//
// # A clean room
//
// course/overlay.go is a model for what is new: one idea in a file, the type
// first, then what makes it, each function with a contract above it; nothing
// is printed, nothing is remembered, and a test needs a folder and no more.
package main
