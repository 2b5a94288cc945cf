package main

import (
	"context"
	"fmt"
	"strings"
)

// remote runs one of the commands that build nothing.
func (a *app) remote(ctx context.Context, command string, args []string) error {
	if len(args) == 0 || (len(args) > 1 && command != "admin") {
		return fmt.Errorf("%s takes one HOST: ship %s ec2-user@203.0.113.7", command, command)
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
	if command == "logs" {
		return m.stream(m.asRoot("journalctl --identifier authbook --lines 100 --output cat --no-pager --quiet"), nil, a.stdout)
	}
	if _, err := m.output(m.asRoot("test -x " + quote(a.hostPath(hostProgram)))); err != nil {
		return fmt.Errorf("cannot run %s on %s: %w", command, t.name, firstOf(err, errNotShipped))
	}
	if command == "rollback" {
		return m.rollback(ctx)
	}
	return m.stream(m.hostCommand(append([]string{command}, args[1:]...)...), nil, a.stdout)
}

// firstOf keeps what sudo complains about, and says the usual cause otherwise.
func firstOf(err, usual error) error {
	if strings.Contains(err.Error(), "sudo") {
		return err
	}
	return usual
}

// rollback makes the release serve that did so before.
func (m *machine) rollback(ctx context.Context) error {
	if err := m.change(ctx, strings.NewReader(""), "", "rollback"); err != nil {
		return err
	}
	return m.stream(m.hostCommand("status"), nil, m.app.stdout)
}
