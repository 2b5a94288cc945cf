//go:build unix

package agent

import (
	"os"
	"syscall"
)

// flock locks a file, or fails with EWOULDBLOCK where another process has.
func flock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
