package text

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"sync"
)

// T is a text in the reader's language, with its arguments in place. Without
// arguments a percent sign is a percent sign.
func T(format string, args ...any) string {
	if translated, ok := catalog()[format]; ok {
		format = translated
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// N is [T] for a number of things: one for n == 1, else many. The number is
// the first argument of both: N(2, "%d row", "%d rows").
func N(n int, one, many string, args ...any) string {
	format := many
	if n == 1 {
		format = one
	}
	return T(format, append([]any{n}, args...)...)
}

//go:embed ko.po
var korean string

// catalog is what the reader's language has, nothing for English. The language
// of a process does not change.
var catalog = sync.OnceValue(func() map[string]string {
	if Language(os.Getenv) != "ko" {
		return nil
	}
	return parse(korean)
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
