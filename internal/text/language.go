package text

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// Language is one that the tools speak, as an attribute lang names it (BCP 47). The zero
// value is English.
type Language string

// The languages of the tools.
const (
	English Language = "en"
	Korean  Language = "ko"
)

// Current is the language of this process, as [FromEnv] reads it.
var Current = sync.OnceValue(func() Language { return FromEnv(os.Getenv) })

// FromEnv is the language that WORKBOOK_LANG names, else the locale, as POSIX reads it.
func FromEnv(getenv func(string) string) Language {
	for _, name := range []string{"WORKBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		if value == "ko" || strings.HasPrefix(value, "ko_") || strings.HasPrefix(value, "ko.") {
			return Korean
		}
		return English
	}
	return English
}

// T is a text with its arguments in place, of which those that are texts are in this
// language too. Without arguments a percent sign is a percent sign.
func (l Language) T(format Key, args ...any) string {
	translated, ok := l.catalog()[string(format)]
	if !ok {
		translated = string(format)
	}
	if len(args) > 0 {
		args = slices.Clone(args)
		for i, arg := range args {
			if key, isText := arg.(Key); isText {
				args[i] = l.T(key)
			}
		}
		translated = fmt.Sprintf(translated, args...)
	}
	if !ok {
		return translated
	}
	return withParticles(translated)
}

// N is T for a number of things: one for n == 1, else many. The number is the first
// argument of both: N(2, "%d row", "%d rows").
func (l Language) N(n int, one, many Key, args ...any) string {
	format := many
	if n == 1 {
		format = one
	}
	return l.T(format, append([]any{n}, args...)...)
}

// Errorf is an error with a text of T. It wraps nothing.
func (l Language) Errorf(format Key, args ...any) error { return errors.New(l.T(format, args...)) }

// catalog is what a language has, nothing for English.
func (l Language) catalog() map[string]string {
	if l != Korean {
		return nil
	}
	return koreanTexts()
}
