package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strconv"
)

// overlay is the path of a file for `go build -overlay`; "" is none. With it
// Go compiles another version of a chapter while the files on disk stay.
type overlay string

// overlayVariable tells the chapters' own tests which overlay they run under.
const overlayVariable = "WORKBOOK_OVERLAY"

// lay writes an overlay under which each chapter has the version given here
// instead of the one on disk. The files live in dir.
func (c *course) lay(dir string, versions map[*chapter]tree) (overlay, error) {
	replace := map[string]string{}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for ch, version := range versions {
		if err := ch.replacements(filepath.Join(dir, ch.name), version, replace); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return overlay(path), os.WriteFile(path, text, 0o644)
}

// replacements adds to replace what turns the chapter on disk into version. A
// file on disk that version lacks is hidden: Go reads "" as deleted.
func (ch *chapter) replacements(dir string, version tree, replace map[string]string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name := range ch.disk {
		if _, ok := version[name]; !ok {
			replace[filepath.Join(ch.dir, name)] = ""
		}
	}
	for name, text := range version {
		if ch.disk[name] == text {
			continue
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
		replace[filepath.Join(ch.dir, name)] = path
	}
	return nil
}

// scratch hands out numbered folders below one that its maker removes.
type scratch struct {
	dir  string
	next chan int
}

// newScratch makes a folder for overlays, outside the course.
func newScratch() (*scratch, func(), error) {
	dir, err := os.MkdirTemp("", "workbook-*")
	if err != nil {
		return nil, nil, err
	}
	s := &scratch{dir: dir, next: make(chan int, 1)}
	s.next <- 0
	return s, func() { _ = os.RemoveAll(dir) }, nil
}

// folder returns a new folder's path.
func (s *scratch) folder() string {
	n := <-s.next
	s.next <- n + 1
	return filepath.Join(s.dir, strconv.Itoa(n))
}

// references is the version of each chapter that is not on disk: nothing for
// chapters that are not started.
func references(chapters []*chapter) map[*chapter]tree {
	versions := map[*chapter]tree{}
	for _, ch := range chapters {
		if ch.started {
			versions[ch] = ch.reference
		}
	}
	return versions
}

// with returns versions with one chapter's replaced.
func with(versions map[*chapter]tree, ch *chapter, t tree) map[*chapter]tree {
	out := maps.Clone(versions)
	out[ch] = t
	return out
}
