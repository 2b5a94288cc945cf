package main

import (
	"context"
	"fmt"
	"strings"
)

// command is one that builds nothing.
type command struct {
	usage string // what follows the name
	min   int    // how many arguments there are after HOST, at least
	max   int    // and at most
	fresh bool   // also on a machine that nothing was shipped to
	run   func(ctx context.Context, m *machine, args []string) error
}

// commands are those that work on a machine, by name.
func commands() map[string]command {
	onHost := func(name string) func(context.Context, *machine, []string) error {
		return func(_ context.Context, m *machine, args []string) error {
			return m.host(nil, m.app.stdout, append([]string{name}, args...)...)
		}
	}
	return map[string]command{
		"status": {"HOST", 0, 0, false, onHost("status")},
		// What is wrong with its arguments, final itself says best.
		"admin":    {"HOST [COMMAND [NAME]]", 0, 9, false, onHost("admin")},
		"rollback": {"HOST", 0, 0, false, rollback},
		"logs":     {"HOST", 0, 0, true, logs},
		"backup":   {"HOST [FILE]", 0, 1, false, backup},
		"restore":  {"HOST FILE", 1, 1, false, restore},
	}
}

// remote runs one of the commands that build nothing.
func (a *app) remote(ctx context.Context, name string, c command, args []string) error {
	if len(args) < 1+c.min || len(args) > 1+c.max {
		return fmt.Errorf("%s takes other arguments: ship %s %s; HOST is such as ec2-user@203.0.113.7",
			name, name, c.usage)
	}
	t, err := parseTarget(args[0])
	if err != nil {
		return err
	}
	m, err := a.connect(ctx, t)
	if err != nil {
		return err
	}
	defer m.close()
	if !c.fresh {
		if err := m.checkShipped(); err != nil {
			return fmt.Errorf("cannot run %s on %s: %w", name, t.name, err)
		}
	}
	return c.run(ctx, m, args[1:])
}

// checkShipped refuses a machine without the agent. What sudo complains
// about is another matter.
func (m *machine) checkShipped() error {
	_, err := m.output(m.asRoot("test -x " + quote(m.app.hostPath(hostProgram))))
	if err != nil && !strings.Contains(err.Error(), "sudo") {
		return errNotShipped
	}
	return err
}

// rollback makes the release serve that did so before.
func rollback(ctx context.Context, m *machine, _ []string) error {
	if err := m.change(ctx, strings.NewReader(""), "", "rollback"); err != nil {
		return err
	}
	return m.host(nil, m.app.stdout, "status")
}

// logs prints the end of the log.
func logs(_ context.Context, m *machine, _ []string) error {
	const lastLines = "journalctl --identifier authbook --lines 100 --output cat --no-pager --quiet"
	_, err := m.run(m.asRoot(lastLines), nil, m.app.stdout)
	return err
}
