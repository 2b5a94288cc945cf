package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The blocks of the notes that show code or output name their source in a
// comment on the line above the fence:
//
//	<!-- code: chain.go Chain -->                   a declaration of the reference
//	<!-- code: chain.go Chain from "for" to "}" --> from the line with the first text to the next with the second
//	<!-- code: chain.go -->                         a whole file
//	<!-- output: go run ./02-jwt-basics/inspect x -->   what a command writes, over the reference
//	<!-- output blank: go test ./01-middleware -->      the same with the chapter's exercises blank

// notes compares the blocks of the notes with their sources, and the guide for
// reviewers with the wrong answers; --write puts them right.
func notes(ctx context.Context, a *app, args arguments) error {
	chapters, err := a.proven(args.first())
	if err != nil {
		return err
	}
	stale := 0
	for _, ch := range chapters {
		now, problems, err := a.renew(ctx, ch)
		if err != nil {
			return err
		}
		switch {
		case args.flags["--write"] && now.changed:
			if err := a.replace(filepath.Join(ch.dir, "README.md"), now.text); err != nil {
				return err
			}
			problems = now.unresolved
		case len(problems) == 0:
			a.ui.say("%s/README.md agrees with the code", ch.name)
		}
		guide, err := a.guide(ch, args.flags["--write"])
		if err != nil {
			return err
		}
		problems = append(problems, guide...)
		for _, p := range problems {
			a.ui.say("%s", p)
		}
		stale += len(problems)
	}
	if stale > 0 {
		return errRed
	}
	return nil
}

// renewed is a chapter's notes with fresh blocks.
type renewed struct {
	text       string
	changed    bool
	unresolved []string // blocks whose source could not be shown
}

// renew makes every block anew and lists those that are stale or can't be
// shown.
func (a *app) renew(ctx context.Context, ch *chapter) (renewed, []string, error) {
	text, err := ch.readNotes()
	if err != nil {
		return renewed{}, nil, err
	}
	dir, clean, err := newScratch()
	if err != nil {
		return renewed{}, nil, err
	}
	defer clean()
	now := renewed{}
	var edits []edit
	var stale []string
	for _, b := range blocks(text) {
		fresh, err := a.show(ctx, ch, b, dir)
		where := fmt.Sprintf("%s/README.md:%d", ch.name, b.line)
		switch {
		case err != nil:
			now.unresolved = append(now.unresolved, fmt.Sprintf("%s: %v", where, err))
		case fresh != b.content:
			edits = append(edits, edit{b.at, fresh})
			stale = append(stale, fmt.Sprintf("%s: the block differs from its source (%s): go tool workbook notes --write %d", where, b.source, ch.number))
		}
	}
	now.text, now.changed = splice(text, edits), len(edits) > 0
	return now, append(stale, now.unresolved...), nil
}

// show returns what a block should hold. Blocks in other languages than Go
// need no source: commands, JSON and diagrams stand for themselves.
func (a *app) show(ctx context.Context, ch *chapter, b block, dir *scratch) (string, error) {
	kind, rest, _ := strings.Cut(b.source, ": ")
	switch kind {
	case "code":
		return ch.code(rest)
	case "output", "output blank":
		return a.output(ctx, ch, rest, kind == "output blank", dir)
	}
	if b.lang == "go" {
		return "", errors.New("a block of Go code needs its source in the line above: <!-- code: chain.go Chain -->")
	}
	return b.content, nil
}

// output runs a command of the go tool over the reference, or over the blank
// chapter, and returns what it writes.
func (a *app) output(ctx context.Context, ch *chapter, command string, isBlank bool, dir *scratch) (string, error) {
	words := strings.Fields(command)
	if len(words) < 3 || words[0] != "go" || !slices.Contains([]string{"run", "test", "vet"}, words[1]) {
		return "", fmt.Errorf("%q is not understood: output: go run|test|vet ARGUMENTS", command)
	}
	o, err := a.overlayForNotes(ctx, ch, isBlank, dir)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", slices.Concat(words[1:2], []string{"-overlay=" + string(o)}, words[2:])...)
	cmd.Dir = a.root
	cmd.Env = append(cmd.Environ(), overlayVariable+"="+string(o), "NO_COLOR=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if _, ok := errors.AsType[*exec.ExitError](err); !ok {
			return "", err // a command that fails may be what the notes show
		}
	}
	return steady(out.String()), nil
}

func (a *app) overlayForNotes(ctx context.Context, ch *chapter, isBlank bool, dir *scratch) (overlay, error) {
	chapters, err := a.chapters()
	if err != nil {
		return "", err
	}
	versions := references(chapters)
	if isBlank {
		i := slices.IndexFunc(chapters, func(c *chapter) bool { return c.name == ch.name })
		if versions[chapters[i]], err = ch.blanked(ctx, a.root, everyone); err != nil {
			return "", err
		}
	}
	return a.lay(dir.folder(), versions)
}

// steady replaces what differs from run to run: how long it took.
func steady(output string) string {
	output = regexp.MustCompile(`\(\d+\.\d+s\)`).ReplaceAllString(output, "(0.00s)")
	output = regexp.MustCompile(`(?m)^(ok|FAIL)(\s+\S+\s+)(\d+\.\d+s|\(cached\))`).ReplaceAllString(output, "${1}${2}0.00s")
	return strings.TrimRight(output, "\n") + "\n"
}
