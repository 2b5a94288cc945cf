package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestCheckPassword(t *testing.T) {
	type row struct {
		name     string
		password string
		code     string // empty: it may be used
	}
	rows := []row{
		{"the course's example", "12341234", ""},
		{"eight characters of four classes", "Abcd-123", ""},
		{"seven characters", "1234567", codeTooShort},
		{"nothing", "", codeTooShort},
		{"eight Hangul syllables", "가나다라마바사아", ""},
		{"seven Hangul syllables are 21 bytes and too short", "가나다라마바사", codeTooShort},
		{"seven Hangul syllables as 14 separate letters are still seven", norm.NFD.String("가나다라마바사"), codeTooShort},
		{"seven characters that NFKC would spread to 21", strings.Repeat("㈜", 7), codeTooShort},
		{"128 characters of three bytes", strings.Repeat("가", 128), ""},
		{"128 characters as separate letters", norm.NFD.String(strings.Repeat("가", 128)), ""},
		{"129 characters", strings.Repeat("a", 129), codeTooLong},
		{"eight emoji", strings.Repeat("😀", 8), ""},
		{"eight spaces", "        ", ""},
		{"control characters are characters", "\x00\x01\x02\x03\r\n\t\x7f", ""},
		{"one class of characters is enough", "aaaaaaaa", ""},
		{"invalid UTF-8", "12341234\xff", codeInvalidCharacters},
	}
	exercise.Rows(t, "4.3", rows, func(t *testing.T, r row) {
		err := CheckPassword(r.password)
		if r.code == "" {
			assert.NoError(t, err, "length is the only rule")
			return
		}
		var rule *RuleError
		require.ErrorAs(t, err, &rule, "expected %s, so that a person knows what to correct", r.code)
		assert.Equal(t, r.code, rule.Code, "the code tells what to correct")
		if r.password != "" {
			assert.NotContains(t, rule.Message, r.password, "a message ends in logs")
		}
	})
}

func TestHashPassword(t *testing.T) {
	once(t, "4.3", "checks first, then hashes", func(t *testing.T) {
		_, err := HashPassword(testCost(), "short")
		require.Error(t, err, "a rule holds on the command line too")
		hash, err := HashPassword(testCost(), "long enough")
		require.NoError(t, err)
		ok, err := testCost().Verify(hash, "long enough")
		require.NoError(t, err)
		assert.True(t, ok, "the user must be able to log in with it")
	}, "4.4")
}
