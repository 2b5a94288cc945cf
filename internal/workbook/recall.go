package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// recalling is an exercise that is written again, in a copy of its file: the
// learner's own file is not touched.
type recalling struct {
	*session
	chapter  *course.Chapter
	exercise mark.Exercise
	version  course.Tree // the learner's chapter, and the reference of what is not green
	names    course.PackageNames
	file     string // the copy
}

// recall gives an old exercise to write once more, from memory.
func recall(ctx context.Context, s *session, args term.Arguments) error {
	dues, err := schedule(ctx, s)
	if err != nil {
		return err
	}
	d, err := chosenDue(s, dues, args.First())
	if err != nil || d.Chapter == nil {
		return err
	}
	r, err := beginRecall(ctx, s, d)
	if err != nil {
		return err
	}
	r.present()
	for {
		typed, more := s.ui.Line("Enter runs the rows, q leaves it for later:")
		if typed == "q" || !more {
			s.ui.Label("next", "go tool workbook recall "+r.exercise.ID.String())
			return nil
		}
		if right, err := r.judge(ctx); right || err != nil {
			return err
		}
	}
}

// schedule lists what is or will be due.
func schedule(ctx context.Context, s *session) ([]course.Due, error) {
	chapters, err := s.course.Chapters()
	if err != nil {
		return nil, err
	}
	g, err := vcs.Open(ctx, s.course, s.ui)
	if err != nil {
		return nil, err
	}
	return course.Schedule(chapters, s.course.ReadProgress(), g.FinishedAt), nil
}

// chosenDue is the exercise that the learner names, the one that was left, or the first
// that is due. Where nothing is due it says when something will be, and returns none.
func chosenDue(s *session, dues []course.Due, word string) (course.Due, error) {
	if word != "" {
		return namedDue(s.course, dues, word)
	}
	now := s.now()
	for _, isNow := range []func(course.Due) bool{
		func(d course.Due) bool { return isThere(copyOf(s.course, d.Chapter, d.Exercise)) },
		func(d course.Due) bool { return !d.At.After(now) },
	} {
		for _, d := range dues {
			if isNow(d) {
				return d, nil
			}
		}
	}
	sayNothingDue(s.ui, dues)
	return course.Due{}, nil
}

// namedDue is an exercise that was green, be it due or not.
func namedDue(c *course.Course, dues []course.Due, word string) (course.Due, error) {
	ch, e, err := c.Exercise(word)
	if err != nil {
		return course.Due{}, err
	}
	isIt := func(d course.Due) bool { return d.Exercise.ID == e.ID }
	if !ch.Started || e.Blank || c.ReadProgress().Green[e.ID.String()].IsZero() && !slices.ContainsFunc(dues, isIt) {
		return course.Due{}, term.Refuse(text.T("%s was not green yet: there is nothing to remember", e))
	}
	return course.Due{Chapter: ch, Exercise: e}, nil
}

func sayNothingDue(ui *term.UI, dues []course.Due) {
	if len(dues) == 0 {
		ui.Tell("Nothing is due. Three days after an exercise is green, it comes back here.")
		return
	}
	next := dues[0]
	for _, d := range dues {
		if d.At.Before(next.At) {
			next = d
		}
	}
	ui.Tell("Nothing is due before %s: then %s comes back.", next.At.Format(time.DateOnly), next.Exercise)
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// copyOf is where an exercise is written again.
func copyOf(c *course.Course, ch *course.Chapter, e mark.Exercise) string {
	return filepath.Join(c.Root, ".workbook", "local", "recall", e.ID.String(), ch.Name, e.File)
}

// beginRecall writes the copy with the exercise blank, or goes on with the one that is
// there. Beside it stands what the learner has, and nothing of the reference.
func beginRecall(ctx context.Context, s *session, d course.Due) (recalling, error) {
	ch, file := d.Chapter, copyOf(s.course, d.Chapter, d.Exercise)
	green, names, err := s.greenVersion(ctx, ch)
	r := recalling{s, ch, d.Exercise, green, names, file}
	if err != nil || isThere(file) {
		return r, err
	}
	from, blank := ch.Disk, course.Only(d.Exercise.ID)
	if ch.Broken != nil {
		from, blank = ch.Reference, course.Every
	}
	again, err := from.Fill(blank, course.Todo, names)
	if err != nil {
		return r, err
	}
	return r, s.course.Write(file, again[d.Exercise.File])
}

// greenVersion is the learner's chapter, in which what is not green comes from the
// reference.
func (s *session) greenVersion(ctx context.Context, ch *course.Chapter) (course.Tree, course.PackageNames, error) {
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil || ch.Broken != nil {
		return ch.Reference, names, err
	}
	p := s.course.ReadProgress()
	version, err := ch.Disk.Take(ch.Reference, func(e mark.Exercise) bool { return !p.HasPassed(e) }, names)
	return version, names, err
}

// present says what to do.
func (r recalling) present() {
	r.ui.Say("%s", r.ui.Paint(term.Bold, r.exercise.String()))
	r.ui.Tell("Write it again, from memory, in a copy. Your chapter stays as it is.")
	r.ui.Label("edit", r.course.Relative(r.file))
	r.ui.Label("read", text.T("go tool workbook read %s   if nothing comes back", r.exercise.ID))
}

// judge runs the rows over the copy.
func (r recalling) judge(ctx context.Context) (right bool, err error) {
	content, err := os.ReadFile(r.file)
	if err != nil {
		return false, err
	}
	version := r.with(string(content))
	out, err := r.runRows(ctx, r.chapter, r.exercise, version)
	if err != nil {
		return false, err
	}
	v := gorun.Judge([]mark.Exercise{r.exercise}, out)[0]
	if v.Status != gorun.Passes {
		printRed(r.ui, r.chapter, v, out, "")
		return false, nil
	}
	return true, r.done()
}

// with is the version with the copy in it. Where the copy can't be read, the compiler says why.
func (r recalling) with(content string) course.Tree {
	version := maps.Clone(r.version)
	version[r.exercise.File] = content
	p := r.course.ReadProgress()
	isRed := func(e mark.Exercise) bool { return e.ID != r.exercise.ID && !p.HasPassed(e) }
	if whole, err := version.Take(r.chapter.Reference, isRed, r.names); err == nil {
		return whole
	}
	return version
}

// done notes that the exercise is known, and asks what was once missed about it.
func (r recalling) done() error {
	r.course.Note(r.ui, func(p *course.Progress) { p.NoteRecalled(r.exercise.ID.String(), r.now()) })
	r.ui.Say("%s", r.ui.Paint(term.Green, text.T("Known: every row of %s passes.", r.exercise)))
	if err := os.RemoveAll(filepath.Dir(filepath.Dir(r.file))); err != nil {
		return err
	}
	return askMissed(r.session, r.chapter)
}

// mostMissed is how many questions follow an exercise.
const mostMissed = 3

// askMissed asks again what was once answered wrong about a chapter, the oldest answer
// first.
func askMissed(s *session, ch *course.Chapter) error {
	m := ask.Open(s.course)
	if m.Quiet(s.now()) {
		return nil
	}
	all, err := questionsOf(ch, ch.Exercises)
	if err != nil {
		return err
	}
	missed := slices.DeleteFunc(all, func(n ask.Noted) bool { return !m.Missed(n.ID) })
	slices.SortStableFunc(missed, func(a, b ask.Noted) int {
		return m.Answered[a.ID].At.Compare(m.Answered[b.ID].At)
	})
	askAll(s, ch, missed[:min(len(missed), mostMissed)], m)
	return nil
}

// sayDue tells in list what is due, unless the learner wants to hear of no question now.
func sayDue(s *session, g *vcs.Git, chapters []*course.Chapter) {
	now := s.now()
	if ask.Open(s.course).Quiet(now) {
		return
	}
	dues := course.Schedule(chapters, s.course.ReadProgress(), g.FinishedAt)
	if n := len(slices.DeleteFunc(dues, func(d course.Due) bool { return d.At.After(now) })); n > 0 {
		s.ui.Label("recall", text.N(n, "go tool workbook recall   %d exercise is due to be written again",
			"go tool workbook recall   %d exercises are due to be written again"))
	}
}
