// Package greet is the first chapter of a small course that the workbook's own
// tests work through.
package greet
