//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// ssh runs a command as the guest's administrator. Nobody else is on the cable, so its
// host key needs no proof.
func (g *guest) ssh(ctx context.Context, command string) *exec.Cmd {
	return exec.CommandContext(ctx, "ssh", "-q", "-F", "none", "-i", g.path("key"),
		"-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
		"admin@"+g.address(), command)
}

// shell runs a script as the guest's root and returns what it printed.
func (g *guest) shell(ctx context.Context, stdin io.Reader, script string) (string, error) {
	return output(g.ssh(ctx, "sudo -n sh -c "+quote(prelude+script)), stdin)
}

// output runs a command, and returns what it printed.
func output(command *exec.Cmd, stdin io.Reader) (string, error) {
	var stdout, stderr bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = stdin, &stdout, &stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("the machine: %s", cmp.Or(strings.TrimSpace(stderr.String()), err.Error()))
	}
	return strings.TrimSpace(stdout.String()), nil
}

// prelude tells a script which slot serves, in $slot, and where the file system of the
// machine begins, in $root, which is nothing on a booted one. host is the agent.
const prelude = `set -e
root=$AUTHBOOK_ROOT
slot=$(basename "$(readlink "$root/opt/authbook/current" || true)")
host() { "$root/opt/authbook/host" -root "${root:-/}" "$@"; }
`

// quote makes one word of the shell of any text.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
