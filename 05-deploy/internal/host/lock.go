package host

import (
	"errors"
	"os"
	"syscall"
)

// locked runs f while no other host does. The kernel lets the lock go with the
// process, so a crash leaves none behind.
func (h *host) locked(f func() error) error {
	file, err := os.OpenFile(h.path("opt/authbook/lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	err = flock(file)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errors.New("another ship is at work on this machine; nothing was changed, try again when it is done")
	}
	if err != nil {
		return err
	}
	return f()
}
