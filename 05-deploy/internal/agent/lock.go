package agent

import (
	"errors"
	"os"
	"syscall"
)

// locked runs f while no other agent does. The kernel lets the lock go with the
// process, so a crash leaves none behind.
func (m *machine) locked(f func() error) error {
	file, err := os.OpenFile(m.path("opt/authbook/lock"), os.O_RDWR|os.O_CREATE, 0o600)
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
