// Package vcs is what git knows of a course: the two branches of each chapter,
// what its pull request changes and gives away, merges of a newer workbook, and
// a copy of the course with a patch applied. It runs the git command; each
// command that changes something is shown before.
package vcs
