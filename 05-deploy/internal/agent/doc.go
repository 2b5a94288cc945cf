// Package agent changes the release that runs on one machine. It is all of the
// program host, which ship installs there and runs as root.
//
// It talks to ship through its standard streams. Each line of output is
// progress for the operator, except one that starts with [ReadyPrefix]: the
// new release serves, and ship must now check it and answer with one line,
// [VerdictGood] or anything else. No answer is a bad one.
package agent
