package gorun

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"example.com/authbook/internal/workbook/course"
)

// PollEvery is how often somebody who waits for saves looks at a chapter's files. Some
// fifty calls of stat ten times a second cost next to nothing, and unlike file events
// they work on shared and network folders and in containers.
const PollEvery = 100 * time.Millisecond

// Saved reports whether a Go file of a folder was saved since a state that was seen, ""
// for none, and returns the state it is in. A folder in the middle of a save is not
// ready: look again a moment later.
func Saved(dir, seen string) (state string, saved bool) {
	state, err := stateOf(dir)
	if err != nil || state == seen {
		return seen, false
	}
	time.Sleep(PollEvery / 4)
	again, err := stateOf(dir)
	if err != nil || again != state {
		return seen, false
	}
	return state, true
}

// stateOf tells one state of a folder's Go files from another, by when each was changed.
func stateOf(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, e := range entries {
		if !course.IsGoFile(e.Name()) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // an editor renamed it just now
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&all, e.Name(), info.ModTime().UnixNano())
	}
	return course.Fingerprint(all.String()), nil
}
