package agent

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"strings"

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

// start starts a slot and returns once its server says that it is ready.
func start(ctx context.Context, slot deploy.Slot) error {
	// restart: what a power cut or a crash left running in the slot ends first.
	if err := systemctl(ctx, "restart", unit(slot)); err != nil {
		return fmt.Errorf("the release did not become ready: %s", whyNotReady(ctx, slot, err))
	}
	return nil
}

// whyNotReady is what the server said last, where it ended by itself.
func whyNotReady(ctx context.Context, slot deploy.Slot, err error) string {
	result, _ := command(ctx, "systemctl", "show", "--property=Result", "--value", unit(slot))
	if result == "timeout" {
		return "it runs, and has not said so in time"
	}
	text, _ := command(ctx, "journalctl", "--unit", unit(slot), "--identifier", "authbook",
		"--lines", "1", "--output", "cat", "--no-pager", "--quiet")
	return cmp.Or(LastLine(text), err.Error())
}

// stop drains a slot and returns once it has ended.
func stop(ctx context.Context, slot deploy.Slot) error { return systemctl(ctx, "stop", unit(slot)) }
