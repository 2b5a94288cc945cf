//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// stateDir keeps the guests' volumes and keys.
const stateDir = "/var/lib/authbook-standin"

// guest is one stand-in.
type guest struct {
	dir     string // all that is kept of it
	machine string // its host name, and the name of its namespace
	cable   string // the network interface on this side
	subnet  string // such as 198.18.7
}

// namePattern keeps an interface's name, which begins with two more bytes,
// within the kernel's 15.
var namePattern = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)

func badName(name string) error {
	return fmt.Errorf("-name: %q is not a name; use up to twelve lower-case letters and digits", name)
}

func newGuest(name string) (*guest, error) {
	if !namePattern.MatchString(name) {
		return nil, badName(name)
	}
	g := &guest{dir: filepath.Join(stateDir, name), machine: "standin-" + name, cable: "s-" + name}
	subnet, err := os.ReadFile(g.path("subnet"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	g.subnet = string(subnet)
	return g, nil
}

func (g *guest) isBooted() bool { return true }
func (g *guest) remark() string { return "" }

func (g *guest) path(name string) string { return filepath.Join(g.dir, name) }

// prepare says what is missing here, and becomes root.
func (g *guest) prepare() error {
	if err := checkPrograms(); err != nil {
		return err
	}
	return becomeRoot()
}

// address is where the guest is.
func (g *guest) address() string { return g.subnet + ".2" }

// exists reports whether there is a guest, running or not.
func (g *guest) exists() bool { return g.subnet != "" }

// up boots the guest, and makes it first where there is none.
func (g *guest) up(ctx context.Context, stdout io.Writer) error {
	image, err := image(ctx, stdout)
	if err != nil {
		return err
	}
	if !g.exists() {
		if err := g.create(ctx); err != nil {
			return fmt.Errorf("cannot make the guest: %w", err)
		}
	}
	if err := g.plugIn(ctx); err != nil {
		return err
	}
	if err := g.bootUnlessRunning(ctx, image); err != nil {
		return err
	}
	return g.status(stdout)
}

func (g *guest) bootUnlessRunning(ctx context.Context, image string) error {
	if g.running() {
		return g.untilReady(ctx, nil)
	}
	ended, err := g.boot(image)
	if err != nil {
		return err
	}
	return g.untilReady(ctx, ended)
}

// status prints how to get to the guest.
func (g *guest) status(stdout io.Writer) error {
	if !g.exists() {
		return errors.New("there is no stand-in; make one with: go run ./05-deploy/standin up")
	}
	state := "does not run; boot it with: standin up"
	if g.running() {
		state = "runs"
	}
	fmt.Fprintf(stdout, "state    %s\n", state)
	fmt.Fprintf(stdout, "address  %s\n", g.address())
	fmt.Fprintf(stdout, "console  %s\n", g.path("console.log"))
	fmt.Fprintf(stdout, "shell    ssh -i %s admin@%s\n", g.path("key"), g.address())
	fmt.Fprintf(stdout, "ship     %s\n", g.shipCommand())
	return nil
}

// shipCommand ships to the guest. In other commands of ship, the flags stand
// before them, and the host is the last word of it.
func (g *guest) shipCommand() string {
	return fmt.Sprintf("go run ./05-deploy/ship -key %s -fingerprint %s admin@%s",
		g.path("key"), g.fingerprint(), g.address())
}

// down removes the guest, its network and its volumes.
func (g *guest) down(ctx context.Context, stdout io.Writer) error {
	if err := errors.Join(g.cutPower(ctx), g.unplug(ctx), g.removeGroups()); err != nil {
		return err
	}
	if err := os.RemoveAll(g.dir); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s is gone\n", g.machine)
	return nil
}
