// Command host is ship's agent on a machine. ship builds it for the machine,
// installs it as /opt/authbook/host and runs it there as root. It does the whole
// change of a release, and takes it back when ship does not confirm it: also when
// the connection breaks in the middle.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"example.com/authbook/05-deploy/internal/agent"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// Without this, a progress line to a connection that is gone would end the
	// process in the middle of a change.
	signal.Ignore(syscall.SIGPIPE)
	if err := agent.Run(ctx, agent.Soak, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
