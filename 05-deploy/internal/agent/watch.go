package agent

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// Soak is how long a release must serve, watched, before the machine counts on it:
// some die soon after they were found good, and would do so again and again.
const Soak = 10 * time.Second

// watchEvery is how often the release is looked at meanwhile.
const watchEvery = 200 * time.Millisecond

// watchStep lets the release in a slot serve for the time of c.soak.
func (c *change) watchStep(slot deploy.Slot) deploy.Step {
	return deploy.Step{
		Name: "watch it for " + c.soak.String(),
		Do:   func(ctx context.Context) error { return c.watch(ctx, slot) },
	}
}

// watch returns an error once the release in a slot is not the process any more
// that was started.
func (c *change) watch(ctx context.Context, slot deploy.Slot) error {
	started, open := time.Now(), 0
	for {
		now := openConnections(ports(c.address(slot))) // before the state: none are open once it has ended
		state := show(ctx, unit(slot), "InvocationID", "ActiveState")
		if state["InvocationID"] != c.invocation || state["ActiveState"] != "active" {
			return fmt.Errorf("it ended (%s), and lost what clients had asked it: %d connections were open just before",
				c.lastWords(ctx, c.invocation).Why(), open)
		}
		if time.Since(started) > c.soak {
			return nil
		}
		open = now
		select {
		case <-time.After(watchEvery):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// ports are those on which the server has its clients.
func ports(address string) []string {
	all := []string{"80", "443"}
	if u, err := url.Parse(address); err == nil && u.Port() != "" {
		all = append(all, u.Port())
	}
	return all
}

// openConnections counts the clients that are connected to one of the ports, as
// the kernel of Linux tells it.
func openConnections(ports []string) (count int) {
	for _, path := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(path) // elsewhere nothing is known
		count += countEstablished(string(text), ports)
	}
	return count
}

// countEstablished counts the lines whose local port is one of ports and whose
// state is established.
func countEstablished(table string, ports []string) (count int) {
	const established = "01"
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[3] != established {
			continue
		}
		_, port, _ := strings.Cut(fields[1], ":")
		number, _ := strconv.ParseUint(port, 16, 16)
		if slices.Contains(ports, strconv.FormatUint(number, 10)) {
			count++
		}
	}
	return count
}
