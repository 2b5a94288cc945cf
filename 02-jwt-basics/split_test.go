package jwtbasics

import (
	"fmt"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	longest := "h." + strings.Repeat("p", 4096-len("h..s")) + ".s"
	type row struct {
		name  string
		token string
		want  Parts
		err   error
		why   string
	}
	rows := []row{
		{name: "three segments and what is signed", token: "head.pay.sig",
			want: Parts{Header: "head", Payload: "pay", Signature: "sig", SigningInput: "head.pay"},
			why:  "the signature covers the first two, with their dot"},
		{name: "the longest token is taken", token: longest,
			want: Parts{Header: "h", Payload: longest[2 : len(longest)-2], Signature: "s",
				SigningInput: longest[:len(longest)-2]},
			why: "a token of exactly the limit is taken"},
		{name: "one byte more is refused", token: longest + "s", err: ErrMalformed,
			why: "a long text is refused before any work is done"},
		{name: "nothing is refused", token: "", err: ErrMalformed, why: "it is no token"},
		{name: "one segment is refused", token: "head", err: ErrMalformed, why: "it is no token"},
		{name: "two segments are refused", token: "head.pay", err: ErrMalformed, why: "there is no signature"},
		{name: "four segments are refused", token: "head.pay.sig.more", err: ErrMalformed,
			why: "nobody knows what a fourth one means"},
		{name: "a dot at the end is refused", token: "head.pay.sig.", err: ErrMalformed,
			why: "it makes a fourth segment"},
		{name: "five segments, an encrypted token, are refused", token: "a.b.c.d.e", err: ErrMalformed,
			why: "JWE is another format (RFC 7516)"},
		{name: "an empty header is refused", token: ".pay.sig", err: ErrMalformed,
			why: "nothing says how it is signed"},
		{name: "an empty payload is refused", token: "head..sig", err: ErrMalformed,
			why: "a detached payload (RFC 7515 appendix F) is not ours"},
		{name: "an empty signature is refused", token: "head.pay.", err: ErrMalformed,
			why: "that is an unsecured token, alg none"},
		{name: "dots alone are refused", token: "..", err: ErrMalformed, why: "it is no token"},
	}
	exercise.Rows(t, "2.2", rows, func(t *testing.T, row row) {
		got, err := Split(row.token)
		assertError(t, row.err, err, row.why)
		assertQuotesNothing(t, err, row.token)
		if got != row.want && !t.Failed() { // the wrong verdict says enough
			assert.Fail(t, fmt.Sprintf("expected the parts %s, got %s", short(row.want), short(got)), row.why)
		}
	})
}

// short shows parts in one line: a long segment would hide what is wrong.
func short(p Parts) string {
	cut := func(text string) string {
		if len(text) <= 40 {
			return fmt.Sprintf("%q", text)
		}
		return fmt.Sprintf("%q… (%d bytes)", text[:8], len(text))
	}
	return fmt.Sprintf("{Header: %s, Payload: %s, Signature: %s, SigningInput: %s}",
		cut(p.Header), cut(p.Payload), cut(p.Signature), cut(p.SigningInput))
}
