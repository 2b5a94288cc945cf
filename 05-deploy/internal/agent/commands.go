package agent

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
)

// act is a command with its argument.
type act func(context.Context) error

// do does what the arguments say.
func (m *machine) do(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("host: a command is missing")
	}
	name, argument := args[0], strings.Join(args[1:min(2, len(args))], "")
	look := looker{m}
	switch name {
	case "logs":
		return look.logs(ctx, args[1:])
	case "admin":
		return m.runFinal(ctx, m.out, args...)
	case "fetch":
		return copier{m}.fetch(argument)
	case "recent":
		return copier{m}.recent(ctx)
	}
	if run, ok := look.acts()[name]; ok {
		return run(ctx)
	}
	alone := copier{m}.acts(argument)
	maps.Copy(alone, (&change{machine: m}).acts(argument))
	run, ok := alone[name]
	if !ok {
		return fmt.Errorf("host: unknown command %q", name)
	}
	return m.locked(func() error {
		err := run(ctx)
		if kept(name) {
			m.note(name, argument, err)
		}
		return err
	})
}

// looker tells what is on a machine, and changes nothing.
type looker struct{ *machine }

func (l looker) acts() map[string]act {
	return map[string]act{
		"config":  func(context.Context) error { return l.config() },
		"status":  l.status,
		"metrics": l.metrics,
		"history": l.history,
		"ready":   l.awaitReady,
	}
}

// copier takes copies of the database and lists of its users from a machine, and
// puts them back.
type copier struct{ *machine }

// acts are commands of which one at a time may run.
func (c copier) acts(argument string) map[string]act {
	return map[string]act{
		"export":  c.export,
		"import":  c.importUsers,
		"backup":  c.backup,
		"today":   c.today,
		"restore": func(ctx context.Context) error { return c.restore(ctx, argument) },
	}
}

// change makes another release serve, or the same one with other settings.
type change struct {
	*machine
	setting    string // the variable that `set` is about
	before     files  // the settings as they were
	attempt    string // the copy that was made for this change; "": none
	invocation string // what systemd calls the last start
}

// acts are commands of which one at a time may run.
func (c *change) acts(argument string) map[string]act {
	return map[string]act{
		"deploy":   c.deploy,
		"rollback": func(ctx context.Context) error { return c.rollback(ctx, argument) },
		"set":      func(ctx context.Context) error { return c.set(ctx, argument) },
		"unset":    func(ctx context.Context) error { return c.unset(ctx, argument) },
	}
}
