package accounts

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestNormalizeNickname(t *testing.T) {
	rows := []struct {
		name string
		in   string
		want string
		code string
	}{
		{name: "the course's example keeps its case", in: "Mentos", want: "Mentos"},
		{name: "spaces are trimmed and joined", in: "  a \u3000 b ", want: "a b"},
		{name: "full-width letters become plain", in: "ＡＢ", want: "AB"},
		{name: "an emoji is fine", in: "진호 😀", want: "진호 😀"},
		{name: "32 characters", in: strings.Repeat("가", 32), want: strings.Repeat("가", 32)},
		{name: "spaces around 32 characters don't count", in: " " + strings.Repeat("가", 32) + " ", want: strings.Repeat("가", 32)},
		{name: "33 characters", in: strings.Repeat("가", 33), code: codeTooLong},
		{name: "a character that grows past 32", in: strings.Repeat("\ufdfa", 2), code: codeTooLong},
		{name: "spaces alone", in: " \u3000", code: codeInvalidCharacters},
		{name: "a control character", in: "a\x00", code: codeInvalidCharacters},
		{name: "a line break", in: "a\nb", code: codeInvalidCharacters},
		{name: "a bidi override", in: "a\u202eb", code: codeInvalidCharacters},
		{name: "a zero-width space", in: "a\u200bb", code: codeInvalidCharacters},
		{name: "a joiner where Devanagari may have one", in: "क्\u200dष", code: codeInvalidCharacters},
		{name: "a non-joiner where Persian may have one", in: "نمی\u200cخواهم", code: codeInvalidCharacters},
		{name: "Hangul filler", in: "\u3164", code: codeInvalidCharacters},
		{name: "half-width Hangul filler", in: "\uffa0", code: codeInvalidCharacters},
		{name: "a blank that Unicode calls a symbol", in: "\u2800", code: codeInvalidCharacters},
		{name: "the same inside", in: "a\u2800b", code: codeInvalidCharacters},
		{name: "a mark alone", in: "\u0301", code: codeInvalidCharacters},
		{name: "a mark on a space", in: "a \u0301b", code: codeInvalidCharacters},
		{name: "a circle around nothing", in: "\u20dd", code: codeInvalidCharacters},
		{name: "a mark on a letter is fine", in: "e\u0301 a\u20dd", want: "é a\u20dd"},
		{name: "invalid UTF-8", in: "a\xff", code: codeInvalidCharacters},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got, err := NormalizeNickname(r.in)
			if r.code != "" {
				var rule *RuleError
				require.ErrorAs(t, err, &rule, "%q is no nickname", r.in)
				assert.Equal(t, r.code, rule.Code, "the code tells a person what to correct")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, r.want, got, "the stored form is the enforced one")
		})
	}
}

func TestNormalizeNickname_isStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, err := NormalizeNickname(rapid.StringN(1, 12, -1).Draw(t, "name"))
		if err != nil {
			return
		}
		again, err := NormalizeNickname(first)
		require.NoError(t, err)
		require.Equal(t, first, again, "a stored nickname can be sent back")
	})
}

// FuzzNormalizeNickname: what is stored can be sent back, and can be seen.
func FuzzNormalizeNickname(f *testing.F) {
	for _, seed := range []string{"Mentos", "\u3164", "a\u0301", "\u2800", "  ｱ  ", "진호 😀", "\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		stored, err := NormalizeNickname(name)
		if err != nil {
			return
		}
		again, err := NormalizeNickname(stored)
		require.NoError(t, err)
		require.Equal(t, stored, again)
		seen := strings.ContainsFunc(stored, func(r rune) bool {
			return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
		})
		require.True(t, seen, "%q shows nothing", stored)
	})
}
