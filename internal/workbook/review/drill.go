package review

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// Drill lets a learner practise reviews: on a pull request with mistakes in it,
// or on the claims of an AI about one. With --swap it is a classmate's impostor.
func Drill(ctx context.Context, runner *gorun.Runner, ui *term.UI, args term.Arguments) error {
	if args.Flags["--swap"] {
		if len(args.Words) != 1 {
			return term.UsageError{Text: text.T("--swap needs one file: the impostor that you were given")}
		}
		return swap(ctx, runner, ui, args.First())
	}
	drills, err := drills(runner.Course)
	if err != nil {
		return err
	}
	if args.First() == "" {
		for _, d := range drills {
			ui.Columns(fmt.Sprintf("  %d", d.number), 5, strings.TrimPrefix(d.title, "A "))
		}
		ui.Label("next", "go tool workbook drill 1")
		return nil
	}
	i := slices.IndexFunc(drills, func(d drillOf) bool { return fmt.Sprint(d.number) == args.First() })
	if i < 0 {
		return term.UsageError{Text: text.T("there is no drill %q; they are 1 to %d", args.First(), len(drills))}
	}
	if drills[i].isAboutClaims() {
		return drillClaims(runner.Course, ui, drills[i], args.Words[1:])
	}
	return drillFindings(runner.Course, ui, drills[i], args.Words[1:])
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
	label  text.Key // "right", "wrong" or "of no matter" for a claim
	beside bool     // true, and not worth a comment: it costs nothing to name it, nor not to
	proof  string   // the test that proves it
	why    string
}

// place is a line of the pull request.
type place struct {
	file string
	line int
}

// String is a place as a learner types it.
func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

func (d drillOf) isAboutClaims() bool { return d.points[0].label != "" }

func drills(c *course.Course) ([]drillOf, error) {
	paths, err := filepath.Glob(filepath.Join(c.Root, "docs", "review", "drills", "testdata", "[1-9]-*", "key.md"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, term.Refuse(text.T("this course has no drills: docs/review/drills is missing"))
	}
	var all []drillOf
	for _, path := range paths {
		d, err := readDrill(c, filepath.Dir(path))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Relative(path), err)
		}
		all = append(all, d)
	}
	return all, nil
}

// readDrill reads a key in the reader's language. A place is written as a file and a part
// of a line, which must occur once: so it stays right when lines move.
func readDrill(c *course.Course, dir string) (drillOf, error) {
	d := drillOf{dir: dir, number: course.Atoi(filepath.Base(dir)[:1])}
	key, err := c.Page(c.Relative(dir) + "/key.md")
	if err != nil {
		return d, err
	}
	parts := strings.Split(course.WithoutStale(key), "\n### ")
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
			p.label = labels[value]
		case name == "counts":
			p.beside = value == "no"
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
