package review

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// introduce shows what there is to read.
func introduce(c *course.Course, ui *term.UI, d drillOf) {
	ui.Say("%s\n", ui.Paint(term.Bold, d.title))
	ui.Tell("%s\n", term.Unwrap(d.text))
	for _, name := range d.files() {
		ui.Label("read", c.Relative(filepath.Join(d.dir, name)))
	}
}

// files are those of the pull request.
func (d drillOf) files() []string {
	paths, _ := filepath.Glob(filepath.Join(d.dir, "*.go"))
	var all []string
	for _, path := range paths {
		if base := filepath.Base(path); base != "proof_test.go" {
			all = append(all, base)
		}
	}
	return all
}

// drillFindings scores a list of findings, from the command line or typed.
func drillFindings(c *course.Course, ui *term.UI, d drillOf, words []string) error {
	var found []place
	for _, word := range words {
		at, err := d.place(word)
		if err != nil {
			return err
		}
		found = append(found, at)
	}
	if len(words) == 0 {
		introduce(c, ui, d)
		if found = typedFindings(ui, d); len(found) == 0 {
			return d.untold()
		}
	}
	score(c, ui, d, found)
	return nil
}

// typedFindings asks for places. One that is none is asked for again: what was
// typed before it is not lost.
func typedFindings(ui *term.UI, d drillOf) (found []place) {
	ui.Tell("\nYour findings, one on each line, such as %s:12. An empty line ends the list.", d.files()[0])
	for {
		word := ui.Answer(">")
		if word == "" {
			return found
		}
		if at, err := d.place(word); err != nil {
			ui.Say("  %v", err)
		} else {
			found = append(found, at)
		}
	}
}

// untold keeps the solution from whoever wanted to read first.
func (d drillOf) untold() error {
	return term.Refuse(text.T("there is no answer yet, so nothing is given away"),
		text.T("go tool workbook drill %d   when you have read it; a guess is enough", d.number))
}

// placeForm is a file and a line, as a learner or an editor writes them.
var placeForm = regexp.MustCompile(`^(?:.*/)?([\w-]+\.go):(\d{1,5})(?::\d+)?$`)

// place reads accounts.go:40, also with folders in front.
func (d drillOf) place(word string) (place, error) {
	m := placeForm.FindStringSubmatch(word)
	if m == nil || !slices.Contains(d.files(), m[1]) {
		return place{}, term.UsageError{
			Text: text.T("%q is not a place; a place is a file of the drill and a line, such as %s:12",
				word, d.files()[0])}
	}
	return place{m[1], course.Atoi(m[2])}, nil
}

// near is how many lines a finding may be off.
const near = 1

// at is the point that a finding means: the nearest, and one alone. It is -1
// where there is none.
func (d drillOf) at(found place) int {
	for distance := range near + 1 {
		for i, p := range d.points {
			for _, q := range p.places {
				if q.file == found.file && max(q.line-found.line, found.line-q.line) == distance {
					return i
				}
			}
		}
	}
	return -1
}

// score tells hits, misses and false alarms, and explains.
func score(c *course.Course, ui *term.UI, d drillOf, found []place) {
	hit := map[int]bool{}
	var alarms []place
	for _, at := range found {
		switch i := d.at(at); {
		case i >= 0:
			hit[i] = true
		case !slices.Contains(alarms, at):
			alarms = append(alarms, at)
		}
	}
	hits, all, beside := 0, 0, 0
	for i, p := range d.points {
		switch {
		case !p.beside:
			ui.Tick(hit[i], "%s", p.title)
			all++
			if hit[i] {
				hits++
			}
		case hit[i]:
			beside++
		}
	}
	ui.Say("\n%s, %s, %s%s\n", text.N(hits, "%d hit", "%d hits"), text.T("%d missed", all-hits),
		text.N(len(alarms), "%d false alarm", "%d false alarms"),
		orEmpty(beside > 0, ", %d true and not counted", beside))
	for _, at := range alarms {
		ui.Item("!", text.T("%s: nothing that we know of is wrong here. "+
			"If you can make a test fail there, it is us who missed it.", at))
	}
	explain(c, ui, d)
}

func explain(c *course.Course, ui *term.UI, d drillOf) {
	for _, p := range d.points {
		ui.Say("")
		for _, line := range ui.Wrap(p.title, 0) {
			ui.Say("%s", ui.Paint(term.Bold, line))
		}
		ui.Label("where", strings.Join(term.Texts(p.places), ", "))
		if p.label != "" {
			ui.Label("label", p.label.String())
		}
		ui.Prose("why", term.Unwrap(p.why))
		if p.beside {
			ui.Label("counts", text.T("no: it is true, and no comment is needed"))
		}
		ui.Label("proof", fmt.Sprintf("go test -run %s ./%s", p.proof, c.Relative(d.dir)))
	}
}

// labels are the words for a claim, by what may be typed. One may be right and of no
// matter: it is not worth a comment.
var labels = map[string]text.Key{"r": "right", "w": "wrong", "n": "of no matter", "right": "right", "wrong": "wrong",
	"of no matter": "of no matter"}

// typedLabels asks for one label for each claim, nil if one is left out.
func typedLabels(ui *term.UI, d drillOf) (given []string) {
	for i, p := range d.points {
		ui.Say("\n%d. %s", i+1, p.places[0])
		ui.Prose("claim", p.title)
		word := ui.Answer("Right, wrong, or right and of no matter? [r/w/n]")
		for word != "" && labels[strings.ToLower(word)] == "" {
			word = ui.Answer("Type r, w or n:")
		}
		if word == "" {
			return nil
		}
		given = append(given, word)
	}
	return given
}

// drillClaims scores labels of claims: r for right, w for wrong, n for right and of no
// matter.
func drillClaims(c *course.Course, ui *term.UI, d drillOf, words []string) error {
	given := words
	if len(words) == 0 {
		introduce(c, ui, d)
		if given = typedLabels(ui, d); given == nil {
			return d.untold()
		}
	}
	if len(given) != len(d.points) {
		return term.UsageError{Text: text.T("drill %d has %d claims; give each an r, a w or an n, in their order",
			d.number, len(d.points))}
	}
	hits := 0
	for i, p := range d.points {
		label := labels[strings.ToLower(given[i])]
		if label == "" {
			return term.UsageError{Text: text.T("claim %d: %q is not r, w or n", i+1, given[i])}
		}
		if label == p.label {
			hits++
		}
		ui.Tick(label == p.label, "claim %d is %s", i+1, p.label)
	}
	ui.Say("\n%d of %d", hits, len(d.points))
	explain(c, ui, d)
	return nil
}
