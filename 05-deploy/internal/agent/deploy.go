package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// keepReleases is how many releases stay installed.
const keepReleases = 5

// verdictLimit is how long ship may take for its checks.
const verdictLimit = 5 * time.Minute

// deploy installs the release that comes from ship and makes it serve.
func (c *change) deploy(ctx context.Context) error {
	if err := c.checkAddress(); err != nil {
		return err
	}
	was := c.layout.Has(c.version)
	steps := []deploy.Step{{
		Name: "receive the release",
		Do:   func(context.Context) error { return c.receive() },
		Undo: func(context.Context) error {
			if was {
				return nil
			}
			return c.layout.Remove(c.version)
		},
	}}
	steps = append(steps, installer{c.machine}.steps()...)
	return c.apply(ctx, append(steps, c.switchSteps(c.version, c.backupBefore)...))
}

// rollback makes another release of this machine serve; "" is the one that did so
// before the current one.
func (c *change) rollback(ctx context.Context, version string) (err error) {
	if version == "" {
		version, err = c.layout.Previous()
	}
	if err != nil {
		return err
	}
	if err := c.checkBack(version); err != nil {
		return err
	}
	c.version = version
	c.say("back to %s", version)
	if err := c.apply(ctx, c.switchSteps(version, c.backupIfPossible)); err != nil {
		return err
	}
	return looker{c.machine}.status(ctx)
}

// checkBack refuses a release that there is no way back to.
func (c *change) checkBack(version string) error {
	releases, err := c.layout.Releases()
	switch {
	case err != nil:
		return err
	case version == "":
		return errors.New("there is no earlier release on this machine to roll back to")
	case version == c.layout.In(c.layout.Current()):
		return fmt.Errorf("%s serves already", version)
	}
	var there []string
	for _, r := range releases {
		there = append(there, r.Version)
	}
	if !slices.Contains(there, version) {
		return fmt.Errorf("there is no release %s on this machine; there are %s", version, strings.Join(there, ", "))
	}
	return nil
}

// apply does the steps, or none of them.
func (c *change) apply(ctx context.Context, steps []deploy.Step) error {
	err := deploy.RunSteps(ctx, steps, func(name string) { c.say("%s", name) })
	if err != nil {
		return fmt.Errorf("%w — %s", err, c.outcome())
	}
	if err := errors.Join(c.layout.MarkServed(c.version), c.keepAttempt()); err != nil {
		return err
	}
	removed, err := c.layout.Prune(keepReleases)
	if len(removed) > 0 {
		c.say("removed %s", strings.Join(removed, ", "))
	}
	return err
}

// outcome says where a change that failed has left the machine.
func (c *change) outcome() string {
	current := c.layout.In(c.layout.Current())
	if current == "" {
		return "nothing runs, as before"
	}
	return current + " serves, as before"
}

// receive installs what ship sends.
func (c *change) receive() error {
	err := c.layout.Install(c.version, c.sum, io.LimitReader(c.in, c.size))
	if errors.Is(err, syscall.ENOSPC) {
		return errors.New("the disk of the machine is full")
	}
	return err
}

// switchSteps make a release serve: the new one starts beside the old one, and
// both take requests from the same socket until the old one has drained. The
// link moves last, when ship has found the new one good, and it has gone on for a
// while: after a power cut on the way the machine comes back with the old one.
func (c *change) switchSteps(version string, backup func(context.Context) error) []deploy.Step {
	old := c.layout.Current()
	next := deploy.SlotA
	if old != "" {
		next = old.Other()
	}
	steps := []deploy.Step{
		{Name: "check the settings", Do: func(ctx context.Context) error { return c.checkRelease(ctx, version) }},
		c.keepStep(),
		c.bootStep(old == ""),
		{Name: "back up the database", Do: backup},
		c.startStep(next, version),
		c.drainStep(old),
		{
			Name: "wait for the contract checks",
			Do:   func(ctx context.Context) error { return c.awaitVerdict(ctx, next) },
		},
		c.watchStep(next),
		{
			Name: "switch to slot " + string(next),
			Do: func(ctx context.Context) error {
				if err := c.layout.Switch(next); err != nil {
					return err
				}
				// They are active already, but for the first release.
				return systemctl(ctx, "start", starter, backupTimer, recentTimer)
			},
			Undo: func(context.Context) error { return c.layout.Switch(old) },
		},
	}
	return slices.DeleteFunc(steps, func(s deploy.Step) bool { return s.Do == nil })
}

// startStep starts a release in a slot. A slot has its own settings, so that
// the way back leads to the old address too.
func (c *change) startStep(slot deploy.Slot, version string) deploy.Step {
	before, beforeSettings := c.layout.In(slot), files{c.settingsFile(slot): c.readSettings(slot)}
	return deploy.Step{
		Name: "start " + version + " in slot " + string(slot),
		Do: func(ctx context.Context) error {
			settings := files{c.settingsFile(slot): c.slotSettings(c.layout.Current())}
			if err := settings.write(); err != nil {
				return err
			}
			if err := c.layout.Point(slot, version); err != nil {
				return err
			}
			return c.start(ctx, slot)
		},
		Undo: func(ctx context.Context) error { // all of it, whatever fails
			return errors.Join(stop(ctx, slot), c.layout.Point(slot, before), beforeSettings.write())
		},
	}
}

// bootStep makes the machine open the ports and start the slot that serves at
// each boot. Undoing the first one closes the ports again.
func (c *change) bootStep(first bool) deploy.Step {
	step := deploy.Step{
		Name: "start at boot",
		Do: func(ctx context.Context) error {
			return systemctl(ctx, "enable", "--quiet", starter, httpSocket, httpsSocket, backupTimer, recentTimer)
		},
	}
	if first {
		step.Undo = func(ctx context.Context) error {
			return systemctl(ctx, "disable", "--quiet", "--now", starter, httpSocket, httpsSocket,
				backupTimer, recentTimer)
		}
	}
	return step
}

// The units besides the slots.
const (
	starter     = "authbook.service"
	httpSocket  = "authbook-http.socket"
	httpsSocket = "authbook-https.socket"
	backupTimer = "authbook-backup.timer"
	recentTimer = "authbook-recent.timer"
)

// drainStep ends the old slot, if there is one: from now on the new one alone
// answers.
func (c *change) drainStep(old deploy.Slot) deploy.Step {
	if old == "" {
		return deploy.Step{Name: "no release to drain", Do: func(context.Context) error { return nil }}
	}
	return deploy.Step{
		Name: "drain slot " + string(old),
		Do:   func(ctx context.Context) error { return stop(ctx, old) },
		// start, not restart: where the drain did not begin, it still serves. It
		// starts with the settings that it had.
		Undo: func(ctx context.Context) error {
			return errors.Join(c.before.write(), systemctl(ctx, "start", unit(old)))
		},
	}
}

// awaitVerdict asks ship to check the public address of a slot.
func (c *change) awaitVerdict(ctx context.Context, slot deploy.Slot) error {
	mode := ""
	if c.chosen("MAINTENANCE") == "on" {
		mode = InMaintenance
	}
	c.say("%s%s%s", ReadyPrefix, c.address(slot), mode)
	verdict := make(chan string, 1)
	go func() {
		line, _ := c.in.ReadString('\n') // "" when the connection is gone
		verdict <- strings.TrimSpace(line)
	}()
	select {
	case line := <-verdict:
		switch line {
		case VerdictGood:
			return nil
		case "":
			return errors.New("the connection to ship broke off")
		}
		return errors.New("the release does not keep its contract")
	case <-time.After(verdictLimit):
		return errors.New("ship gave no verdict in time")
	case <-ctx.Done():
		return ctx.Err()
	}
}
