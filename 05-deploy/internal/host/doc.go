// Package host changes the release that runs on one machine. It runs there, as
// root; see command host.
//
// It talks to ship through its standard streams. Each line of output is
// progress for the operator, except one that starts with [ReadyPrefix]: the
// new release serves, and ship must now check it and answer with one line,
// [VerdictGood] or anything else. No answer is a bad one.
package host
