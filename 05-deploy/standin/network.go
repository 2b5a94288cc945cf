//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
)

// The guest is alone in a network namespace, with one cable to this machine and
// no way to anywhere else. The addresses are of the network that RFC 2544 keeps
// for tests.

// newSubnet picks one that nothing here uses. Its name is its first three
// bytes.
func newSubnet() (string, error) {
	routes, err := os.ReadFile("/proc/net/fib_trie")
	if err != nil {
		return "", err
	}
	for range 100 {
		// Not the lowest free one: the next guest at the same address would have
		// another host key, and look like an attack.
		subnet := fmt.Sprintf("198.18.%d", 1+rand.IntN(254))
		if !strings.Contains(string(routes), subnet+".") {
			return subnet, nil
		}
	}
	return "", errors.New("every network from 198.18.1.0 to 198.18.254.0 is in use here")
}

// plugIn makes the guest's network, unless it is there.
func (g *guest) plugIn(ctx context.Context) error {
	if _, err := os.Stat("/run/netns/" + g.machine); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, args := range []string{
		"netns add " + g.machine,
		"link add " + g.cable + " type veth peer name eth0 netns " + g.machine,
		"addr add " + g.subnet + ".1/30 dev " + g.cable,
		"link set " + g.cable + " up",
		"-n " + g.machine + " addr add " + g.address() + "/30 dev eth0",
		"-n " + g.machine + " link set lo up",
		"-n " + g.machine + " link set eth0 up",
		"-n " + g.machine + " route add default via " + g.subnet + ".1",
	} {
		if err := do(ctx, "ip", strings.Fields(args)...); err != nil {
			return errors.Join(err, g.unplug(ctx))
		}
	}
	return nil
}

// unplug removes the guest's network.
func (g *guest) unplug(ctx context.Context) error {
	if _, err := os.Stat("/run/netns/" + g.machine); err != nil {
		return nil
	}
	// The cable ends in the namespace and goes with it, but only once the
	// kernel has cleaned up: here, it goes at once.
	if _, err := os.Stat("/sys/class/net/" + g.cable); err == nil {
		if err := do(ctx, "ip", "link", "del", g.cable); err != nil {
			return err
		}
	}
	return do(ctx, "ip", "netns", "del", g.machine)
}
