package mark

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern says which tests belong to an exercise, in the syntax of
// `go test -run`: alternatives with |, levels of subtests with /. Unlike
// there, each level matches the whole name, so that TestSign is not also
// TestSigner. Parentheses around | or / are not understood.
type Pattern [][]*regexp.Regexp

// ParsePattern reads the pattern behind a mark.
func ParsePattern(text string) (Pattern, error) {
	var p Pattern
	for alternative := range strings.SplitSeq(text, "|") {
		var levels []*regexp.Regexp
		for level := range strings.SplitSeq(alternative, "/") {
			re, err := regexp.Compile("^(?:" + strings.ReplaceAll(level, " ", "_") + ")$")
			if err != nil {
				return nil, fmt.Errorf("test pattern %q: %w", text, err)
			}
			levels = append(levels, re)
		}
		p = append(p, levels)
	}
	return p, nil
}

// patternOf is the pattern of an exercise that names none: TestChain for
// Chain, TestIssuer_Issue for Issuer.Issue, TestLevelRows for levelRows, and
// TestBox_pick as well as TestBox_Pick for Box.pick.
func patternOf(name string) string {
	first, rest, isMethod := strings.Cut(name, ".")
	if !isMethod {
		return "Test" + capital(first)
	}
	if r, size := utf8.DecodeRuneInString(rest); unicode.IsLower(r) {
		rest = fmt.Sprintf("[%c%c]%s", r, unicode.ToUpper(r), rest[size:])
	}
	return "Test" + capital(first) + "_" + rest
}

func capital(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[size:]
}

// String is the pattern for `go test -run`.
func (p Pattern) String() string {
	var alternatives []string
	for _, levels := range p {
		var texts []string
		for _, level := range levels {
			texts = append(texts, level.String())
		}
		alternatives = append(alternatives, strings.Join(texts, "/"))
	}
	return strings.Join(alternatives, "|")
}

// Matches reports whether a test is one of the pattern's. A test that failed
// before it came to its subtests matches too: it stands for them.
func (p Pattern) Matches(test string) bool { return p.Place(test) >= 0 }

// Place returns which of the alternatives matches a test first, -1 for none. They
// stand in the order in which a learner is to read of failures.
func (p Pattern) Place(test string) int {
	names := strings.Split(test, "/")
	for place, levels := range p {
		n := min(len(names), len(levels))
		ok := true
		for i := range n {
			ok = ok && levels[i].MatchString(names[i])
		}
		if ok {
			return place
		}
	}
	return -1
}
