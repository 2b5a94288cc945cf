package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// Anybody can send 16 KiB of name or password, without a password. None of it is
// normalised that could not be short enough in the end; what could be is.
func TestLongText_isRefusedBeforeItIsNormalised(t *testing.T) {
	for name, text := range map[string]string{
		"many parts":    strings.Repeat("a ", 8000) + "a",
		"many marks":    "a" + strings.Repeat("\u0301", 8000),
		"wide letters":  strings.Repeat("Ａ", 5400),
		"many letters":  strings.Repeat("שׁ", 4000),
		"mostly spaces": strings.Repeat(" ", 16000) + "a",
	} {
		t.Run(name, func(t *testing.T) {
			for what, check := range map[string]func(){
				"username": func() { assertTooLong(t, func() error { _, _, err := NormalizeUsername(text); return err }()) },
				"nickname": func() { assertTooLong(t, func() error { _, err := NormalizeNickname(text); return err }()) },
				"password": func() { assertTooLong(t, checkNewPassword(text, nil)) },
			} {
				assert.LessOrEqual(t, testing.AllocsPerRun(5, check), 5.0, "allocations for a %s", what)
			}
		})
	}
}

func assertTooLong(t *testing.T, err error) {
	t.Helper()
	var rule *RuleError
	require.ErrorAs(t, err, &rule)
	require.Equal(t, codeTooLong, rule.Code)
}

func TestLongText_anySpellingOfTheLongestIsFine(t *testing.T) {
	exercise.Needs(t, "4.3")
	for _, letter := range []string{"가", "각", "ΐ", "ᾂ", "ệ", "😀", "\U0001d160"} {
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			password := form.String(strings.Repeat(letter, maxPasswordLength/len([]rune(norm.NFC.String(letter)))))
			assert.NoError(t, checkNewPassword(password, nil), "%q", letter)
		}
	}
	for _, letter := range []string{"가", "각", "ΐ", "ệ"} {
		_, key, err := NormalizeUsername(norm.NFD.String(strings.Repeat(letter, maxNameLength)))
		require.NoError(t, err, "%q", letter)
		assert.Len(t, []rune(key), maxNameLength)
	}
}

// What is longer than any spelling of the longest is not looked at, and what is
// just as long is.
func TestLongText_isLookedAtUpToTheLastByte(t *testing.T) {
	exercise.Needs(t, "4.3")
	code := func(err error) string {
		var rule *RuleError
		require.ErrorAs(t, err, &rule)
		return rule.Code
	}
	password := func(text string) string { return code(checkNewPassword(text, nil)) }
	username := func(text string) string { _, _, err := NormalizeUsername(text); return code(err) }
	nickname := func(text string) string { _, err := NormalizeNickname(text); return code(err) }
	for _, r := range []struct {
		what  string
		check func(string) string
		most  int
	}{{"password", password, 2048}, {"username", username, 1024}, {"nickname", nickname, 1024}} {
		assert.Equal(t, codeInvalidCharacters, r.check(strings.Repeat("\xff", r.most)), r.what)
		assert.Equal(t, codeTooLong, r.check(strings.Repeat("\xff", r.most+1)), r.what)
	}
	digits := strings.Repeat("1", 2048-len("jin"))
	assert.True(t, isNamed("jin"+digits, "jin"), "a name with digits behind it is the name")
	assert.False(t, isNamed("jin"+digits+"1", "jin"))
	assert.True(t, samePassword("jin"+digits, "jin"+digits))
	assert.False(t, samePassword("jin"+digits+"1", "jin"+digits+"1"), "no password is so long")
}
