package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/authbook/05-deploy/internal/agent"
	"golang.org/x/term"
)

// set keeps a setting on the machine: NAME=VALUE, or NAME alone, and then the value
// is asked for.
func set(ctx context.Context, m *machine, args []string) error {
	name, value, given := strings.Cut(args[0], "=")
	if given && agent.IsSecret(name) {
		return fmt.Errorf("%s may hold a secret, and this line stays in the shell's history; "+
			"leave the value out, and ship asks for it", name)
	}
	if !given {
		var err error
		if value, err = m.app.ask(name); err != nil {
			return err
		}
	}
	if err := agent.CheckSetting(name, value); err != nil {
		return err
	}
	return m.change(ctx, strings.NewReader(value+"\n"), "", "set", name)
}

// unset removes a setting of the machine.
func unset(ctx context.Context, m *machine, args []string) error {
	return m.change(ctx, strings.NewReader(""), "", "unset", args[0])
}

// maintenance closes the server to everybody, or opens it again.
func maintenance(ctx context.Context, m *machine, args []string) error {
	switch args[0] {
	case "on":
		return set(ctx, m, []string{"MAINTENANCE=on"})
	case "off":
		return unset(ctx, m, []string{"MAINTENANCE"})
	}
	return fmt.Errorf("maintenance is on or off, and not %q", args[0])
}

// ask reads a value: from the keyboard, without showing it, or from a pipe.
func (a *app) ask(name string) (string, error) {
	if file, ok := a.stdin.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprintf(a.stdout, "%s (not shown): ", name)
		typed, err := term.ReadPassword(int(file.Fd()))
		a.say("")
		return string(typed), err
	}
	text, err := io.ReadAll(io.LimitReader(a.stdin, maxValue))
	return strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), err
}

// maxValue is in bytes, and more than any value takes.
const maxValue = 64 << 10
