package host

import (
	"context"
	"errors"
	"fmt"
	"io"
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
func (h *host) deploy(ctx context.Context) error {
	if err := h.checkAddress(); err != nil {
		return err
	}
	was := h.layout.Has(h.version)
	steps := []deploy.Step{{
		Name: "receive the release",
		Do:   func(context.Context) error { return h.receive() },
		Undo: func(context.Context) error {
			if was {
				return nil
			}
			return h.layout.Remove(h.version)
		},
	}}
	steps = append(steps, h.prepareSteps()...)
	return h.change(ctx, append(steps, h.switchSteps(h.version)...))
}

// rollback makes the release serve that did so before the current one.
func (h *host) rollback(ctx context.Context) (err error) {
	if h.version, err = h.layout.Previous(); err != nil {
		return err
	}
	if h.version == "" {
		return errors.New("there is no earlier release on this machine to roll back to")
	}
	h.say("back to %s", h.version)
	return h.change(ctx, h.switchSteps(h.version))
}

// change does the steps, or none of them.
func (h *host) change(ctx context.Context, steps []deploy.Step) error {
	err := deploy.RunSteps(ctx, steps, func(name string) { h.say("%s", name) })
	if err != nil {
		return fmt.Errorf("%w — %s", err, h.outcome())
	}
	if err := h.layout.MarkServed(h.version); err != nil {
		return err
	}
	removed, err := h.layout.Prune(keepReleases)
	if len(removed) > 0 {
		h.say("removed %s", strings.Join(removed, ", "))
	}
	return err
}

// outcome says where a change that failed has left the machine.
func (h *host) outcome() string {
	current := h.layout.In(h.layout.Current())
	if current == "" {
		return "nothing runs, as before"
	}
	return current + " serves, as before"
}

// receive installs what ship sends.
func (h *host) receive() error {
	err := h.layout.Install(h.version, h.sum, io.LimitReader(h.in, h.size))
	if errors.Is(err, syscall.ENOSPC) {
		return errors.New("the disk of the machine is full")
	}
	return err
}

// switchSteps make a release serve: the new one starts beside the old one, and
// both take requests from the same socket until the old one has drained. The
// link moves last, when ship has found the new one good: after a power cut on
// the way the machine comes back with the old one.
func (h *host) switchSteps(version string) []deploy.Step {
	old := h.layout.Current()
	next := deploy.SlotA
	if old != "" {
		next = old.Other()
	}
	return []deploy.Step{
		h.bootStep(old == ""),
		{Name: "back up the database", Do: h.backupBefore},
		h.startStep(next, version),
		drainStep(old),
		{
			Name: "wait for the contract checks",
			Do:   func(ctx context.Context) error { return h.awaitVerdict(ctx, next) },
		},
		{
			Name: "switch to slot " + string(next),
			Do: func(ctx context.Context) error {
				if err := h.layout.Switch(next); err != nil {
					return err
				}
				// It is active already, but for the first release.
				return systemctl(ctx, "start", starter)
			},
			Undo: func(context.Context) error { return h.layout.Switch(old) },
		},
	}
}

// startStep starts a release in a slot. A slot has its own settings, so that
// the way back leads to the old address too.
func (h *host) startStep(slot deploy.Slot, version string) deploy.Step {
	before, beforeSettings := h.layout.In(slot), files{h.settingsFile(slot): h.readSettings(slot)}
	return deploy.Step{
		Name: "start " + version + " in slot " + string(slot),
		Do: func(ctx context.Context) error {
			settings := files{h.settingsFile(slot): h.slotSettings(h.layout.Current())}
			if err := settings.write(); err != nil {
				return err
			}
			if err := h.layout.Point(slot, version); err != nil {
				return err
			}
			return start(ctx, slot)
		},
		Undo: func(ctx context.Context) error { // all of it, whatever fails
			return errors.Join(stop(ctx, slot), h.layout.Point(slot, before), beforeSettings.write())
		},
	}
}

// bootStep makes the machine open the ports and start the slot that serves at
// each boot. Undoing the first one closes the ports again.
func (h *host) bootStep(first bool) deploy.Step {
	step := deploy.Step{
		Name: "start at boot",
		Do: func(ctx context.Context) error {
			return systemctl(ctx, "enable", "--quiet", starter, httpSocket, httpsSocket)
		},
	}
	if first {
		step.Undo = func(ctx context.Context) error {
			return systemctl(ctx, "disable", "--quiet", "--now", starter, httpSocket, httpsSocket)
		}
	}
	return step
}

// The units besides the slots.
const (
	starter     = "authbook.service"
	httpSocket  = "authbook-http.socket"
	httpsSocket = "authbook-https.socket"
)

// drainStep ends the old slot, if there is one: from now on the new one alone
// answers.
func drainStep(old deploy.Slot) deploy.Step {
	if old == "" {
		return deploy.Step{Name: "no release to drain", Do: func(context.Context) error { return nil }}
	}
	return deploy.Step{
		Name: "drain slot " + string(old),
		Do:   func(ctx context.Context) error { return stop(ctx, old) },
		// start, not restart: where the drain did not begin, it still serves.
		Undo: func(ctx context.Context) error { return systemctl(ctx, "start", unit(old)) },
	}
}

// awaitVerdict asks ship to check the public address of a slot.
func (h *host) awaitVerdict(ctx context.Context, slot deploy.Slot) error {
	h.say("%s%s", ReadyPrefix, h.address(slot))
	verdict := make(chan string, 1)
	go func() {
		line, _ := h.in.ReadString('\n') // "" when the connection is gone
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
