// Inspect prints what a JSON Web Token says, without a key:
//
//	go run ./02-jwt-basics/inspect eyJhbGciOi…
//	pbpaste | go run ./02-jwt-basics/inspect -
//
// It reads the token from its argument, or from standard input for "-", which
// keeps the token out of the shell's history. A "Bearer " in front is ignored.
// The parts come in colour on a terminal, unless NO_COLOR is set; the dates
// come in words too.
//
// Reading is not verifying: it shows what a token claims, and nothing of who
// wrote it.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

func main() {
	out := printer{w: os.Stdout, colour: wantsColour(os.Stdout, os.Getenv)}
	if err := run(os.Args[1:], os.Stdin, out, time.Now()); err != nil {
		fmt.Fprintln(os.Stderr, "inspect:", err)
		os.Exit(1)
	}
}

// run prints the token that the arguments name. It prints all of it or, with
// an error, nothing.
func run(args []string, stdin io.Reader, out printer, now time.Time) error {
	text, err := input(args, stdin)
	if err != nil {
		return err
	}
	t, err := decode(trimScheme(text))
	if err != nil {
		return err
	}
	return out.print(t, now)
}

// maxInput is more than any token that is sent in a header, and less than what
// hurts.
const maxInput = 1 << 20

// input returns the text of the token. Several arguments are one: an unquoted
// Bearer TOKEN is two.
func input(args []string, stdin io.Reader) (string, error) {
	text := strings.Join(args, " ")
	if text == "-" {
		data, err := io.ReadAll(io.LimitReader(stdin, maxInput+1))
		if err != nil {
			return "", fmt.Errorf("reading standard input: %w", err)
		}
		text = string(data)
	}
	if len(text) > maxInput {
		return "", errors.New("the input is longer than 1 MiB: that is no token")
	}
	if strings.TrimSpace(text) == "" {
		return "", errors.New("no token: give one as the argument, or - to read it from standard input")
	}
	return text, nil
}

// trimScheme removes what an Authorization header has around a token. The name
// of a scheme is case-insensitive (RFC 9110 section 11.1).
func trimScheme(text string) string {
	const scheme = "bearer "
	text = strings.TrimSpace(text)
	if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
		text = strings.TrimSpace(text[len(scheme):])
	}
	return text
}

// wantsColour reports whether f is a terminal that shows colours and whose
// owner wants them (no-color.org).
func wantsColour(f *os.File, getenv func(string) string) bool {
	if getenv("NO_COLOR") != "" || cmp.Or(getenv("TERM"), "dumb") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
