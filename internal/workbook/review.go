package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"github.com/rogpeppe/go-internal/diff"
)

// review shows a reviewer what a learner has written, beside the reference,
// and drafts what to say. The learner's code is run for that.
func review(ctx context.Context, a *app, args arguments) error {
	ch, err := a.chapter(args.first())
	if err != nil {
		return err
	}
	w := work{app: a, chapter: ch}
	if len(args.words) == 2 {
		var clean func()
		if w, clean, err = a.workOfPatch(ctx, ch, args.words[1]); err == nil {
			defer clean()
		}
	} else {
		err = w.readGit(ctx)
	}
	if err != nil {
		return err
	}
	if !w.chapter.started {
		return refuse(fmt.Sprintf("chapter %d is not started here: there is nothing to review", ch.number),
			"git switch "+chapterBranch(ch)+"   (or gh pr checkout NUMBER)",
			fmt.Sprintf("or, with the pull request as a file: go tool workbook review %d FILE.patch", ch.number))
	}
	r, err := w.app.examineForReview(ctx, w.chapter)
	if err != nil {
		return err
	}
	r.changed.saved, r.pullRequest = w.saved, w.pull
	switch {
	case args.flags["--github"]:
		return w.app.annotate(r)
	case args.flags["--ai"]:
		return w.app.printPrompt(ctx, r)
	}
	return w.app.printReview(r)
}

// work is what a review looks at: a chapter, and the tree that holds it.
type work struct {
	app     *app
	chapter *chapter
	saved   []string // of the kept references, those that were changed
	pull    pullRequest
}

// workOfPatch applies a patch to a copy of the tree, which clean removes.
func (a *app) workOfPatch(ctx context.Context, own *chapter, patch string) (w work, clean func(), err error) {
	there, clean, err := a.patched(ctx, own, patch)
	if err != nil {
		return work{}, nil, err
	}
	theirs, err := there.read(own.name)
	if err != nil {
		clean()
		return work{}, nil, err
	}
	pull, err := pullOfPatch(patch, theirs)
	if err != nil {
		clean()
		return work{}, nil, err
	}
	return work{there, theirs, forged(own, theirs), pull}, clean, nil
}

// readGit asks git what the branch changes, where there is a git that knows the
// branch it goes into.
func (w *work) readGit(ctx context.Context) error {
	g, err := w.app.git(ctx)
	if err != nil || g == nil {
		return err
	}
	w.saved = g.forged(w.chapter)
	if base := g.base(w.chapter); base != "" {
		w.pull, err = g.pull(w.chapter, base, "HEAD")
	}
	return err
}

// reviewed is what review found out.
type reviewed struct {
	report
	reference []mark.Exercise
	answers   []wrongAnswer
	findings  []finding
	changed   changed
	problems  []string // of vet and gofmt
	rubric    rubric
	pullRequest
}

// pullRequest is what a pull request brings besides the chapter.
type pullRequest struct {
	outside []string // files outside the chapter
	leaks   []leak
}

func pullOfPatch(name string, ch *chapter) (pullRequest, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return pullRequest{}, err
	}
	files, err := parseDiff(string(text))
	if err != nil {
		return pullRequest{}, refuse("the patch "+filepath.Base(name)+" can't be read: "+err.Error(),
			"make it anew: git diff "+startBranch(ch)+"..."+chapterBranch(ch)+" > pr.patch")
	}
	return pullRequest{outside(files, ch), leaks(files)}, nil
}

func (g *git) pull(ch *chapter, base, head string) (pullRequest, error) {
	diff, err := g.diff(base, head)
	if err != nil {
		return pullRequest{}, err
	}
	found, err := g.leaks(diff, base, head)
	return pullRequest{outside(diff, ch), found}, err
}

func (a *app) examineForReview(ctx context.Context, ch *chapter) (reviewed, error) {
	var r reviewed
	var err error
	if r.report, err = a.examine(ctx, ch, ch.exercises, effort{times: 1}); err != nil {
		return r, err
	}
	if r.reference, err = ch.reference.exercises(); err != nil {
		return r, err
	}
	if r.answers, err = ch.wrongAnswers(); err != nil {
		return r, err
	}
	if r.findings, err = a.findings(ctx, ch); err != nil {
		return r, err
	}
	if r.changed, err = ch.changes(); err != nil {
		return r, err
	}
	r.problems = append(a.vet(ctx, ch), unformatted(ch)...)
	r.rubric, err = a.rubric(ch)
	return r, err
}

// reference is the original of an exercise.
func (r reviewed) original(e mark.Exercise) mark.Exercise {
	original, _ := find(r.reference, e.ID)
	return original
}

// isOwn reports whether an exercise is written, and not as the reference is.
func (r reviewed) isOwn(e mark.Exercise) bool { return !e.Blank && r.original(e).Text != e.Text }

// printReview prints the review in Markdown.
func (a *app) printReview(r reviewed) error {
	ch := r.chapter
	unmasked, impostors := r.impostors()
	a.ui.say("# Review of %s\n", ch.name)
	if r.out.build != "" {
		a.ui.say("It does not compile:\n\n```\n%s\n```\n", strings.TrimSpace(r.out.build))
	} else if why := r.cut(); why != "" {
		a.ui.say("What is green is not known: %s\n", why)
	} else {
		a.ui.say("%d of %s green.%s\n", r.passing(), count(len(r.verdicts), "exercise"), orEmpty(impostors > 0, " %d of %s unmasked.", unmasked, count(impostors, "impostor")))
	}
	a.ui.say("## Exercise by exercise\n\nIn each diff, - is the reference and + is the learner's.\n")
	var same, untold, todo []string
	for _, v := range r.verdicts {
		switch e := v.exercise; {
		case e.Blank:
			todo = append(todo, e.String())
		case v.status == passes && !r.isOwn(e):
			same = append(same, e.String())
		case v.status == unknown && !r.isOwn(e):
			untold = append(untold, e.String())
		default:
			a.printExercise(r, v)
		}
	}
	a.printGroup("Green, and the same as the reference letter for letter", same)
	a.printGroup("The same as the reference letter for letter", untold)
	a.printGroup("To do", todo)
	a.printRest(r)
	a.printDraft(r)
	return nil
}

func orEmpty(show bool, format string, args ...any) string {
	if !show {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

func (a *app) printGroup(what string, names []string) {
	if len(names) > 0 {
		a.ui.say("%s: %s.\n", what, strings.Join(names, ", "))
	}
}

func (a *app) printExercise(r reviewed, v verdict) {
	e := v.exercise
	sign, words := a.verdictLine(v)
	a.ui.say("### %s\n\n%s %s, %s", e, sign, words, r.chapter.at(e))
	if w, ok := recognise(v, r.answers); ok {
		a.ui.say("\nThe rows of a known mistake fail: %s (%s)", w.wrong, w.file)
		if change := w.diff(r.original(e)); change != "" && w.text != e.Text { // else the learner's diff is the same
			a.ui.say("\nIn this diff, - is the reference and + is that mistake:\n\n```diff\n%s```\n", change)
		}
	}
	failing := slices.DeleteFunc(slices.Clone(v.failing), row.waits)
	for _, row := range failing[:min(5, len(failing))] {
		what := "fails:"
		if _, ok := impostorIn(row.name); ok {
			what = "survives:"
		}
		a.ui.say("- %s %s", what, row.name)
	}
	if len(failing) > 5 {
		a.ui.say("- and %d more", len(failing)-5)
	}
	if r.isOwn(e) {
		a.ui.say("\n```diff\n%s```", compare(r.original(e).Text, e.Text))
	} else {
		a.ui.say("\nThe same as the reference, letter for letter.")
	}
	a.ui.say("")
}

// compare is the difference of two texts, without the lines above it.
func compare(before, after string) string {
	var b strings.Builder
	for text := range strings.Lines(string(diff.Diff("a", []byte(before+"\n"), "b", []byte(after+"\n")))) {
		if !strings.HasPrefix(text, "diff ") && !strings.HasPrefix(text, "--- a") && !strings.HasPrefix(text, "+++ b") && !strings.HasPrefix(text, "@@") {
			b.WriteString(text)
		}
	}
	return b.String()
}

// printRest shows what has changed outside the exercises, and what the tools
// say.
func (a *app) printRest(r reviewed) {
	ch := r.chapter
	a.ui.say("## Outside the exercises\n")
	for _, name := range r.changed.saved {
		a.ui.say("- %s: the reference itself was changed. What this page says of exercises and tests may be wrong.", name)
	}
	for _, name := range r.changed.tests {
		a.printSkeleton(ch, name, "a test of the workbook was changed")
	}
	for _, name := range r.changed.given {
		a.printSkeleton(ch, name, "given code was changed")
	}
	for _, text := range inFiles(ch, r.changed.added, ": a file of the learner's own") {
		a.ui.say("- %s", text)
	}
	for _, name := range r.outside {
		a.ui.say("- %s: outside the chapter", name)
	}
	if len(r.changed.saved)+len(r.changed.tests)+len(r.changed.given)+len(r.changed.added)+len(r.outside) == 0 {
		a.ui.say("Nothing was changed.")
	}
	a.ui.say("\n## Findings of the tools\n")
	found := slices.Concat(texts(r.leaks), texts(r.findings), r.problems)
	if r.out.build != "" {
		found = append(found, "The analyzers did not run: it does not compile.")
	}
	for _, text := range found {
		a.ui.say("- %s", text)
	}
	if len(found) == 0 {
		a.ui.say("None.")
	}
}

// printSkeleton shows how a file differs outside its exercises.
func (a *app) printSkeleton(ch *chapter, name, what string) {
	before, _ := skeleton(name, ch.reference[name])
	after, err := skeleton(name, ch.disk[name])
	switch {
	case ch.disk[name] == "":
		a.ui.say("- %s: it is gone", ch.path(name))
	case err != nil:
		a.ui.say("- %s: it can't be read: %v", ch.path(name), err)
	default:
		a.ui.say("- %s:%d: %s%s\n\n```diff\n%s```\n", ch.path(name), ch.firstChange(name), what, orEmpty(weaker(before, after), ", and it asserts less"), compare(before, after))
	}
}

// weaker reports whether a test skips more, or asserts less, than before.
func weaker(before, after string) bool {
	assertions := func(text string) (n int) {
		for _, word := range []string{"assert.", "require.", "t.Error", "t.Fatal", "{name:"} {
			n += strings.Count(text, word)
		}
		return n
	}
	return strings.Count(after, ".Skip") > strings.Count(before, ".Skip") || assertions(after) < assertions(before)
}
