package accounts

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
	"pgregory.net/rapid"
)

func TestNormalizeUsername(t *testing.T) {
	rows := []struct {
		name    string
		in      string
		display string
		key     string
	}{
		{"the course's example", "JIN HO", "JIN HO", "jin ho"},
		{"digits alone", "12341234", "12341234", "12341234"},
		{"one character", "a", "a", "a"},
		{"Korean", "진호", "진호", "진호"},
		{"a digit before Hangul", "2pm팬", "2pm팬", "2pm팬"},
		{"Hangul as separate letters is composed", norm.NFD.String("진호"), "진호", "진호"},
		{"full-width letters and digits", "Ｊｉｎ１", "Jin1", "jin1"},
		{"half-width katakana", "ｶﾞ", "ガ", "ガ"},
		{"an accent as a mark of its own", "e\u0301", "é", "é"},
		{"Greek in capitals", "ΝΊΚΟΣ", "ΝΊΚΟΣ", "νίκοσ"},
		{"Greek with a final sigma", "Νίκος", "Νίκος", "νίκοσ"},
		{"Hebrew", "שלום", "שלום", "שלום"},
		{"punctuation", "a.b-c_d@e", "a.b-c_d@e", "a.b-c_d@e"},
		{"three dots are no path", "...", "...", "..."},
		{"32 characters of three bytes", strings.Repeat("가", 32), strings.Repeat("가", 32), strings.Repeat("가", 32)},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			display, key, err := NormalizeUsername(r.in)
			require.NoError(t, err)
			assert.Equal(t, r.display, display, "the name is shown as it was written")
			assert.Equal(t, r.key, key, "the key is what makes it one person")
		})
	}
}

func TestNormalizeUsername_refuses(t *testing.T) {
	rows := []struct {
		name string
		in   string
		code string
	}{
		{"nothing", "", codeTooShort},
		{"33 characters", strings.Repeat("a", 33), codeTooLong},
		{"33 characters in two parts", strings.Repeat("a", 16) + " " + strings.Repeat("b", 16), codeTooLong},
		{"a key that grows past 32", strings.Repeat("İ", 17), codeTooLong},
		{"a space alone", " ", codeInvalidCharacters},
		{"a space before", " a", codeInvalidCharacters},
		{"a space behind", "a ", codeInvalidCharacters},
		{"two spaces inside", "a  b", codeInvalidCharacters},
		{"a no-break space", "a\u00a0b", codeInvalidCharacters},
		{"an ideographic space", "a\u3000b", codeInvalidCharacters},
		{"a tab", "a\tb", codeInvalidCharacters},
		{"a line break", "a\r\nb", codeInvalidCharacters},
		{"NUL", "a\x00b", codeInvalidCharacters},
		{"DEL", "a\x7fb", codeInvalidCharacters},
		{"a C1 control", "a\u0085b", codeInvalidCharacters},
		{"a slash", "a/b", codeInvalidCharacters},
		{"a full-width slash", "a／b", codeInvalidCharacters},
		{"one dot", ".", codeInvalidCharacters},
		{"two dots", "..", codeInvalidCharacters},
		{"two full-width dots", "．．", codeInvalidCharacters},
		{"a zero-width space", "a\u200bb", codeInvalidCharacters},
		{"a zero-width joiner", "a\u200db", codeInvalidCharacters},
		{"a joiner where Devanagari may have one", "क्\u200dष", codeInvalidCharacters},
		{"a non-joiner where Persian may have one", "نمی\u200cخواهم", codeInvalidCharacters},
		{"a word joiner", "a\u2060b", codeInvalidCharacters},
		{"a byte order mark", "\ufeffa", codeInvalidCharacters},
		{"a soft hyphen", "a\u00adb", codeInvalidCharacters},
		{"a bidi override", "a\u202eb", codeInvalidCharacters},
		{"a bidi isolate", "a\u2066b", codeInvalidCharacters},
		{"a right-to-left mark", "a\u200fb", codeInvalidCharacters},
		{"right-to-left and left-to-right mixed", "שa", codeInvalidCharacters},
		{"Hangul filler", "\u3164", codeInvalidCharacters},
		{"Hangul choseong filler", "a\u115f", codeInvalidCharacters},
		{"Hangul jungseong filler", "a\u1160", codeInvalidCharacters},
		{"half-width Hangul filler", "a\uffa0", codeInvalidCharacters},
		{"a variation selector", "a\ufe0f", codeInvalidCharacters},
		{"a tag character", "a\U000e0041", codeInvalidCharacters},
		{"a mark with nothing below it", "a \u0301b", codeInvalidCharacters},
		{"an emoji", "😀", codeInvalidCharacters},
		{"a ligature", "ﬁ", codeInvalidCharacters},
		{"invalid UTF-8", "a\xff", codeInvalidCharacters},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			_, _, err := NormalizeUsername(r.in)
			var rule *RuleError
			require.ErrorAs(t, err, &rule, "%q looks like another name or breaks a path", r.in)
			assert.Equal(t, r.code, rule.Code, "the code tells a person what to correct")
		})
	}
}

// nameRunes are letters that case, width and normal form do something to.
func nameRunes() *rapid.Generator[rune] {
	return rapid.SampledFrom([]rune("aZé\u0301ÅåΣσςßẞİıｱﾞＡ１가각한\u1112\u1161\u11abжЖאבئ.-_ 9"))
}

func TestNormalizeUsername_properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.OneOf(nameRunes(), rapid.Rune()), 1, 8, -1).Draw(t, "name")
		display, key, err := NormalizeUsername(name)
		if err != nil {
			return
		}
		require.True(t, norm.NFC.IsNormalString(display), "what is shown is NFC")
		require.True(t, norm.NFC.IsNormalString(key), "a key is NFC")
		require.LessOrEqual(t, utf8.RuneCountInString(key), maxNameLength)
		for _, same := range []string{key, display, norm.NFD.String(name), norm.NFC.String(name), width.Fold.String(name)} {
			again, k, err := NormalizeUsername(same)
			require.NoError(t, err, "%q is a form of %q", same, name)
			require.Equal(t, key, k, "%q is the same person as %q", same, name)
			if same == display {
				require.Equal(t, display, again, "a shown name is shown as it is")
			}
		}
	})
}

func TestNormalizeUsername_caseIsNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-zà-öø-þα-ως가-힣0-9]{1,16}( [a-zа-я]{1,8})?`).Draw(t, "name")
		_, key, err := NormalizeUsername(name)
		require.NoError(t, err)
		_, upper, err := NormalizeUsername(strings.ToUpper(name))
		require.NoError(t, err)
		require.Equal(t, key, upper, "capitals are the same person")
	})
}

func FuzzNormalizeUsername(f *testing.F) {
	for _, seed := range []string{"JIN HO", "ΝΊΚΟΣ", "\u3164", "a／b", "İ", "שa"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		_, key, err := NormalizeUsername(name)
		if err != nil {
			return
		}
		_, again, err := NormalizeUsername(key)
		require.NoError(t, err, "a key is a name")
		require.Equal(t, key, again, "a key is its own key")
	})
}

func TestAccountKey(t *testing.T) {
	assert.Equal(t, "jin ho", accountKey("JIN HO"), "a name is looked up by its key")
	for _, name := range []string{"", "a\x00b", "hunter2/", "..", strings.Repeat("x", 10000)} {
		key := accountKey(name)
		assert.Regexp(t, `^/[0-9a-f]{64}$`, key, "what can't be a name never reaches the store, which may choke on it")
		_, _, err := NormalizeUsername(key)
		assert.Error(t, err, "and no user can have the key that it gets")
	}
}
