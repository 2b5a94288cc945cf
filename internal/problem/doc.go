// Package problem holds the errors that cross the HTTP boundary.
//
// An [Error] has two readers. The client reads its [Code], Detail and Fields,
// written by [Write] as application/problem+json (RFC 9457). The operator
// reads its cause, through [Error.Error], in the log. Nothing of the cause
// ever reaches the client.
package problem
