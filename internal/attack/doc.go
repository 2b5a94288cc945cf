// Package attack has the attacks of the course: what somebody breaks into before
// they write the code that keeps others out. Each [Attack] is a story, a flaw, and
// what the reference answers to the same requests.
//
// The flaw is a wrong answer of a chapter, or a file in flaws/, and is put into
// the chapter by an overlay: no flaw stands in code that is built otherwise. The
// server, target/, is the chapters' own handlers on stores in memory. It says on
// every answer what it is, and listens on the loopback address alone.
//
// `go tool workbook attack` plays it. Nothing else may import this package.
package attack
