package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"example.com/authbook/internal/mark"
)

// hint gives one hint more. A mistake that the failing rows give away comes
// first, and once, in check or here: its hint fits better than any that was
// written for everybody.
func hint(ctx context.Context, a *app, args arguments) error {
	ch, e, err := a.hinted(args.first())
	if err != nil {
		return err
	}
	p := a.readProgress()
	a.ui.say("%s, %s", a.ui.paint(bold, e.String()), ch.at(e))
	p.Current = e.ID.String()
	if ch.started && !e.Blank && ch.broken == nil {
		v, err := a.tryOut(ctx, ch, e)
		if err != nil {
			return err
		}
		answers, err := ch.wrongAnswers()
		if err != nil {
			return err
		}
		if v.status == waits {
			a.ui.prose("note", "It "+explain(v)+".")
			a.ui.label("first", "go tool workbook hint "+v.awaited(ch).ID.String())
		}
		if text, w, ok := hintFor(v, answers); ok && p.Told[e.ID.String()] != w.file {
			a.ui.prose("yours", unwrap(text))
			a.ui.label("next", "go tool workbook hint "+e.ID.String()+"   gives a general one")
			a.noteTold(e, w)
			return nil
		}
	}
	return a.nextHint(ch, e, p)
}

// hinted is the exercise that the learner names, or the current one.
func (a *app) hinted(word string) (*chapter, mark.Exercise, error) {
	if word != "" {
		return a.exercise(word)
	}
	ch, err := a.current()
	if err != nil {
		return nil, mark.Exercise{}, err
	}
	p := a.readProgress()
	if i, ok := mark.ParseID(p.Current); ok {
		if e, ok := find(ch.exercises, i); ok {
			return ch, e, nil
		}
	}
	e, ok := nextIn(ch, p)
	if !ok {
		return nil, e, refuse(fmt.Sprintf("chapter %d is green: there is nothing to hint at", ch.number))
	}
	return ch, e, nil
}

// tryOut runs the tests of an exercise.
func (a *app) tryOut(ctx context.Context, ch *chapter, e mark.Exercise) (verdict, error) {
	done := a.ui.progress("running the tests of " + e.String())
	defer done()
	out, err := a.testThrough(ctx, testRun{chapter: ch.name, only: e.Tests, limit: a.limit})
	if err != nil {
		return verdict{}, err
	}
	verdicts, err := a.judgeFairly(ctx, ch, []mark.Exercise{e}, out)
	if err != nil {
		return verdict{}, err
	}
	return verdicts[0], nil
}

// noteTold notes whose hint the learner has read.
func (a *app) noteTold(e mark.Exercise, w wrongAnswer) {
	p := a.readProgress()
	p.Told[e.ID.String()], p.Current = w.file, e.ID.String()
	a.note(p)
}

// nextHint prints the next hint of the notes; after the last, all of them.
func (a *app) nextHint(ch *chapter, e mark.Exercise, p progress) error {
	s, ok, err := ch.section(e.ID)
	if err != nil {
		return err
	}
	if !ok || len(s.hints) == 0 {
		a.ui.say("  The notes have no hint for %s yet.", e.ID)
		return nil
	}
	seen := p.Hints[e.ID.String()]
	if seen >= len(s.hints) {
		a.showHints(s, 0, len(s.hints))
		a.ui.label("next", "go tool workbook reveal "+e.ID.String()+"   shows the reference")
		return nil
	}
	a.showHints(s, seen, seen+1)
	p.Hints[e.ID.String()] = seen + 1
	a.note(p)
	return nil
}

func (a *app) showHints(s section, from, to int) {
	for i := from; i < to; i++ {
		a.ui.prose(fmt.Sprintf("%d of %d", i+1, len(s.hints)), unwrap(s.hints[i]))
	}
}

// plain is how a terminal shows a line of Markdown: links as their text, code
// between quotes, bold and italic words as they are.
func plain(line string) string {
	for _, m := range marksOfText {
		line = m.mark.ReplaceAllString(line, m.text)
	}
	return line
}

var marksOfText = []struct {
	mark *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`), "$1"},
	{regexp.MustCompile(`\*\*([^*]+)\*\*`), "$1"},
	{regexp.MustCompile(`(^|[\s(])\*([^*\s]|[^*\s][^*]*[^*\s])\*`), "$1$2"},
	{regexp.MustCompile("`([^`]+)`"), "'$1'"},
}

// unwrap joins the lines of a paragraph, so that they can be broken anew, and
// makes them plain. Code keeps its lines, without the fences.
func unwrap(markdown string) string {
	var lines []string
	open := false // the last line is a paragraph that goes on
	for l := range outsideCode(markdown) {
		text := plain(strings.TrimSpace(l.text))
		switch fence := l.code && strings.HasPrefix(text, "```"); {
		case fence:
			open = false
		case l.code:
			lines = append(lines, "  "+strings.TrimRight(l.text, "\n"))
		case open && text != "":
			lines[len(lines)-1] += " " + text
		default:
			lines, open = append(lines, text), text != ""
		}
	}
	return strings.Join(lines, "\n")
}
