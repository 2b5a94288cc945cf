package main

import (
	"context"
	"fmt"
	"slices"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// game is one attack as a learner plays it.
type game struct {
	*session
	attack attack.Attack
	world  attack.World
	done   map[string]string
	lines  <-chan string // what is typed
	hints  int           // shown
	mine   bool          // the exercise that the server runs is the learner's
}

// What the servers say of themselves on every answer.
func weakSays(a attack.Attack) string {
	return text.T("This server has a hole on purpose (attack %s). Never use it for anything else.", a.Name)
}

func ownSays(a attack.Attack) string {
	return text.T("This server is for practice, with your own code (attack %s).", a.Name)
}

// weak plays the attack on the server with the flaw.
func (g *game) weak(ctx context.Context) error {
	g.world.Says = weakSays(g.attack)
	server, err := g.start(ctx, g.flawed)
	if err != nil {
		return err
	}
	defer server.close()
	g.introduce(server.address)
	if had, err := g.untilFlag(ctx, server); !had {
		return err
	}
	g.note(brokenIn)
	g.ui.Say("\n%s", g.ui.Paint(term.Green, text.T("The flag is yours: %s", g.world.Flag)))
	g.ui.Prose("seen", g.attack.Case.String())
	g.ui.Prose("now", text.T(
		"o, then Enter, starts the same server with your own code: send the same again. q leaves."))
	if !g.goesOn(ctx, server) {
		g.ui.Label("later", fmt.Sprintf("go tool workbook attack %s --own", g.attack.Name))
		return nil
	}
	g.world.Address = server.address // so that the same commands reach it
	server.close()
	return g.own(ctx)
}

// own plays it on the learner's code: what is green there, and the reference.
func (g *game) own(ctx context.Context) error {
	g.world.Says = ownSays(g.attack)
	server, err := g.start(ctx, g.ownVersion)
	if err != nil {
		return err
	}
	defer server.close()
	g.ui.Say("\n%s  %s", g.ui.Paint(term.Bold, text.T("attack %s on your own code", g.attack.Name)), server.address)
	if g.world.Address != server.address { // else the learner comes from the weak one, and knows all that
		g.known(server.address)
	}
	g.ui.Prose("now", text.T("Send the same as before, from another terminal. q leaves."))
	return g.untilHeld(ctx, server)
}

// ownVersion is the chapter as it is on disk, as far as it is green.
func (g *game) ownVersion(ctx context.Context, ch *course.Chapter) (course.Tree, error) {
	if !ch.Started {
		return ch.Reference, nil
	}
	version, _, err := learnersVersion(ctx, g.session, ch, false)
	g.mine = err == nil && textIn(version, g.attack.Exercise) == textIn(ch.Disk, g.attack.Exercise)
	return version, err
}

// textIn is the text of an exercise, "" where the tree does not have it.
func textIn(t course.Tree, id string) string {
	all, _ := t.Exercises() // those of a file that does not parse are nobody's
	i := slices.IndexFunc(all, func(e mark.Exercise) bool { return e.ID.String() == id })
	if i < 0 {
		return ""
	}
	return all[i].Text
}

// start builds and starts the server with a version of the attack's chapter.
func (g *game) start(ctx context.Context, version versionOf) (*targetServer, error) {
	dir, clean, err := course.NewScratch()
	if err != nil {
		return nil, err
	}
	letGo := hold(g.world.Address)
	binary, err := g.build(ctx, version, dir)
	letGo()
	if err != nil {
		clean()
		return nil, err
	}
	server, err := startTarget(ctx, binary, g.world)
	if err != nil {
		clean()
		return nil, err
	}
	stop := server.close
	server.close = func() { stop(); clean() }
	return server, nil
}

// introduce tells the story, what is known and the goal.
func (g *game) introduce(address string) {
	g.ui.Say("%s  http://%s\n", g.ui.Paint(term.Bold, text.T("attack %s %s", g.attack.Exercise, g.attack.Name)), address)
	g.ui.Tell("%s", g.attack.Story)
	g.ui.Say("")
	g.known(address)
	g.ui.Prose("goal", g.attack.GoalText())
	g.ui.Label("read", text.T("go run ./02-jwt-basics/inspect TOKEN   shows what is in it, and verifies nothing"))
	if g.attack.Chapter() == "2" {
		g.ui.Label("write", "go run ./02-jwt-basics/forge HEADER PAYLOAD")
		g.ui.Say(`         such as '{"alg":"HS256"}', and your own payload from inspect, changed.`)
		g.ui.Say("         Without -secret TEXT the third segment is the word unsigned.")
	}
	g.ui.Prose("keys", text.T(
		"Attack from a second terminal. Here: h is a hint, q leaves, or type the flag. End with Enter."))
}

func (g *game) known(address string) {
	for _, k := range g.attack.Known {
		g.ui.Label("known", fmt.Sprintf("curl -s %s/known/%s", address, k.Name))
		g.ui.Say("         %s", k.What)
	}
}

// errServerEnded is not the learner's doing.
var errServerEnded = term.Refuse(text.T("the server has ended by itself"), text.T("type the same again"))

// untilFlag waits until the flag is had. It is false where the learner leaves.
func (g *game) untilFlag(ctx context.Context, server *targetServer) (had bool, err error) {
	for {
		select {
		case <-ctx.Done():
			return false, nil
		case e, ok := <-server.events:
			if !ok {
				return false, errServerEnded
			}
			if e.Flag {
				return true, nil
			}
		case line, ok := <-g.lines:
			switch {
			case !ok || line == "q":
				return false, nil
			case line == "h":
				g.hint()
			case line == g.world.Flag:
				return true, nil
			case line != "":
				g.ui.Say("That is not the flag.")
			}
		}
	}
}

// hint shows the next hint, and the last one again when there is no other.
func (g *game) hint() {
	g.hints = min(g.hints+1, len(g.attack.Hints))
	g.ui.Prose(text.Key(text.T("hint %d", g.hints)), g.attack.Hints[g.hints-1].String())
}

// untilHeld waits until the attack was refused as often as it must be.
func (g *game) untilHeld(ctx context.Context, server *targetServer) error {
	refused := 0
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-g.lines:
			if !ok || line == "q" {
				return nil
			}
		case e, ok := <-server.events:
			if !ok {
				return errServerEnded
			}
			if e.Flag {
				g.ui.Say("%s", g.ui.Paint(term.Red, text.T("Your code gave the flag out too.")))
				g.ui.Label("next", "go tool workbook check "+g.attack.Exercise)
				return term.ErrRed
			}
			if e.Answer == g.attack.Held.Answer {
				refused++
			}
			if refused == max(1, g.attack.Held.Times) {
				g.tellHeld(e.Answer)
				return nil
			}
		}
	}
}

// tellHeld tells whose code has refused.
func (g *game) tellHeld(answer string) {
	g.ui.Say("%s", g.ui.Paint(term.Green, text.T("Refused: %s. The door holds.", answer)))
	if g.mine {
		g.note(held)
		return
	}
	g.ui.Prose("but", text.T("Exercise %s is not yet yours: this was the reference. Write it, and come back.",
		g.attack.Exercise))
	g.ui.Label("later", fmt.Sprintf("go tool workbook attack %s --own", g.attack.Name))
}

// goesOn waits for the answer whether the learner's own code comes next. What is
// neither yes nor no, such as the flag that the server noticed first, ends nothing.
func (g *game) goesOn(ctx context.Context, server *targetServer) bool {
	events := server.events
	for {
		select {
		case <-ctx.Done():
			return false
		case line, ok := <-g.lines:
			if !ok || line == "q" || line == "o" {
				return line == "o"
			}
			g.ui.Say("o goes on, q leaves. End with Enter.")
		case _, ok := <-events:
			if !ok {
				events = nil // this server has ended, and the next does not need it
			}
		}
	}
}
