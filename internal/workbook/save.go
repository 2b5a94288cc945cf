package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// overwrite is the one way in which a command changes a learner's file. It
// keeps the old text first and says where; the new one appears whole or not at
// all, and with the ends of lines that the file had.
func (c *course) overwrite(path, text string) (kept string, err error) {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if bytes.Contains(old, []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if string(old) == text && err == nil {
		return "", nil
	}
	if len(old) > 0 {
		if kept, err = c.keep(path, old); err != nil {
			return "", err
		}
	}
	return kept, c.write(path, text)
}

// keep stores a text under .workbook/local/saved, one folder a second.
func (c *course) keep(path string, text []byte) (string, error) {
	rel, err := filepath.Rel(c.root, path)
	if err != nil {
		return "", err
	}
	for n := time.Now(); ; n = n.Add(time.Second) { // never over an older one
		kept := filepath.Join(c.root, ".workbook", "local", "saved", n.Format("2006-01-02T15-04-05"), rel)
		if there, err := os.ReadFile(kept); err == nil && !bytes.Equal(there, text) {
			continue
		}
		return c.relative(kept), c.write(kept, string(text))
	}
}

// relative is a path as it is told: short, and with / on every system.
func (c *course) relative(path string) string {
	if rel, err := filepath.Rel(c.root, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

// write puts a whole file in place with one rename. The new text is written
// inside .workbook/local first: a command that dies leaves nothing among the
// learner's files.
func (c *course) write(path, text string) error {
	local, err := c.local()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(local, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // in vain after the rename
	_, err = tmp.WriteString(text)
	if err := errors.Join(err, tmp.Chmod(modeOf(path)), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// modeOf is the mode of a file, or that of a new one.
func modeOf(path string) fs.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// local returns .workbook/local, which git ignores by a file of its own.
func (c *course) local() (string, error) {
	dir := filepath.Join(c.root, ".workbook", "local")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	ignore := filepath.Join(dir, ".gitignore")
	if _, err := os.Stat(ignore); err == nil {
		return dir, nil
	}
	return dir, os.WriteFile(ignore, []byte("*\n"), 0o644)
}

// writable reports early that files can't be replaced in a folder, before a
// command has done its first half.
func (c *course) writable(dirs ...string) error {
	if _, err := c.local(); err != nil {
		return refuse("the folder of the workbook can't be written: "+err.Error(), "chmod -R u+w .")
	}
	for _, dir := range dirs {
		probe, err := os.CreateTemp(dir, ".workbook-*")
		if err != nil {
			return refuse(c.relative(dir)+" can't be written: "+err.Error(), "chmod -R u+w "+c.relative(dir))
		}
		if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
			return err
		}
	}
	return nil
}
