//go:build unix

package deploy

import (
	"os"
	"syscall"
)

// duplicate returns a descriptor that takeListeners may close.
func duplicate(file *os.File) (int, error) { return syscall.Dup(int(file.Fd())) }
