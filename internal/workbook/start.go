package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// start blanks a chapter. With git the blanks are a commit of their own on
// start/01-middleware, and the learner works on chapter/01-middleware: a pull
// request from one to the other shows the learner's work and nothing else.
//
// Each step finds out whether it was done before, so that a start that was
// killed goes on when it is typed again.
func start(ctx context.Context, a *app, args arguments) error {
	ch, err := a.chapter(args.first())
	if err != nil {
		return err
	}
	g, err := a.git(ctx)
	if err != nil {
		return err
	}
	if g == nil {
		a.ui.tell("There is no git repository here: the workbook works without, and so will you, but a review needs one.")
	}
	if err := a.mayStart(g, ch); err != nil {
		return err
	}
	if err := a.warnAboutEarlier(g, ch); err != nil {
		return err
	}
	blanks, err := a.keepReference(ctx, g, ch)
	if err != nil {
		return err
	}
	if g != nil {
		err = a.startWithGit(g, ch, blanks)
	} else {
		_, err = a.overwriteAll(ch, blanks)
	}
	if err != nil {
		return err
	}
	return a.sayStarted(ch.name)
}

// mayStart refuses what start would spoil.
func (a *app) mayStart(g *git, ch *chapter) error {
	if len(ch.exercises) == 0 {
		return refuse(fmt.Sprintf("chapter %d has no exercises", ch.number), "read "+ch.name)
	}
	if err := a.writable(ch.dir); err != nil {
		return err
	}
	if g == nil {
		return refuseTwice(ch)
	}
	if g.branch() == "" {
		return refuse("HEAD is detached: the chapter would branch from nowhere", "git switch main   (or the branch you work on)")
	}
	if g.cutOff(ch) {
		return nil
	}
	return mayBranch(g, ch)
}

// cutOff reports whether a start was killed half-way: it goes on when it is
// typed again.
func (g *git) cutOff(ch *chapter) bool {
	return g != nil && g.branch() == startBranch(ch) && !g.hasBranch(chapterBranch(ch))
}

// mayBranch is the part of mayStart that looks at branches and commits.
func mayBranch(g *git, ch *chapter) error {
	if g.hasBranch(chapterBranch(ch)) {
		return refuse(fmt.Sprintf("chapter %d is started: it is on the branch %s", ch.number, chapterBranch(ch)),
			"git switch "+chapterBranch(ch), fmt.Sprintf("to begin anew there: go tool workbook reset %d", ch.number))
	}
	if ch.started && !g.yes("ls-files", "--error-unmatch", ".workbook/"+ch.name+"/state.json") {
		ch.started, ch.reference = false, ch.disk // it was killed before it changed anything
	}
	if err := refuseTwice(ch); err != nil {
		return err
	}
	if g.hasBranch(startBranch(ch)) {
		return refuse("an earlier start left the branch "+startBranch(ch), "git branch -D "+startBranch(ch))
	}
	return refuseDirty(g, ch)
}

func refuseTwice(ch *chapter) error {
	if !ch.started {
		return nil
	}
	return refuse(fmt.Sprintf("chapter %d is started", ch.number), fmt.Sprintf("go tool workbook check %d", ch.number),
		fmt.Sprintf("to begin anew: go tool workbook reset %d", ch.number))
}

// refuseDirty keeps changes that are not committed out of harm's way.
func refuseDirty(g *git, ch *chapter) error {
	changes, err := g.changes(ch.name)
	if err != nil || changes == "" {
		return err
	}
	return refuse(ch.name+" has changes that are not committed:\n  "+strings.ReplaceAll(changes, "\n", "\n  "),
		"keep them: git add "+ch.name+" && git commit", "or put them aside: git stash push --include-untracked -- "+ch.name)
}

// warnAboutEarlier says which chapters are open: this one will not build on
// the learner's own work in them.
func (a *app) warnAboutEarlier(g *git, ch *chapter) error {
	chapters, err := a.chapters()
	if err != nil {
		return err
	}
	for _, earlier := range chapters {
		if earlier.number < ch.number && a.isOpen(g, earlier) {
			a.ui.tell("%s chapter %d is started but not finished.", a.ui.paint(yellow, "note:"), earlier.number)
			a.ui.label("first", fmt.Sprintf("go tool workbook finish %d   to build on your own", earlier.number))
		}
	}
	return nil
}

// isOpen reports whether a chapter is started but not finished.
func (a *app) isOpen(g *git, ch *chapter) bool {
	if g == nil {
		return ch.started && !ch.state.Finished
	}
	if g.cutOff(ch) {
		return true
	}
	if !g.hasBranch(chapterBranch(ch)) {
		return ch.started && slices.ContainsFunc(ch.exercises, func(e mark.Exercise) bool { return e.Blank })
	}
	base := g.baseOf(ch)
	return base == "" || !g.contains(base, chapterBranch(ch), ch.paths()...)
}

// baseOf returns the branch a chapter was started from, "" if that is gone.
func (g *git) baseOf(ch *chapter) string {
	text, err := g.read("show", chapterBranch(ch)+":.workbook/"+ch.name+"/state.json")
	var s state
	if err != nil || json.Unmarshal([]byte(text), &s) != nil || !g.hasBranch(s.Base) {
		return ""
	}
	return s.Base
}

// keepReference saves the chapter as it is, unless that is done, and returns
// it with all its exercises blank.
func (a *app) keepReference(ctx context.Context, g *git, ch *chapter) (tree, error) {
	if !ch.started {
		for name, text := range ch.disk {
			if err := a.write(a.saved(ch.name, "reference", name), text); err != nil {
				return nil, err
			}
		}
		var s state
		if g != nil {
			s.Base = g.branch()
		}
		if err := a.writeState(ch, s); err != nil {
			return nil, err
		}
	}
	return ch.blanked(ctx, a.root, everyone)
}

func (c *course) writeState(ch *chapter, s state) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return c.write(c.saved(ch.name, "state.json"), string(text)+"\n")
}

// blanked is the reference with the chosen exercises blank.
func (ch *chapter) blanked(ctx context.Context, root string, choose func(mark.Exercise) bool) (tree, error) {
	names, err := namesOf(ctx, root, ch.reference)
	if err != nil {
		return nil, err
	}
	return ch.reference.fill(choose, todo, names)
}

// startWithGit makes the two branches and the commit of the blanks.
func (a *app) startWithGit(g *git, ch *chapter, blanks tree) error {
	if g.branch() != startBranch(ch) {
		if err := g.do("switch", "--quiet", "-c", startBranch(ch)); err != nil {
			return err
		}
	}
	if !g.yes("cat-file", "-e", "HEAD:.workbook/"+ch.name+"/state.json") { // else it was killed after this
		if err := a.commitBlanks(g, ch, blanks); err != nil {
			return err
		}
	}
	return g.do("switch", "--quiet", "-c", chapterBranch(ch))
}

// commitBlanks puts the blanks in place and commits them with the reference.
func (a *app) commitBlanks(g *git, ch *chapter, blanks tree) error {
	if _, err := a.overwriteAll(ch, blanks); err != nil {
		return err
	}
	if err := g.do(append([]string{"add", "--"}, ch.paths()...)...); err != nil {
		return err
	}
	// The paths behind -- keep out of the commit what else is staged.
	commit := []string{"commit", "--quiet", "--no-verify", "-m", ch.name + ": start, with all exercises blank", "--"}
	if err := g.do(append(commit, ch.paths()...)...); err != nil {
		return err
	}
	g.adviseName()
	return nil
}

// overwriteAll puts a version of the chapter's files in place of those on
// disk. It returns where the old texts are.
func (c *course) overwriteAll(ch *chapter, version tree) (kept []string, err error) {
	for _, name := range version.changed(ch.disk) {
		place, err := c.overwrite(filepath.Join(ch.dir, name), version[name])
		if err != nil {
			return kept, err
		}
		if place != "" {
			kept = append(kept, place)
		}
	}
	return kept, nil
}

// changed returns the names of the files that differ from those in other.
func (t tree) changed(other tree) []string {
	var all []string
	for name, text := range t {
		if old, ok := other[name]; !ok || old != text {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// sayStarted is the first page of a chapter.
func (a *app) sayStarted(name string) error {
	ch, err := a.read(name)
	if err != nil {
		return err
	}
	first := ch.exercises[0]
	a.ui.say("")
	a.ui.say("Chapter %d is yours: %d exercises are blank.", ch.number, len(ch.exercises))
	a.ui.label("read", ch.name+"/README.md")
	a.ui.label("edit", fmt.Sprintf("%s, %s", first, ch.at(first)))
	a.ui.label("next", fmt.Sprintf("go tool workbook watch %d     (or check %s)", ch.number, first.ID))
	return nil
}
