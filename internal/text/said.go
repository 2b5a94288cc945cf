package text

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// What tests print stays English where it is printed: the tool compares it, and go and
// testify add words of their own. It is translated where somebody reads it, line by
// line, by the formats in tests.ko.po.

//go:embed tests.ko.po
var koreanTests string

// speech is what tests say, by the English.
type speech struct {
	exact   map[string]string
	formats []format // the longest first
}

// format is a text of a test with verbs in it.
type format struct {
	english *regexp.Regexp
	length  int    // of its words
	korean  string // with %s for each value: it is text by now
}

var koreanSpeech = sync.OnceValue(func() speech { return speechOf(Parse(koreanTests)) })

// speech is what tests say in a language, nothing for English.
func (l Language) speech() speech {
	if l != Korean {
		return speech{}
	}
	return koreanSpeech()
}

var verb = regexp.MustCompile(`%(\[\d+\])?[-+#0]*\d*(?:\.\d+)?[a-zA-Z]`)

func speechOf(translated map[string]string) speech {
	s := speech{exact: translated}
	for english, korean := range translated {
		if words := verb.ReplaceAllString(english, ""); words != english {
			s.formats = append(s.formats, format{patternOf(english), len(words), verb.ReplaceAllString(korean, "%${1}s")})
		}
	}
	slices.SortFunc(s.formats, func(a, b format) int { return b.length - a.length })
	return s
}

// patternOf matches what a format prints. A value is as short as it can be: the words
// behind the first colon are a text of their own, which is looked up again.
func patternOf(english string) *regexp.Regexp {
	var parts []string
	end := 0
	for _, at := range verb.FindAllStringIndex(english, -1) {
		parts = append(parts, regexp.QuoteMeta(english[end:at[0]]), valueOf(english[at[1]-1]))
		end = at[1]
	}
	parts = append(parts, regexp.QuoteMeta(english[end:]))
	return regexp.MustCompile("(?s)^" + strings.Join(parts, "") + "$")
}

// valueOf matches what a verb prints.
func valueOf(verb byte) string {
	switch verb {
	case 'd':
		return `(\s*-?\d+)`
	case 'q': // of nil it is %!q(<nil>)
		return "([\"'`\\[%].*?)"
	}
	return "(.*?)"
}

// said translates a text, and texts that are values in it. What is not known stays, but
// for a text behind the colon of a name: a word, what has a quote, such as `"a row": …`,
// or a text.
func (s speech) said(english string) string {
	if korean, ok := s.exact[english]; ok {
		return korean
	}
	for _, f := range s.formats {
		if values := f.english.FindStringSubmatch(english); values != nil {
			return s.filled(f, values[1:])
		}
	}
	name, words, _ := strings.Cut(english, ": ")
	if !strings.Contains(words, " ") {
		return english
	}
	called, korean := s.said(name), s.said(words)
	isName := called != name || strings.Contains(name, `"`) || !strings.Contains(name, " ")
	if !isName || korean == words {
		return english // an error of the code, whose first word is one of ours by chance
	}
	return called + ": " + korean
}

// filled is a format in Korean, with its values.
func (s speech) filled(f format, values []string) string {
	args := make([]any, len(values))
	for i, value := range values {
		args[i] = s.said(value)
	}
	return withParticles(fmt.Sprintf(f.korean, args...))
}

// Said is what a test has said, in a language.
func (l Language) Said(english string) string { return l.speech().said(english) }

var (
	testifyError   = regexp.MustCompile(`^(\s*)Error:(\s+)(\S.*)$`)
	testifyMessage = regexp.MustCompile(`^(\s*Messages:\s+)(.*)$`)
	placeOfTest    = regexp.MustCompile(`^(\s*\S+\.go:\d+(?::\d+)?: )(.+)$`)
)

// TestLine is a line of a test's output for the reader: our own words in their
// language, and above what testify says a line that tells what it means.
func (l Language) TestLine(line string) []string { return l.speech().line(line) }

func (s speech) line(line string) []string {
	if m := testifyError.FindStringSubmatch(line); m != nil {
		if means := s.meaning(m[3], Testify); means != "" {
			return []string{m[1] + means, line}
		}
		return []string{m[1] + "Error:" + m[2] + s.said(m[3])}
	}
	for _, ours := range []*regexp.Regexp{testifyMessage, placeOfTest} {
		if m := ours.FindStringSubmatch(line); m != nil && !broken.MatchString(m[2]) {
			return []string{m[1] + s.said(m[2])}
		}
	}
	words := strings.TrimLeft(line, " \t")
	return s.under(line[:len(line)-len(words)], words)
}

// under is a line of words: in the reader's language, or with what they mean above them.
func (s speech) under(indent, words string) []string {
	if means := s.meaning(words, Go); means != "" && broken.MatchString(words) {
		return []string{indent + means, indent + words}
	}
	return []string{indent + s.said(words)}
}

// Testify is what testify says, or begins to say, with a line of ours above it.
var Testify = []string{"Not equal:", "Should be true", "Should be false", "Should be empty", "Should NOT be empty",
	"Received unexpected error:", "An error is expected but got nil.", "Expected nil, but got:",
	"Expected value not to be nil.", "Should not be:", "elements differ", "Error message not equal:",
	"Target error should be in err chain:", "Should be zero", "Object expected to be of type", "should not contain",
	"does not contain", "should have", `to match "`, "is not less than or equal to", "is not greater than or equal to",
	"is not less than", "is not greater than", "is not negative", "is not positive", "Should be in error chain:",
	"Expected error with", "Max difference between", "Not same:", "should not panic", "should panic",
	"Condition never satisfied", "needs to be valid json"}

// meaning is what a line with one of these phrases means, in the reader's language, "" in
// English.
func (s speech) meaning(said string, phrases []string) string {
	for _, phrase := range phrases {
		if strings.Contains(said, phrase) {
			return s.exact[phrase]
		}
	}
	return ""
}
