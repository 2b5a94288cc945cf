package course

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strconv"
)

// Overlay is the path of a file for `go build -overlay`; "" is none. With it
// Go compiles another version of a chapter while the files on disk stay.
type Overlay string

// OverlayVariable tells the chapters' own tests which overlay they run under.
const OverlayVariable = "WORKBOOK_OVERLAY"

// WriteOverlay writes an overlay under which each chapter has the version given here
// instead of the one on disk. The files live in dir.
func (c *Course) WriteOverlay(dir string, versions map[*Chapter]Tree) (Overlay, error) {
	replace := map[string]string{}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for ch, version := range versions {
		if err := ch.replacements(filepath.Join(dir, ch.Name), version, replace); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return Overlay(path), os.WriteFile(path, text, 0o644)
}

// replacements adds to replace what turns the chapter on disk into version. A
// file on disk that version lacks is hidden: Go reads "" as deleted.
func (ch *Chapter) replacements(dir string, version Tree, replace map[string]string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name := range ch.Disk {
		if _, ok := version[name]; !ok {
			replace[filepath.Join(ch.Dir, name)] = ""
		}
	}
	for name, text := range version {
		if ch.Disk[name] == text {
			continue
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
		replace[filepath.Join(ch.Dir, name)] = path
	}
	return nil
}

// Scratch hands out numbered folders below one that its maker removes.
type Scratch struct {
	Dir  string
	next chan int
}

// NewScratch makes a folder for overlays, outside the course.
func NewScratch() (*Scratch, func(), error) {
	dir, err := os.MkdirTemp("", "workbook-*")
	if err != nil {
		return nil, nil, err
	}
	s := &Scratch{Dir: dir, next: make(chan int, 1)}
	s.next <- 0
	return s, func() { _ = os.RemoveAll(dir) }, nil
}

// Folder returns a new folder's path.
func (s *Scratch) Folder() string {
	n := <-s.next
	s.next <- n + 1
	return filepath.Join(s.Dir, strconv.Itoa(n))
}

// References is the version of each chapter that is not on disk: nothing for
// chapters that are not started.
func References(chapters []*Chapter) map[*Chapter]Tree {
	versions := map[*Chapter]Tree{}
	for _, ch := range chapters {
		if ch.Started {
			versions[ch] = ch.Reference
		}
	}
	return versions
}

// With returns versions with one chapter's replaced.
func With(versions map[*Chapter]Tree, ch *Chapter, t Tree) map[*Chapter]Tree {
	out := maps.Clone(versions)
	out[ch] = t
	return out
}
