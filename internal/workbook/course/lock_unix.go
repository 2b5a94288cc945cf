//go:build unix

package course

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock waits until no other process has locked the file.
func lock(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX)
		if !errors.Is(err, unix.EINTR) { // macOS does not wait again after a signal
			return err
		}
	}
}
