package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// drill lets a learner practise reviews: on a pull request with mistakes in it,
// or on the claims of an AI about one.
func drill(_ context.Context, a *app, args arguments) error {
	drills, err := a.drills()
	if err != nil {
		return err
	}
	if args.first() == "" {
		for _, d := range drills {
			a.ui.columns(fmt.Sprintf("  %d", d.number), 5, strings.TrimPrefix(d.title, "A "))
		}
		a.ui.label("next", "go tool workbook drill 1")
		return nil
	}
	i := slices.IndexFunc(drills, func(d drillOf) bool { return fmt.Sprint(d.number) == args.first() })
	if i < 0 {
		return usageError{fmt.Sprintf("there is no drill %q; they are 1 to %d", args.first(), len(drills))}
	}
	if drills[i].isAboutClaims() {
		return a.drillClaims(drills[i], args.words[1:])
	}
	return a.drillFindings(drills[i], args.words[1:])
}

// drillOf is one drill: a folder of docs/review/drills/testdata.
type drillOf struct {
	number int
	dir    string // absolute
	title  string
	text   string // what the author says
	points []point
}

// point is one entry of a drill's key.md: a mistake, or a claim.
type point struct {
	title  string
	places []place
	label  string // "right" or "wrong" for a claim
	proof  string // the test that proves it
	why    string
}

// place is a line of the pull request.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

func (d drillOf) isAboutClaims() bool { return d.points[0].label != "" }

func (a *app) drills() ([]drillOf, error) {
	paths, err := filepath.Glob(filepath.Join(a.root, "docs", "review", "drills", "testdata", "[1-9]-*", "key.md"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, refuse("this course has no drills: docs/review/drills is missing")
	}
	var all []drillOf
	for _, path := range paths {
		d, err := readDrill(filepath.Dir(path))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.relative(path), err)
		}
		all = append(all, d)
	}
	return all, nil
}

// readDrill reads a key. A place is written as a file and a part of a line,
// which must occur once: so it stays right when lines move.
func readDrill(dir string) (drillOf, error) {
	d := drillOf{dir: dir, number: atoi(filepath.Base(dir)[:1])}
	text, err := os.ReadFile(filepath.Join(dir, "key.md"))
	if err != nil {
		return d, err
	}
	parts := strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n### ")
	title, intro, _ := strings.Cut(strings.TrimPrefix(parts[0], "# "), "\n")
	d.title, d.text = title, strings.TrimSpace(intro)
	for _, part := range parts[1:] {
		p, err := readPoint(dir, part)
		if err != nil {
			return d, err
		}
		d.points = append(d.points, p)
	}
	if len(d.points) == 0 {
		return d, fmt.Errorf("no point begins with ###")
	}
	return d, nil
}

func readPoint(dir, text string) (point, error) {
	title, body, _ := strings.Cut(text, "\n")
	p := point{title: title}
	var why []string
	for line := range strings.SplitSeq(body, "\n") {
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "- "), ": ")
		switch {
		case !ok || !strings.HasPrefix(line, "- "):
			why = append(why, line)
		case name == "label":
			p.label = value
		case name == "proof":
			p.proof = value
		default:
			at, err := placeOf(dir, name, strings.Trim(value, "`"))
			if err != nil {
				return p, err
			}
			p.places = append(p.places, at)
		}
	}
	p.why = strings.TrimSpace(strings.Join(why, "\n"))
	return p, nil
}

func placeOf(dir, file, part string) (place, error) {
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return place{}, err
	}
	found := place{file: file}
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		if !strings.Contains(line+"\n", part) && line != part {
			continue
		}
		if found.line > 0 {
			return found, fmt.Errorf("%q is in the lines %d and %d of %s", part, found.line, i+1, file)
		}
		found.line = i + 1
	}
	if found.line == 0 {
		return found, fmt.Errorf("no line of %s holds %q", file, part)
	}
	return found, nil
}

// introduce shows what there is to read.
func (a *app) introduce(d drillOf) {
	a.ui.say("%s\n", a.ui.paint(bold, d.title))
	a.ui.say("%s\n", unwrap(d.text))
	for _, name := range d.files() {
		a.ui.label("read", a.relative(filepath.Join(d.dir, name)))
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
func (a *app) drillFindings(d drillOf, words []string) error {
	var found []place
	for _, word := range words {
		at, err := d.place(word)
		if err != nil {
			return err
		}
		found = append(found, at)
	}
	if len(words) == 0 {
		a.introduce(d)
		if found = a.typedFindings(d); len(found) == 0 {
			return d.untold()
		}
	}
	a.score(d, found)
	return nil
}

// typedFindings asks for places. One that is none is asked for again: what was
// typed before it is not lost.
func (a *app) typedFindings(d drillOf) (found []place) {
	a.ui.say("\nYour findings, one on each line, such as %s:12. An empty line ends the list.", d.files()[0])
	for {
		word := a.ui.answer(">")
		if word == "" {
			return found
		}
		if at, err := d.place(word); err != nil {
			a.ui.say("  %v", err)
		} else {
			found = append(found, at)
		}
	}
}

// untold keeps the solution from whoever wanted to read first.
func (d drillOf) untold() error {
	return refuse("there is no answer yet, so nothing is given away", fmt.Sprintf("go tool workbook drill %d   when you have read it; a guess is enough", d.number))
}

// place reads accounts.go:40, also with folders in front.
func (d drillOf) place(word string) (place, error) {
	m := regexp.MustCompile(`^(?:.*/)?([\w-]+\.go):(\d{1,5})(?::\d+)?$`).FindStringSubmatch(word)
	if m == nil || !slices.Contains(d.files(), m[1]) {
		return place{}, usageError{fmt.Sprintf("%q is not a place; a place is a file of the drill and a line, such as %s:12", word, d.files()[0])}
	}
	return place{m[1], atoi(m[2])}, nil
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
func (a *app) score(d drillOf, found []place) {
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
	for i, p := range d.points {
		a.tick(hit[i], "%s", p.title)
	}
	a.ui.say("\n%s, %d missed, %s\n", count(len(hit), "hit"), len(d.points)-len(hit), count(len(alarms), "false alarm"))
	for _, at := range alarms {
		a.ui.say("  %s: nothing that we know of is wrong here. If you can make a test fail there, it is us who missed it.", at)
	}
	a.explain(d)
}

func (a *app) explain(d drillOf) {
	for _, p := range d.points {
		a.ui.say("\n%s", a.ui.paint(bold, p.title))
		a.ui.label("where", strings.Join(texts(p.places), ", "))
		if p.label != "" {
			a.ui.label("label", p.label)
		}
		a.ui.prose("why", unwrap(p.why))
		a.ui.label("proof", fmt.Sprintf("go test -run %s ./%s", p.proof, a.relative(d.dir)))
	}
}

// labels are the words for a claim, by what may be typed.
var labels = map[string]string{"r": "right", "w": "wrong", "right": "right", "wrong": "wrong"}

// typedLabels asks for one label for each claim, nil if one is left out.
func (a *app) typedLabels(d drillOf) (given []string) {
	for i, p := range d.points {
		a.ui.say("\n%d. %s", i+1, p.places[0])
		a.ui.prose("claim", p.title)
		word := a.ui.answer("Right or wrong? [r/w]")
		for word != "" && labels[strings.ToLower(word)] == "" {
			word = a.ui.answer("Type r or w:")
		}
		if word == "" {
			return nil
		}
		given = append(given, word)
	}
	return given
}

// drillClaims scores labels of claims: r for right, w for wrong.
func (a *app) drillClaims(d drillOf, words []string) error {
	given := words
	if len(words) == 0 {
		a.introduce(d)
		if given = a.typedLabels(d); given == nil {
			return d.untold()
		}
	}
	if len(given) != len(d.points) {
		return usageError{fmt.Sprintf("drill %d has %d claims; give each an r or a w, in their order", d.number, len(d.points))}
	}
	hits := 0
	for i, p := range d.points {
		label := labels[strings.ToLower(given[i])]
		if label == "" {
			return usageError{fmt.Sprintf("claim %d: %q is neither r nor w", i+1, given[i])}
		}
		if label == p.label {
			hits++
		}
		a.tick(label == p.label, "claim %d is %s", i+1, p.label)
	}
	a.ui.say("\n%d of %d", hits, len(d.points))
	a.explain(d)
	return nil
}
