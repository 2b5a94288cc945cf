package main

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// command is one that builds nothing.
type command struct {
	usage string // what follows the name
	min   int    // how many arguments there are after HOST, at least
	max   int    // and at most
	run   func(ctx context.Context, m *machine, args []string) error
}

// commands are those that work on a machine, by name.
func commands() map[string]command {
	onHost := func(name string) func(context.Context, *machine, []string) error {
		return func(ctx context.Context, m *machine, args []string) error {
			return m.host(ctx, nil, m.app.stdout, append([]string{name}, args...)...)
		}
	}
	return map[string]command{
		"status":  {"HOST", 0, 0, onHost("status")},
		"metrics": {"HOST", 0, 0, onHost("metrics")},
		"history": {"HOST", 0, 0, onHost("history")},
		"export":  {"HOST FILE", 1, 1, export},
		"import":  {"HOST FILE", 1, 1, importUsers},
		// What is wrong with its arguments, final itself says best.
		"admin":       {"HOST [COMMAND [NAME]]", 0, 9, admin},
		"rollback":    {"HOST [VERSION]", 0, 1, rollback},
		"config":      {"HOST", 0, 0, onHost("config")},
		"set":         {"HOST NAME, or: ship set HOST NAME=VALUE", 1, 1, set},
		"unset":       {"HOST NAME", 1, 1, unset},
		"maintenance": {"HOST on|off", 1, 1, maintenance},
		"logs":        {"HOST [-f] [-n N] [--since T] [--grep RE] [--audit]", 0, 9, logs},
		"backup":      {"HOST [FILE]", 0, 1, backup},
		"restore":     {"HOST FILE", 1, 1, restore},
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
	return c.run(ctx, m, args[1:])
}

// admin manages the users. What reads or writes a file here would find it on the
// machine.
func admin(ctx context.Context, m *machine, args []string) error {
	if len(args) > 0 && (args[0] == "export" || args[0] == "import") {
		return fmt.Errorf("a file of this computer is meant, so it is: ship %s HOST FILE", args[0])
	}
	return m.host(ctx, nil, m.app.stdout, append([]string{"admin"}, args...)...)
}

// rollback makes another release of the machine serve: the one that is named, or
// the one that did so before.
func rollback(ctx context.Context, m *machine, args []string) error {
	return m.change(ctx, strings.NewReader(""), "", append([]string{"rollback"}, args...)...)
}

// logs prints a log until it ends, or the operator interrupts it: nobody knows
// before what they look for.
func logs(ctx context.Context, m *machine, args []string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err := m.host(ctx, untilDone{ctx}, m.app.stdout, append([]string{"logs"}, args...)...)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// untilDone is an input that ends with its context, and has nothing to read.
type untilDone struct{ context.Context }

func (u untilDone) Read([]byte) (int, error) {
	<-u.Done()
	return 0, io.EOF
}
