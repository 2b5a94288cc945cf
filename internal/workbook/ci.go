package main

import (
	"context"
	"errors"
	"fmt"
	"go/format"
	"maps"
	"os/exec"
	"slices"
	"strings"
)

// checkCI is check as a pull request runs it: all tests twice in random order,
// vet and gofmt, and one summary in Markdown. It needs Go and nothing else.
func (a *app) checkCI(ctx context.Context, ch *chapter) error {
	r, err := a.examine(ctx, ch, ch.exercises, effort{times: 2, race: true})
	if err != nil {
		return err
	}
	problems := append(a.vet(ctx, ch), unformatted(ch)...)
	for _, name := range r.tampered {
		problems = append(problems, name+" is not the workbook's: put it back with go tool workbook reset "+ch.name+"/"+name)
	}
	for _, stray := range r.others {
		problems = append(problems, stray.name+" fails; it belongs to no exercise")
	}
	if why := r.cut(); why != "" {
		problems = append(problems, why)
	}
	a.summary(r, problems)
	if !r.green() || len(problems) > 0 {
		return errRed
	}
	return nil
}

// summary prints what fits into the first comment of a pull request.
func (a *app) summary(r report, problems []string) {
	done := 0
	a.ui.say("## %s\n\n| exercise | verdict |\n|---|---|", r.chapter.name)
	for _, v := range r.verdicts {
		if v.status == passes {
			done++
		}
		sign, words := a.verdictLine(v)
		a.ui.say("| %s | %s %s |", v.exercise, sign, words)
	}
	a.ui.say("\n%d of %s green.", done, count(len(r.verdicts), "exercise"))
	for _, p := range problems {
		a.ui.say("- %s", p)
	}
	if v, open := firstOpen(r.verdicts); open && v.status != unknown {
		a.ui.say("\nFirst: %s, %s", v.exercise, r.chapter.at(v.exercise))
		for _, row := range v.failing[:min(1, len(v.failing))] {
			a.ui.say("\n```\n%s\n%s\n```", row.name, strings.Join(shorten(tidy(row.output), 40), "\n"))
		}
	}
}

// vet returns what go vet says, which includes why code does not compile.
func (a *app) vet(ctx context.Context, ch *chapter) []string {
	cmd := exec.CommandContext(ctx, "go", "vet", "./"+ch.name+"/...")
	cmd.Dir = a.root
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		return []string{err.Error()}
	}
	var lines []string
	for text := range strings.Lines(string(out)) {
		if !strings.HasPrefix(text, "#") {
			lines = append(lines, "go vet: "+strings.TrimPrefix(strings.TrimSpace(text), "vet: "))
		}
	}
	return lines
}

// unformatted returns the files that gofmt would change.
func unformatted(ch *chapter) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(ch.disk)) {
		if neat, err := format.Source([]byte(ch.disk[name])); err == nil && string(neat) != ch.disk[name] {
			all = append(all, fmt.Sprintf("%s/%s is not formatted: gofmt -w %s", ch.name, name, ch.name))
		}
	}
	return all
}
