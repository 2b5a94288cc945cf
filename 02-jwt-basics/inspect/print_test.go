package main

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrint_showsThePayloadAsItStands(t *testing.T) {
	for _, row := range []struct{ name, payload, want string }{
		{"a member that comes twice", `{"sub":"jin","sub":"admin"}`, "\"sub\": \"jin\",\n    \"sub\": \"admin\""},
		{"text of any script", `{"name":"진호 😀"}`, `"name": "진호 😀"`},
		{"an escape sequence in JSON's own escape", `{"a":"\u001b[2J"}`, `"a": "\u001b[2J"`},
		{"a raw delete", "{\"a\":\"x\u007fy\"}", `"a": "x\x7fy"`},
		{"a raw C1 control, which starts a sequence too", "{\"a\":\"\u009b2J\"}", `"a": "\u009b2J"`},
		{"a bidi override", "{\"a\":\"\u202egnp\"}", `"a": "\u202egnp"`},
		{"an invisible character", "{\"a\":\"ad\u200bmin\"}", `"a": "ad\u200bmin"`},
		{"a line separator", "{\"a\":\"x\u2028y\"}", `"a": "x\u2028y"`},
		{"a byte that is not UTF-8", "{\"a\":\"\xff\"}", `"a": "\xff"`},
		{"a replacement character that was sent", "{\"a\":\"\ufffd\"}", "\"a\": \"\ufffd\""},
		{"an empty object", `{}`, "payload\n  {}\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := inspect([]string{encode(`{"alg":"HS256"}`, row.payload, "s")}, "", false)
			require.NoError(t, err)
			assert.Contains(t, got, row.want)
			assert.False(t, strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }),
				"a stranger's text must not move the cursor: %q", got)
		})
	}
}

func TestPrint_saysThatNobodySigned(t *testing.T) {
	got, err := inspect([]string{encode(`{"alg":"none"}`, `{}`, "")}, "", false)
	require.NoError(t, err)
	assert.Contains(t, got, "empty: nobody has signed this")
	assert.Contains(t, got, "Reading is not verifying")
}

func FuzzPrint(f *testing.F) {
	f.Add(`{"alg":"HS256"}`, `{"exp":1}`)
	f.Add(`{"alg":"\u001b[2J"}`, "{\"exp\":1e999,\"a\":\"\xff\u202e\"}")
	f.Fuzz(func(t *testing.T, header, payload string) {
		got, err := inspect([]string{encode(header, payload, "s")}, "", false)
		if err != nil {
			assert.Empty(t, got)
			got = err.Error()
		}
		assert.False(t, strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }),
			"a stranger's text must not move the cursor: %q", got)
	})
}
