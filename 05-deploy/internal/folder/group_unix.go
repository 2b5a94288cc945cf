//go:build unix

package folder

import (
	"os"
	"os/exec"
	"syscall"
)

// ownGroup makes a process, and all that it starts, end together.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }
