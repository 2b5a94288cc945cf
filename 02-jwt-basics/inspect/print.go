package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The colours of the parts, as SGR codes (ECMA-48 section 8.3.117).
const (
	red     = "31"
	green   = "32"
	magenta = "35"
	cyan    = "36"
	warning = "1;33"
)

// printer writes a token to w.
type printer struct {
	w      io.Writer
	colour bool
}

// print writes the whole token at once.
func (p printer) print(t token, now time.Time) error {
	header, err := pretty(t.header)
	if err != nil {
		return err
	}
	payload, err := pretty(t.payload)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", p.paint(red, "header"), p.paint(red, header))
	fmt.Fprintf(&b, "%s\n%s\n\n", p.paint(magenta, "payload"), p.paint(magenta, payload))
	p.writeTimes(&b, t.payload, now)
	fmt.Fprintf(&b, "%s\n%s\n\n", p.paint(cyan, "signature"), p.paint(cyan, describe(t.signature)))
	fmt.Fprintln(&b, p.paint(warning, "Reading is not verifying: anybody can write a token that says this."))
	_, err = io.WriteString(p.w, b.String())
	return err
}

// writeTimes writes the dates that the payload has, if any.
func (p printer) writeTimes(b *strings.Builder, payload json.RawMessage, now time.Time) {
	dates := datesIn(payload, now)
	if len(dates) == 0 {
		return
	}
	fmt.Fprintln(b, "times")
	for _, d := range dates {
		colour := green
		if d.bad {
			colour = red
		}
		fmt.Fprintf(b, "  %s  %s\n", d.name, p.paint(colour, d.words))
	}
	fmt.Fprintln(b)
}

func describe(signature []byte) string {
	if len(signature) == 0 {
		return "  empty: nobody has signed this"
	}
	return fmt.Sprintf("  %d bytes, not checked", len(signature))
}

// paint colours text line by line, so that a pager keeps the colour.
func (p printer) paint(code, text string) string {
	if !p.colour {
		return text
	}
	start, end := "\x1b["+code+"m", "\x1b[0m"
	return start + strings.ReplaceAll(text, "\n", end+"\n"+start) + end
}

// pretty indents the JSON as it is: the order stays, and a member that
// comes twice is shown twice.
func pretty(object json.RawMessage) (string, error) {
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(object), "  ", "  "); err != nil {
		return "", err
	}
	return "  " + printable(b.String()), nil
}

// printable escapes whatever is not a visible character: the token comes from
// a stranger, and a terminal obeys escape sequences (ESC, and the C1 controls
// from U+0080) and reverses text at a bidi override.
func printable(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"):
			fmt.Fprintf(&b, `\x%02x`, text[i]) // one byte that is not UTF-8
		case r == '\n' || unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}
