package deploy

import (
	"errors"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// watchRemoved returns a function that returns the names that were removed from
// a folder since. The kernel tells (inotify(7)): no test has to be quick enough
// to see it happen. A name that is replaced is not removed.
func watchRemoved(t *testing.T, dir string) (removed func() []string) {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC)
	require.NoError(t, err)
	t.Cleanup(func() { syscall.Close(fd) })
	_, err = syscall.InotifyAddWatch(fd, dir, syscall.IN_DELETE)
	require.NoError(t, err)
	return func() (names []string) {
		events := make([]byte, 1<<16)
		n, err := syscall.Read(fd, events)
		if errors.Is(err, syscall.EAGAIN) {
			return nil // nothing has happened
		}
		require.NoError(t, err)
		for events = events[:n]; len(events) > 0; {
			head := (*syscall.InotifyEvent)(unsafe.Pointer(&events[0]))
			end := syscall.SizeofInotifyEvent + int(head.Len)
			names = append(names, strings.TrimRight(string(events[syscall.SizeofInotifyEvent:end]), "\x00"))
			events = events[end:]
		}
		return names
	}
}
