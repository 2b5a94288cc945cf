package agent

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// command runs a program of the system and returns what it printed. Its error
// holds the last line of the program's complaint.
func command(ctx context.Context, name string, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	c := exec.CommandContext(ctx, name, args...)
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("%s: %s", name, cmp.Or(LastLine(stderr.String()), err.Error()))
	}
	return strings.TrimSpace(stdout.String()), nil
}

// LastLine is the last line of what a program wrote to its standard error: there
// it says why it ended. sudo and others may have remarks before that.
func LastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

func systemctl(ctx context.Context, args ...string) error {
	_, err := command(ctx, "systemctl", args...)
	return err
}

// unit is the service of a slot.
func unit(slot deploy.Slot) string { return "authbook@" + string(slot) + ".service" }

// show returns properties of a unit. Times are such as @1764381600.
func show(ctx context.Context, unit string, names ...string) map[string]string {
	wanted := "--property=" + strings.Join(names, ",")
	text, _ := command(ctx, "systemctl", "show", "--timestamp=unix", wanted, unit) // "": nothing is known
	properties := map[string]string{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		properties[name] = value
	}
	return properties
}

// start starts a slot and returns once its server says that it is ready.
func (c *change) start(ctx context.Context, slot deploy.Slot) error {
	begun := time.Now()
	// restart: what a power cut or a crash left running in the slot ends first.
	err := systemctl(ctx, "restart", unit(slot))
	if err == nil {
		c.invocation = show(ctx, unit(slot), "InvocationID")["InvocationID"]
		return nil
	}
	// systemd starts it again a second later, so what it shows may be of that start.
	failed := firstFailure(ctx, unit(slot), begun)
	end := c.lastWords(ctx, failed.Invocation)
	end.TimedOut = failed.Result == "timeout"
	return fmt.Errorf("the release did not become ready: %s", cmp.Or(end.Why(), err.Error()))
}

// stop drains a slot and returns once it has ended.
func stop(ctx context.Context, slot deploy.Slot) error { return systemctl(ctx, "stop", unit(slot)) }
