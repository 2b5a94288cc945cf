package term

import (
	"fmt"
	"regexp"
)

func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func Texts[T fmt.Stringer](all []T) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.String())
	}
	return out
}

func Indent(text string) string {
	return regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(text, "    $1")
}
