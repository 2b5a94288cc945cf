// Package exercise runs the tables of the chapters' tests.
//
// A learner starts a chapter with its exercises blank: a function body that is
// the one statement panic("TODO 1.3 Chain"), or an empty table. [Rows] then
// fails every row with the place to edit, without calling the blank, so that
// the whole list of what to reach is there from the first run. Later it turns
// a panic in the learner's code into the failure of one row.
//
// The package is for tests alone. It reads the source of the package under
// test, which is the working directory of `go test`.
package exercise
