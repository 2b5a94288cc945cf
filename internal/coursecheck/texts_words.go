package main

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"example.com/authbook/internal/workbook/proof"
)

// speaksEnglish are files with words that are no texts of the tool: faults of the course
// that authors read, code that learners get, what notes are searched for, and the tests'.
var speaksEnglish = regexp.MustCompile(`^internal/(exercise/|workbook/(ask/(notes|parse|rules)|` +
	`course/(blank|patch|twin|wrong|wrong_edits|wrong_korean)|review/drill)\.go)`)

// noTexts are literals of other files: what go, git, files and notes say.
var noTexts = []string{
	" && git commit", " $(git log --format=%H --grep '^", ": start, with all exercises blank", "Update the workbook",
	"all goroutines in bubble are blocked", "fatal error: ", "workbook run",
	"<!-- output server log: ", "\n## Likely mistakes", "broken in", "held by your code",
	"of no matter", "no file", "not green", "which status", "which of four rows", "how many rows", "which of your rows",
}

var (
	twoWords = regexp.MustCompile(`[A-Za-z]{2,}[,;:]? [a-z]{2,}`)
	oneWord  = regexp.MustCompile(`[A-Za-z]{2,}`)
	fence    = regexp.MustCompile("```[a-z]*")
	// command is one to type, up to the explanation behind three spaces.
	command = regexp.MustCompile(`(?m)^ *(?:(?:go (?:tool|run|test|vet)|gh pr|chmod|` +
		`git (?:switch|checkout|merge|add|branch|config|init|remote|reset|status))\b.*?(?:   |$)|` +
		`panic: |[A-Z_]+=\S* go .*?   )`)
	// verb is a place for an argument.
	verb = regexp.MustCompile(`%[-+#0]*(?:\[(\d+)\])?(\*|\d+)?(?:\.\d+)?([a-zA-Z])`)
)

func withoutCommands(words string) string { return command.ReplaceAllString(words, "") }

// spoken reports whether a text has words to translate.
func spoken(words string) bool {
	return oneWord.MatchString(verb.ReplaceAllString(fence.ReplaceAllString(withoutCommands(words), ""), ""))
}

// verbsOf are the verbs of a format, by the number of their argument.
func verbsOf(format string) map[int]string {
	verbs, next := map[int]string{}, 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "*" {
			verbs[next] = "*"
			next++
		}
		if at, err := strconv.Atoi(m[1]); err == nil {
			next = at
		}
		verbs[next] = m[3]
		next++
	}
	return verbs
}

// misfit says in what a format and so many arguments differ, "" if in nothing. A format
// that numbers its verbs need not say all of them.
func misfit(format string, given int) string {
	verbs := verbsOf(format)
	for n := range verbs {
		if n > given {
			return fmt.Sprintf("wants an argument %d", n)
		}
	}
	if len(verbs) < given && !strings.Contains(format, "%[") {
		return fmt.Sprintf("has no place for argument %d", given)
	}
	return ""
}

// fixedParticle is one behind a value, of which nobody knows how it ends.
var fixedParticle = regexp.MustCompile(verb.String() + "[\"'`”’)\\]}]*(?:은|는|이|가|을|를|과|와|으로|로)(?:\\P{Hangul}|$)")

// misfits says in what a translation is none of the English text.
func misfits(english, translated string) (all []string) {
	if !fits(english, translated) {
		all = append(all, fmt.Sprintf("takes other arguments, or begins or ends otherwise, than %q", english))
	}
	if fixedParticle.MatchString(translated) {
		all = append(all, "has a particle behind a value: write both, as {을/를}")
	}
	said := func(words string) string { return verb.ReplaceAllString(words, "x") }
	for _, what := range proof.SaysOtherwise(said(english), said(translated)) {
		all = append(all, fmt.Sprintf("differs from %q: %s", english, what))
	}
	return all
}

// fits reports whether a translation takes the arguments of the English text, and has
// the same spaces and line ends around it.
func fits(english, translated string) bool {
	return maps.Equal(verbsOf(english), verbsOf(translated)) &&
		indented.FindString(english) == indented.FindString(translated) &&
		strings.HasSuffix(english, "\n") == strings.HasSuffix(translated, "\n")
}

var indented = regexp.MustCompile(`^\s*`)
