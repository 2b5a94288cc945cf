package main

import (
	"encoding/base64"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// noon is the time at which all tests look at their tokens.
func noon() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func encode(header, payload, signature string) string {
	return b64(header) + "." + b64(payload) + "." + b64(signature)
}

// inspect runs the program on arguments and standard input.
func inspect(args []string, stdin string, colour bool) (string, error) {
	var out strings.Builder
	err := run(args, strings.NewReader(stdin), printer{w: &out, colour: colour}, noon())
	return out.String(), err
}

const exampleOutput = `header
  {
    "alg": "HS256",
    "typ": "JWT"
  }

payload
  {
    "sub": "jin",
    "iat": 1782906120,
    "exp": 1782907020
  }

times
  iat  2026-07-01 11:42:00 UTC, issued 18 minutes ago
  exp  2026-07-01 11:57:00 UTC, expired 3 minutes ago

signature
  32 bytes, not checked

Reading is not verifying: anybody can write a token that says this.
`

func exampleToken() string {
	return encode(`{"alg":"HS256","typ":"JWT"}`, `{"sub":"jin","iat":1782906120,"exp":1782907020}`,
		strings.Repeat("s", 32))
}

func TestRun_readsATokenFromAnywhere(t *testing.T) {
	token := exampleToken()
	for _, row := range []struct {
		name  string
		args  []string
		stdin string
	}{
		{"the argument", []string{token}, ""},
		{"standard input", []string{"-"}, token},
		{"standard input with a line end", []string{"-"}, token + "\r\n"},
		{"a header's value in quotes", []string{"Bearer " + token}, ""},
		{"a header's value without quotes", []string{"Bearer", token}, ""},
		{"a scheme in small letters", []string{"bearer  " + token}, ""},
		{"a header's value on standard input", []string{"-"}, " BEARER " + token + "\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := inspect(row.args, row.stdin, false)
			require.NoError(t, err)
			assert.Equal(t, exampleOutput, got)
		})
	}
}

func TestRun_colours(t *testing.T) {
	got, err := inspect([]string{exampleToken()}, "", true)
	require.NoError(t, err)
	assert.Contains(t, got, "\x1b[31mheader\x1b[0m\n")
	assert.Contains(t, got, "\x1b[35m    \"sub\": \"jin\",\x1b[0m\n", "each line has its colour and ends it")
	assert.Contains(t, got, "\x1b[31m2026-07-01 11:57:00 UTC, expired 3 minutes ago\x1b[0m\n", "bad news is red")
	assert.Contains(t, got, "\x1b[36m  32 bytes, not checked\x1b[0m\n")
	assert.Contains(t, got, "\x1b[1;33mReading is not verifying")

	plain := got
	for _, code := range []string{red, green, magenta, cyan, warning, "0"} {
		plain = strings.ReplaceAll(plain, "\x1b["+code+"m", "")
	}
	assert.Equal(t, exampleOutput, plain, "colours change nothing else")
}

func TestRun_refuses(t *testing.T) {
	for _, row := range []struct {
		name  string
		args  []string
		stdin string
		want  string
	}{
		{"no argument", nil, "", "no token: give one as the argument, or - to read it from standard input"},
		{"an empty argument", []string{""}, "", "no token: "},
		{"an empty standard input", []string{"-"}, " \n", "no token: "},
		{"a word", []string{"hello"}, "", "a token has three segments with dots between them, not 1"},
		{"Bearer alone", []string{"Bearer "}, "", "a token has three segments with dots between them, not 1"},
		{"two segments", []string{"a.b"}, "", "a token has three segments with dots between them, not 2"},
		{"an encrypted token", []string{"a.b.c.d.e"}, "", "five segments: an encrypted token (JWE)"},
		{"two tokens", []string{exampleToken(), exampleToken()}, "", "five segments"},
		{"padding", []string{exampleToken() + "="}, "", "the signature is not base64url without padding"},
		{"a line break inside", []string{strings.Replace(exampleToken(), ".", ".\n", 1)}, "",
			"the payload is not base64url without padding"},
		{"a header that is no JSON", []string{encode("hello", "{}", "s")}, "", "the header is not a JSON object"},
		{"a header that is an array", []string{encode("[]", "{}", "s")}, "", "the header is not a JSON object"},
		{"an empty header", []string{encode("", "{}", "s")}, "", "the header is not a JSON object"},
		{"a payload that is no JSON", []string{encode("{}", "\x1b[2J", "s")}, "", "the payload is not a JSON object"},
		{"a payload with a raw escape sequence", []string{encode("{}", "{\"a\":\"\x1b[2J\"}", "s")}, "",
			"the payload is not a JSON object"},
		{"ten thousand levels and one",
			[]string{encode("{}", strings.Repeat(`{"a":`, 10_001)+"1"+strings.Repeat("}", 10_001), "s")}, "",
			"the payload is not a JSON object"},
		{"a huge input", []string{"-"}, strings.Repeat("a", 2<<20), "the input is longer than 1 MiB"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := inspect(row.args, row.stdin, true)
			require.Error(t, err, "bad input must end with exit status 1")
			assert.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line says it")
			assert.NotContains(t, err.Error(), "\x1b", "a stranger's text must not reach the terminal")
			assert.Empty(t, got, "nothing half-done")
		})
	}
}

func TestRun_saysWhenInputFails(t *testing.T) {
	err := run([]string{"-"}, iotest.ErrReader(errors.New("unplugged")), printer{w: &strings.Builder{}}, noon())
	assert.ErrorContains(t, err, "reading standard input: unplugged")
}

func TestWantsColour(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "out")
	require.NoError(t, err)
	defer file.Close()
	terminal := map[string]string{"TERM": "xterm"}
	assert.False(t, wantsColour(file, func(name string) string { return terminal[name] }), "a file is no terminal")

	device, err := os.Open(os.DevNull) // a character device, as a terminal is
	require.NoError(t, err)
	defer device.Close()
	for _, row := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"a terminal has colours", terminal, true},
		{"NO_COLOR turns them off", map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{"a dumb terminal has none", map[string]string{"TERM": "dumb"}, false},
		{"without TERM there are none", nil, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, wantsColour(device, func(name string) string { return row.env[name] }))
		})
	}
}
