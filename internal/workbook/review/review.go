package review

import (
	"context"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// Review shows a reviewer what a learner has written, beside the reference,
// and drafts what to say. The learner's code is run for that.
func Review(ctx context.Context, runner *gorun.Runner, ui *term.UI, args term.Arguments) error {
	ch, err := runner.Course.Chapter(args.First())
	if err != nil {
		return err
	}
	w := work{runner: runner, ui: ui, chapter: ch}
	if len(args.Words) == 2 {
		var clean func()
		if w, clean, err = workOfPatch(ctx, runner, ui, ch, args.Words[1]); err == nil {
			defer clean()
		}
	} else {
		err = w.readGit(ctx)
	}
	if err != nil {
		return err
	}
	if !w.chapter.Started {
		return term.Refuse(text.T("chapter %d is not started here: there is nothing to review", ch.Number),
			text.T("git switch %s   (or gh pr checkout NUMBER)", vcs.ChapterBranch(ch)),
			text.T("or, with the pull request as a file: go tool workbook review %d FILE.patch", ch.Number))
	}
	r, err := examineForReview(ctx, w)
	if err != nil {
		return err
	}
	switch {
	case args.Flags["--github"]:
		return annotate(w.ui, r)
	case args.Flags["--ai"]:
		return printPrompt(ctx, w.runner.Course, w.ui, r)
	}
	patient, stop := context.WithTimeout(ctx, proof.Patience)
	defer stop()
	if r.toAsk, err = questionsToAsk(patient, w, r); err != nil {
		return err
	}
	return show(w.ui, r)
}

// work is what a review looks at: a chapter, and the tree that holds it.
type work struct {
	runner  *gorun.Runner
	ui      *term.UI
	chapter *course.Chapter
	forged  []string // files that decide what is checked, and were changed
	pull    vcs.PullRequest
}

// workOfPatch applies a patch to a copy of the tree, which clean removes.
func workOfPatch(ctx context.Context, runner *gorun.Runner, ui *term.UI, own *course.Chapter,
	patch string) (w work, clean func(), err error) {
	there, clean, err := vcs.Patched(ctx, runner.Course, own, patch)
	if err != nil {
		return work{}, nil, err
	}
	theirs, err := there.Read(own.Name)
	if err != nil {
		clean()
		return work{}, nil, err
	}
	pull, err := vcs.PullOfPatch(patch, theirs)
	if err != nil {
		clean()
		return work{}, nil, err
	}
	return work{runner: runner.Over(there), ui: ui, chapter: theirs, forged: vcs.Forged(own, theirs),
		pull: pull}, clean, nil
}

// readGit asks git what the branch changes, where there is a git that knows the
// branch it goes into. Without one the manifest of the release is the base.
func (w *work) readGit(ctx context.Context) error {
	var err error
	if w.forged, err = w.runner.Course.ChangedGuards(w.chapter); err != nil {
		return err
	}
	g, err := vcs.Open(ctx, w.runner.Course, w.ui)
	if err != nil || g == nil {
		return err
	}
	w.forged = append(w.forged, g.Forged(w.chapter)...)
	if base := g.Base(w.chapter); base != "" {
		w.pull, err = g.Pull(base, "HEAD")
	}
	return err
}

// reviewed is what review found out.
type reviewed struct {
	gorun.Report
	reference []mark.Exercise
	after     map[mark.ID]course.After // what the notes say of each, once it is green
	answers   []course.WrongAnswer
	findings  []finding
	problems  []string // of vet and gofmt
	rubric    course.Rubric
	toAsk     []proof.Noticed // changes of the learner's code that make good questions
	touched
}

func examineForReview(ctx context.Context, w work) (reviewed, error) {
	var r reviewed
	var err error
	runner, ch := w.runner, w.chapter
	if r.Report, err = runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 1, Count: true}); err != nil {
		return r, err
	}
	if r.reference, err = ch.Reference.Exercises(); err != nil {
		return r, err
	}
	if r.after, err = ch.Afters(); err != nil {
		return r, err
	}
	if r.answers, err = ch.WrongAnswers(); err != nil {
		return r, err
	}
	if r.findings, err = findings(ctx, runner.Course, ch); err != nil {
		return r, err
	}
	if r.touched, err = readTouched(runner.Course, ch, w.forged, w.pull); err != nil {
		return r, err
	}
	r.problems = append(gorun.Vet(ctx, runner.Course, ch), gorun.Unformatted(ch)...)
	r.rubric, err = ch.Rubric()
	return r, err
}

// reference is the original of an exercise.
func (r reviewed) original(e mark.Exercise) mark.Exercise {
	original, _ := course.Find(r.reference, e.ID)
	return original
}

// isOwn reports whether an exercise is written, and not as the reference is.
func (r reviewed) isOwn(e mark.Exercise) bool { return !e.Blank && r.original(e).Text != e.Text }
