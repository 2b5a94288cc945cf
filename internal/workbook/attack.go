package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// attacks lists the attacks, or plays one: first on a server with a flaw, then on
// the learner's own code.
func attacks(ctx context.Context, s *session, args term.Arguments) error {
	done := readAttacks(s.course)
	if args.First() == "" {
		listAttacks(s.ui, done)
		return nil
	}
	a, err := chooseAttack(args.First(), done)
	if err != nil {
		return err
	}
	w, err := a.Draw()
	if err != nil {
		return err
	}
	g := &game{session: s, attack: a, world: w, done: done, lines: s.ui.ReadLines(ctx)}
	if args.Flags["--own"] {
		return g.own(ctx)
	}
	return g.weak(ctx)
}

// How far an attack has come, as the file of the attacks has it.
const (
	brokenIn = "broken in"
	held     = "held by your code"
)

// states are the same for a reader.
var states = map[string]text.Key{brokenIn: "broken in", held: "held by your code"}

// chooseAttack returns the attack that a word means. Of an exercise with several
// it is the first that was not done, or else the first.
func chooseAttack(word string, done map[string]string) (attack.Attack, error) {
	all := attack.Find(word)
	if len(all) == 0 {
		return attack.Attack{}, term.Refuse(text.T("there is no attack on %q", word),
			text.T("go tool workbook attack   lists them"))
	}
	open := slices.IndexFunc(all, func(a attack.Attack) bool { return done[a.Name] == "" })
	return all[max(open, 0)], nil
}

func listAttacks(ui *term.UI, done map[string]string) {
	ui.Say("Break in first. Each attack is a server with one hole, on this machine alone.\n")
	next := ""
	for _, a := range attack.All() {
		ui.Say("%s", strings.TrimRight(fmt.Sprintf("  %-5s %-18s %s", a.Exercise, a.Name, states[done[a.Name]]), " "))
		if next == "" && done[a.Name] == "" {
			next = a.Name
		}
	}
	ui.Say("")
	if next != "" {
		ui.Label("next", "go tool workbook attack "+next)
	}
	ui.Label("own", text.T("go tool workbook attack NAME --own   the same attack on your code"))
}

// attacksFile keeps how far each attack has come, by name.
func attacksFile(c *course.Course) string {
	return filepath.Join(c.Root, ".workbook", "local", "attacks.json")
}

// readAttacks returns nothing done where nothing can be read.
func readAttacks(c *course.Course) map[string]string {
	done := map[string]string{}
	noted, err := os.ReadFile(attacksFile(c))
	if err != nil || json.Unmarshal(noted, &done) != nil {
		return map[string]string{}
	}
	return done
}

// note keeps how far the attack has come. Where nothing can be written, it counts
// all the same.
func (g *game) note(state string) {
	if g.done[g.attack.Name] == held {
		return
	}
	g.done[g.attack.Name] = state
	err := g.course.Alone(func() error {
		done := readAttacks(g.course) // another terminal plays too
		done[g.attack.Name] = state
		text, err := json.MarshalIndent(done, "", "\t")
		if err != nil {
			return err
		}
		return g.course.Write(attacksFile(g.course), string(text)+"\n")
	})
	if err != nil {
		g.ui.Note("this can't be noted: %v", err)
	}
}

// flawed is the chapter's reference with the attack's flaw in it.
func (g *game) flawed(ctx context.Context, ch *course.Chapter) (course.Tree, error) {
	a := g.attack
	if edits, ok := a.Edits(); ok {
		return ch.Reference.Patched(edits)
	}
	answers, err := ch.WrongAnswers()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(answers, func(w course.WrongAnswer) bool { return w.File == a.Flaw })
	if i < 0 {
		return nil, text.Errorf("the flaw of attack %s is missing: %s", a.Name, a.Flaw)
	}
	exercises, err := ch.Reference.Exercises()
	if err != nil {
		return nil, err
	}
	e, ok := course.Find(exercises, answers[i].ID)
	if !ok || answers[i].Broken != nil {
		return nil, errors.Join(text.Errorf("%s does not fit the reference", a.Flaw), answers[i].Broken)
	}
	names, err := course.NamesOf(ctx, g.course.Root, ch.Reference)
	if err != nil {
		return nil, err
	}
	return ch.Reference.Put(e, answers[i].Text, answers[i].Imports, names)
}
