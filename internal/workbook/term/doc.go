// Package term is what a person reads and types: lines that fit a terminal,
// colours where they show, keys, questions, and the table of a tool's commands.
// It knows no course.
package term
