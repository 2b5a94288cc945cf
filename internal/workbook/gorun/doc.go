// Package gorun runs the tests of a chapter and gives each exercise its
// verdict: which rows belong to it, which fail, and what they wait for. That
// tests fail is no error here; an error is a run that could not be made.
package gorun
