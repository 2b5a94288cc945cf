package proof

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/ask"
)

// questioning is the part of a proof that concerns the questions of the notes.
type questioning struct{ *proof }

// questionsHold: the questions of the notes can be read, what they name is there,
// and each trace prints its key.
func (p questioning) questionsHold(ctx context.Context) ([]string, error) {
	all, problems, err := ask.Read(p.chapter)
	if err != nil || len(all) == 0 {
		return problems, err
	}
	notes, err := p.chapter.Page("README.md") // whose rules the questions quote in one language
	if err != nil {
		return nil, err
	}
	rules := map[string]bool{}
	for _, r := range rulesIn(notes) {
		rules[r.text] = true
	}
	for _, n := range all {
		problems = append(problems, p.namesExist(n, rules)...)
	}
	wrong, err := p.tracesHold(ctx, all)
	return append(problems, wrong...), err
}

// asked is a problem of a question.
func (p questioning) asked(n ask.Noted, format string, args ...any) string {
	return fmt.Sprintf("%s/testdata/questions.md:%d: %s: %s", p.chapter.Name, n.Line, n.ID, fmt.Sprintf(format, args...))
}

// namesExist: each explanation of a wrong choice names what refutes it, and what
// the question names is there.
func (p questioning) namesExist(n ask.Noted, rules map[string]bool) []string {
	var problems []string
	_, gone := p.named(n.Because, rules)
	for i, c := range n.Choices {
		named, lacks := p.named(c.Because, rules)
		gone = append(gone, lacks...)
		if !c.Right && named == 0 {
			problems = append(problems, p.asked(n, "the wrong choice %d is explained by nothing that can be looked up: "+
				"`TestX/row`, `file.go Name` or a **rule of the notes.**", i+1))
		}
	}
	for _, name := range gone {
		problems = append(problems, p.asked(n, "there is no %s", name))
	}
	return problems
}

// quoted is what an explanation may name: a rule, or a test or a place as code.
var quoted = regexp.MustCompile("\\*\\*([^*]+)\\*\\*|`((?:Test|Fuzz|Example)[^`]*)`|`([^\\s`]+\\.go(?: [\\w.]+)?)`")

// named counts the names in an explanation, and returns those of nothing.
func (p questioning) named(explanation string, rules map[string]bool) (count int, gone []string) {
	for _, m := range quoted.FindAllStringSubmatch(strings.Join(strings.Fields(explanation), " "), -1) {
		count++
		switch {
		case m[1] != "" && !rules[m[1]]:
			gone = append(gone, "rule in the notes: "+m[1])
		case m[2] != "" && !p.hasTest(m[2]):
			gone = append(gone, "test "+m[2])
		case m[3] != "" && !p.hasPlace(m[3]):
			gone = append(gone, "place "+m[3])
		}
	}
	return count, slices.Compact(gone)
}

// hasPlace reports whether a file of the chapter, or one from the root, is there
// and declares what is named.
func (p questioning) hasPlace(place string) bool {
	if _, err := codeOf(p.chapter, place); err == nil {
		return true
	}
	name, symbol, _ := strings.Cut(place, " ")
	text, err := os.ReadFile(filepath.Join(p.runner.Course.Root, filepath.FromSlash(name)))
	return err == nil && (symbol == "" || documented(string(text), symbol) != "")
}

// tracesHold: what a trace runs prints its key, over the reference.
func (p questioning) tracesHold(ctx context.Context, all []ask.Noted) ([]string, error) {
	problems, err := p.tracesOfGo(ctx, slices.DeleteFunc(slices.Clone(all), func(n ask.Noted) bool {
		return n.Kind != ask.Trace || n.Code == ""
	}))
	if err != nil {
		return nil, err
	}
	stage := &stage{course: p.runner.Course, chapter: p.chapter, dir: p.dir}
	for _, n := range all {
		if n.Run == "" {
			continue
		}
		shown, err := stage.live(ctx, n.Run, false)
		if problem := p.compareKey(n, lastOutput(shown), err); problem != "" {
			problems = append(problems, problem)
		}
	}
	return problems, nil
}

// lastOutput is what the last of some commands wrote, each behind "$ ".
func lastOutput(shown string) string {
	last := strings.LastIndex("\n"+shown, "\n$ ")
	_, wrote, _ := strings.Cut(shown[max(last, 0):], "\n")
	return wrote
}

// compareKey compares the key of a trace with what was printed.
func (p questioning) compareKey(n ask.Noted, printed string, err error) string {
	got, want := strings.Join(strings.Fields(printed), " "), strings.ReplaceAll(n.Key(), "`", "")
	switch {
	case err != nil:
		return p.asked(n, "it can't be run: %v", err)
	case got != want:
		return p.asked(n, "it prints %q, and its key is %q", got, want)
	}
	return ""
}
