package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// ship builds the server, and makes it serve on each of the hosts, one after the
// other. It stops at the first that fails: the others go on as they are.
func (a *app) ship(ctx context.Context, hosts []string) error {
	var machines []*machine
	for _, host := range hosts {
		m, err := a.prepare(ctx, host)
		if err != nil {
			return err
		}
		machines = append(machines, m)
	}
	for i, m := range machines {
		m.others = i < len(machines)-1
		if err := m.shipAndWait(ctx); err != nil && m.others {
			return fmt.Errorf("%w; nothing was done on %s", err, strings.Join(hosts[i+1:], ", "))
		} else if err != nil {
			return err
		}
	}
	return nil
}

// prepare finds a host, and changes nothing yet.
func (a *app) prepare(ctx context.Context, host string) (*machine, error) {
	t, err := parseTarget(host)
	if err != nil {
		return nil, err
	}
	m, err := a.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	return m, a.checkRecord(ctx, m.place)
}

// shipAndWait ships to a machine. Where others come after it, it waits until this
// one takes traffic again.
func (m *machine) shipAndWait(ctx context.Context) error {
	started := time.Now()
	version, err := m.ship(ctx)
	if err != nil {
		return err
	}
	m.app.say("%s serves on %s, after %s", version, m.target.name, time.Since(started).Round(100*time.Millisecond))
	if !m.others {
		return nil
	}
	return m.host(ctx, nil, m.app.stdout, "ready")
}

// demanded is the commit that must answer at an address: any, where the address is
// that of a balancer and machines behind it have the old release still.
func (m *machine) demanded(url, revision string) string {
	if m.others && url != m.url() {
		return ""
	}
	return revision
}

// isHost reports whether a word is meant as a host, and not as a command that was
// mistyped: it looks like one, or the configuration of ssh knows it.
func (a *app) isHost(ctx context.Context, word string) bool {
	t, err := parseTarget(word)
	if err != nil || strings.ContainsAny(word, "@.:") {
		return err == nil
	}
	found, err := a.configured(ctx, t)
	return err == nil && found["hostname"] != t.name
}
