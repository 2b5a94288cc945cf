package text

import (
	"regexp"
	"strings"
)

// Go is what go, git and the system say, or a part of it, with a line of ours above it.
// The first that a line has counts.
var Go = []string{
	// The compiler.
	"declared and not used", "imported and not used", "missing return", "expected 'package'",
	"missing ',' before newline", "syntax error", ", found ", "not terminated", "has no field or method",
	"not exported by package", "undefined:", "not enough arguments in call", "too many arguments in call",
	"not enough return values", "too many return values", "assignment mismatch",
	"no new variables on left side of :=", "redeclared in this block", "mismatched types", "cannot use",
	"cannot infer", "invalid operation", "non-boolean condition", "is not used", "used as value", "is not a type",
	"is not an expression", "is not constant", "cannot assign to", "cannot convert", "cannot range over",
	"too few values in", "too many values in", "field:value", "unknown field", "unexported field",
	"missing type in composite", "duplicate ", "already declared", "other declaration of", "multiple-value",
	"invalid argument", "cannot index", "cannot slice", "not in a loop", "function call", "discards result",
	"does not satisfy", "type argument", "impossible type", "recursive type", "initialization cycle", "untyped nil",
	"newline in string", "rune literal", "invalid character", "unknown escape", "import cycle not allowed",
	"no required module provides package", "missing go.sum entry", "is not in std", "use of internal package",
	"found packages", refused,
	// A program that runs.
	"nil pointer dereference", "index out of range", "slice bounds out of range", "assignment to entry in nil map",
	"integer divide by zero", "negative shift amount", "interface conversion:", "DATA RACE", "concurrent map",
	"all goroutines are asleep", "blocked goroutines remain", "closed channel", "stack overflow",
	"test timed out", "panic: ", "fatal error: ",
	// The system, the server, and other programs.
	"no such file or directory", "permission denied", "read-only file system", "no space left on device",
	"address already in use", "connection refused", "executable file not found", "Could not read from remote",
	"does not appear to be a git repository", "index.lock", "failed to sign", "[rejected]", "Authentication failed",
	"unmerged", "would be overwritten", "unable to access", "exit status", "go vet: ",
	"another program listens on", "final: ",
}

// refused stands for all else that a compiler says of a place.
const refused = "refused by the compiler"

var (
	ofCompiler = regexp.MustCompile(`^ *\S+\.go:\d+:\d+: `)

	broken   = regexp.MustCompile(`^(\S+\.go:\d+: )?(panic: |fatal error: |WARNING: DATA RACE)`)
	inKorean = regexp.MustCompile(`\p{Hangul}`)
	named    = regexp.MustCompile(`'[^']*'|"[^"]*"|\S*/\S*`) // a folder or a branch may have a Korean name
)

// Meaning is what a line of go means, in a language: "" in English, and for
// every other line.
func (l Language) Meaning(line string) string { return l.speech().ofGo(line) }

func (s speech) ofGo(line string) string {
	if means := s.meaning(line, Go); means != "" || !ofCompiler.MatchString(line) {
		return means
	}
	return s.exact[refused]
}

// Explained is what go, git or the system said, in as many lines as it has, with a line
// of ours above each that needs one.
func (l Language) Explained(said string) string {
	var lines []string
	for line := range strings.SplitSeq(said, "\n") {
		lines = append(lines, l.speech().explained(line)...)
	}
	return strings.Join(lines, "\n")
}

func (s speech) explained(line string) []string {
	ours := inKorean.MatchString(named.ReplaceAllString(line, ""))
	if known := s.line(line); len(known) > 1 || known[0] != line || ours {
		return known
	}
	if means := s.ofGo(line); means != "" {
		words := strings.TrimLeft(line, " \t")
		indent := line[:len(line)-len(words)]
		return []string{indent + means, indent + "  " + words}
	}
	return []string{line}
}
