package agent

import (
	"context"
	"os/exec"
)

// logs prints the end of the log.
func (m *machine) logs(ctx context.Context) error {
	c := exec.CommandContext(ctx, "journalctl", "--identifier", "authbook",
		"--lines", "100", "--output", "cat", "--no-pager", "--quiet")
	c.Stdout, c.Stderr = m.out, m.remarks
	return c.Run()
}
