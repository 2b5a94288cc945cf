package course

import (
	"os"
	"path/filepath"
)

// Alone runs f while no other command changes what this machine keeps: to read, change and
// write a file in two terminals at once would lose one of the changes. The kernel lets the
// lock go with the process, so a killed one leaves none behind. A folder that can't have
// locks, as on some network drives, does without. f must not call Alone itself.
func (c *Course) Alone(f func() error) error {
	local, err := c.Local()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(local, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		defer file.Close()
		_ = lock(file)
	}
	return f()
}
