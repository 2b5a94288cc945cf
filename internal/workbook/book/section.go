package book

import (
	"context"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// section is what a page has besides the notes, for an exercise.
type section struct {
	Page          string
	Place, Start  string // where it is written; the command that starts its chapter, "" once it is
	Stage         string // "open" or "green": with another stage come other parts of the page
	Seen          string // the state of the files that Rows are about, "" before the first run
	Sign, Verdict string
	Rows          []row
	Said          string          // what check prints
	Hints         []template.HTML // those that were opened
	HintsLeft     int
	After         template.HTML // what is kept for green
	Questions     []question
	Waiting       string // says that questions wait
	CanPredict    bool
	Lab           string // the address of the panel, "" where the chapter has none
	LabRuns       bool
	Words         map[string]string
}

// row is one row of the tests.
type row struct{ Kind, Sign, Name string }

// exercise fills the page of an exercise.
func (v view) exercise(r *http.Request, p *page) error {
	_, e, err := v.course.Exercise(p.Name)
	if err != nil {
		return err
	}
	step, _ := v.contents.Step(e.ID)
	p.Title, p.Body = e.String(), v.html(course.Bare(step.Text))
	s := &section{Page: p.Name, Place: v.ch.At(e), Stage: "open", Words: p.Words, CanPredict: v.canPredict(e)}
	if !v.ch.Started {
		s.Start = "go tool workbook start " + strconv.Itoa(v.ch.Number)
	}
	if v.green(e) {
		s.Stage, s.After = "green", v.html(course.WhenGreen(step.Text))
	}
	v.fillRows(s, e)
	v.fillHints(s, e.ID, step.Text)
	v.fillLab(r, s)
	p.Exercise = s
	return v.fillQuestions(s, e)
}

// fillRows puts in what the last run said.
func (v view) fillRows(s *section, e mark.Exercise) {
	last := v.bench.of(v.ch, e.ID)
	s.Seen, s.Said = last.state, last.said
	if len(last.report.Verdicts) == 0 {
		return
	}
	verdict := last.report.Verdicts[0]
	s.Sign, s.Verdict = gorun.VerdictLine(&term.UI{Language: v.ch.Language}, verdict)
	if verdict.Status == gorun.Blank {
		s.Said = "" // the list of rows says it
	}
	survivor, blind := gorun.Blind(verdict)
	for _, r := range verdict.Rows {
		name := r.Name[strings.IndexByte(r.Name, '/')+1:]
		if blind && r.Name == survivor.Name {
			name = v.ch.T("the last impostor")
		}
		s.Rows = append(s.Rows, rowOf(r, strings.ReplaceAll(name, "_", " ")))
	}
}

func rowOf(r gorun.Row, name string) row {
	switch {
	case !r.Red():
		return row{"good", "✓", name}
	case r.Waits():
		return row{"todo", "○", name}
	}
	return row{"bad", "✗", name}
}

// fillHints puts in the hints that were opened.
func (v view) fillHints(s *section, id mark.ID, notes string) {
	all := course.HintsIn(notes)
	opened := min(v.progress.Hints[id.String()], len(all))
	for _, hint := range all[:opened] {
		s.Hints = append(s.Hints, v.html(hint))
	}
	s.HintsLeft = len(all) - opened
}

// hint opens one hint more, and counts it as the command does.
func (b *Book) hint(w http.ResponseWriter, _ *http.Request, ch *course.Chapter, e mark.Exercise) {
	b.mu.Lock()
	defer b.mu.Unlock()
	contents, err := ch.Contents()
	step, ok := contents.Step(e.ID)
	if err == nil && ok {
		err = b.course.ChangeProgress(func(p *course.Progress) {
			if p.Hints[e.ID.String()] < step.Hints {
				p.Hints[e.ID.String()]++
			}
		})
	}
	if err != nil {
		b.write(w, "said", err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// panel is the part of the lab that shows a chapter.
func panel(chapter int) string {
	return map[int]string{1: "chain", 2: "anatomy", 3: "sessions", 4: "password", 5: "password"}[chapter]
}

// fillLab puts in the way to the lab, which runs beside the book or not. It goes by the
// name that the book goes by: to a browser another name is another site, which the lab
// does not let in.
func (v view) fillLab(r *http.Request, s *section) {
	name := panel(v.ch.Number)
	if name == "" {
		return
	}
	host := (&url.URL{Host: r.Host}).Hostname()
	lab := "http://" + net.JoinHostPort(host, v.Lab) + "/lab/"
	s.Lab, s.LabRuns = lab+"#"+name, v.runs(r.Context(), lab)
}

// runs reports whether a page is there.
func (b *Book) runs(ctx context.Context, address string) bool {
	ctx, cancel := context.WithTimeout(ctx, b.Knock)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// picture is the address of a diagram, "" where nobody has drawn it.
func (v view) picture(source string) string {
	name := course.DiagramFile(source)
	if _, err := v.readDiagram(v.ch.Name, name); err != nil {
		return ""
	}
	return "/diagrams/" + v.ch.Name + strings.TrimPrefix(name, "diagrams")
}
