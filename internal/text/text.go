package text

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Key is a text as it stands in the code, in English. Every constant of this type is
// in the catalogue.
type Key string

// String is the text in the reader's language.
func (k Key) String() string { return T(k) }

// T is a text in the reader's language, with its arguments in place. Without
// arguments a percent sign is a percent sign.
func T(format Key, args ...any) string {
	translated, ok := catalog()[string(format)]
	if !ok {
		translated = string(format)
	}
	if len(args) > 0 {
		translated = fmt.Sprintf(translated, args...)
	}
	if !ok {
		return translated
	}
	return withParticles(translated)
}

// N is [T] for a number of things: one for n == 1, else many. The number is
// the first argument of both: N(2, "%d row", "%d rows").
func N(n int, one, many Key, args ...any) string {
	format := many
	if n == 1 {
		format = one
	}
	return T(format, append([]any{n}, args...)...)
}

// Errorf is an error with a text of [T]. It wraps nothing.
func Errorf(format Key, args ...any) error { return errors.New(T(format, args...)) }

//go:embed ko.po
var korean string

// catalog is what the reader's language has, nothing for English. The language
// of a process does not change.
var catalog = sync.OnceValue(func() map[string]string {
	if Current() != "ko" {
		return nil
	}
	return Parse(korean)
})

// Language is "ko" or "en": WORKBOOK_LANG, else the locale, as POSIX reads it.
func Language(getenv func(string) string) string {
	for _, name := range []string{"WORKBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		if value == "ko" || strings.HasPrefix(value, "ko_") || strings.HasPrefix(value, "ko.") {
			return "ko"
		}
		return "en"
	}
	return "en"
}
