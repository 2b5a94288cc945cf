package main

import (
	"context"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
	"github.com/rogpeppe/go-internal/diff"
)

// reveal shows the reference of an exercise as a diff against the learner's
// text. It asks first: what is seen can't be unseen.
func reveal(ctx context.Context, a *app, args arguments) error {
	ch, e, err := a.exercise(args.first())
	if err != nil {
		return err
	}
	if !ch.started {
		return refuse("chapter "+ch.name+" is not started: its files are the reference", "open "+ch.at(e))
	}
	if ch.broken != nil {
		return ch.broken
	}
	if err := a.mayApply(ch, args); err != nil {
		return err
	}
	reference, err := ch.reference.exercises()
	if err != nil {
		return err
	}
	theirs, _ := find(reference, e.ID)
	if theirs.Text == e.Text {
		a.ui.say("%s is the same as the reference.", e)
		return nil
	}
	if !a.ui.asks("Show the reference of " + e.String() + "?") {
		return refuse("nothing is shown", "go tool workbook hint "+e.ID.String())
	}
	a.noteRevealed(e)
	a.printDiff(e.Text, theirs.Text)
	if !args.flags["--apply"] {
		a.ui.label("next", "go tool workbook reveal --apply "+e.ID.String()+"   puts it in")
		return nil
	}
	return a.apply(ctx, ch, e, theirs)
}

// noteRevealed remembers that the reference was shown. The description of a
// pull request says so.
func (a *app) noteRevealed(e mark.Exercise) {
	p := a.readProgress()
	if p.Revealed == nil {
		p.Revealed = map[string]bool{}
	}
	p.Revealed[e.ID.String()] = true
	a.note(p)
}

// mayApply refuses early to write where nothing can be written.
func (a *app) mayApply(ch *chapter, args arguments) error {
	if !args.flags["--apply"] {
		return nil
	}
	return a.writable(ch.dir)
}

func (a *app) printDiff(yours, reference string) {
	for text := range strings.Lines(string(diff.Diff("yours", []byte(yours+"\n"), "reference", []byte(reference+"\n")))) {
		text = strings.TrimSuffix(text, "\n")
		switch {
		case strings.HasPrefix(text, "diff "), strings.HasPrefix(text, "@@"):
			continue
		case strings.HasPrefix(text, "+"):
			text = a.ui.paint(green, text)
		case strings.HasPrefix(text, "-"):
			text = a.ui.paint(red, text)
		}
		a.ui.say("%s", text)
	}
}

// apply puts the reference of one exercise in place of the learner's text.
func (a *app) apply(ctx context.Context, ch *chapter, e, theirs mark.Exercise) error {
	names, err := namesOf(ctx, a.root, ch.reference)
	if err != nil {
		return err
	}
	changed, err := ch.disk.put(e, theirs.Text, importsOf(ch.reference[theirs.File]), names)
	if err != nil {
		return err
	}
	return a.replace(filepath.Join(ch.dir, e.File), changed[e.File])
}

// replace overwrites a learner's file and says where the old text is.
func (a *app) replace(path, text string) error {
	kept, err := a.overwrite(path, text)
	if err != nil {
		return err
	}
	a.ui.say("%s is written.", a.relative(path))
	if kept != "" {
		a.ui.label("saved", "your text is in "+kept)
	}
	return nil
}
