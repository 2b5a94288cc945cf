package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
)

// reset takes a chapter or an exercise back to blank, or a file back to what
// it was outside its exercises.
func reset(ctx context.Context, a *app, args arguments) error {
	word := args.first()
	switch {
	case strings.HasSuffix(word, ".go"):
		return a.resetFile(ctx, word)
	case strings.Contains(word, "."):
		return a.resetExercise(ctx, word)
	}
	ch, err := a.chapter(word)
	if err != nil {
		return err
	}
	if err := a.mayReset(ch); err != nil {
		return err
	}
	blanks, err := ch.blanked(ctx, a.root, everyone)
	if err != nil {
		return err
	}
	kept, err := a.overwriteAll(ch, blanks)
	if err != nil {
		return err
	}
	a.ui.say("Chapter %d is blank again.", ch.number)
	for _, place := range kept {
		a.ui.label("saved", place)
	}
	return nil
}

// mayReset refuses where there is no reference to go back to.
func (a *app) mayReset(ch *chapter) error {
	if !ch.started {
		return refuse(fmt.Sprintf("chapter %d is not started", ch.number), fmt.Sprintf("go tool workbook start %d", ch.number))
	}
	return a.writable(ch.dir)
}

func (a *app) resetExercise(ctx context.Context, word string) error {
	ch, e, err := a.exercise(word)
	if err != nil {
		return err
	}
	if err := a.mayReset(ch); err != nil {
		return err
	}
	if ch.broken != nil {
		return refuse("the place of "+e.String()+" can't be found: "+ch.broken.Error(),
			fmt.Sprintf("go tool workbook reset %d   takes the whole chapter back; your text is saved", ch.number))
	}
	blanks, err := ch.blanked(ctx, a.root, only(e.ID))
	if err != nil {
		return err
	}
	return a.takeInto(ctx, ch, ch.disk, blanks, e)
}

// takeInto puts one exercise of another version into the file on disk.
func (a *app) takeInto(ctx context.Context, ch *chapter, disk, other tree, e mark.Exercise) error {
	names, err := namesOf(ctx, a.root, ch.reference)
	if err != nil {
		return err
	}
	changed, err := disk.take(other, only(e.ID), names)
	if err != nil {
		return err
	}
	return a.replace(filepath.Join(ch.dir, e.File), changed[e.File])
}

// resetFile takes a file back to the workbook's, with the learner's exercises
// left in it where they can be found.
func (a *app) resetFile(ctx context.Context, word string) error {
	folder, name := filepath.Split(filepath.ToSlash(filepath.Clean(word)))
	ch, err := a.chapter(strings.TrimSuffix(folder, "/"))
	if err != nil {
		return err
	}
	if err := a.mayReset(ch); err != nil {
		return err
	}
	if ch.reference[name] == "" {
		return usageError{fmt.Sprintf("%s is not a file of the workbook: nothing to take back", word)}
	}
	names, err := namesOf(ctx, a.root, ch.reference)
	if err != nil {
		return err
	}
	text, err := ch.restored(name, names)
	if err != nil {
		return err
	}
	return a.replace(filepath.Join(ch.dir, name), text)
}

// restored is a file of the reference with its exercises blank, or as the
// learner has written them.
func (ch *chapter) restored(name string, names packageNames) (string, error) {
	blanks, err := tree{name: ch.reference[name]}.fill(everyone, todo, names)
	if err != nil {
		return "", err
	}
	theirs := tree{name: ch.disk[name]}
	if _, err := theirs.exercises(); err != nil {
		return blanks[name], nil // gone, or beyond reading
	}
	kept, err := blanks.take(theirs, everyone, names)
	return kept[name], err
}
