package course

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/authbook/internal/workbook/term"
)

// overwrite is the one way in which a command changes a learner's file. It
// keeps the old text first and says where; the new one appears whole or not at
// all, and with the ends of lines that the file had.
func (c *Course) overwrite(path, text string) (kept string, err error) {
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
		if kept, err = c.Keep(path, old); err != nil {
			return "", err
		}
	}
	return kept, c.Write(path, text)
}

// Keep stores a text under .workbook/local/saved, one folder a second.
func (c *Course) Keep(path string, text []byte) (string, error) {
	rel, err := filepath.Rel(c.Root, path)
	if err != nil {
		return "", err
	}
	for n := time.Now(); ; n = n.Add(time.Second) { // never over an older one
		kept := filepath.Join(c.Root, ".workbook", "local", "saved", n.Format("2006-01-02T15-04-05"), rel)
		if there, err := os.ReadFile(kept); err == nil && !bytes.Equal(there, text) {
			continue
		}
		return c.Relative(kept), c.Write(kept, string(text))
	}
}

// Write puts a whole file in place with one rename. The new text is written
// inside .workbook/local first: a command that dies leaves nothing among the
// learner's files.
func (c *Course) Write(path, text string) error {
	local, err := c.Local()
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

// Local returns .workbook/local, which git ignores by a file of its own.
func (c *Course) Local() (string, error) {
	dir := filepath.Join(c.Root, ".workbook", "local")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	ignore := filepath.Join(dir, ".gitignore")
	if text, err := os.ReadFile(ignore); err == nil && len(text) > 0 { // empty: a command died before it wrote
		return dir, nil
	}
	return dir, os.WriteFile(ignore, []byte("*\n"), 0o644)
}

// Writable reports early that files can't be replaced in a folder, before a
// command has done its first half.
func (c *Course) Writable(dirs ...string) error {
	if _, err := c.Local(); err != nil {
		return term.Refuse(c.T("the folder of the workbook can't be written: %v", err), "chmod -R u+w .")
	}
	for _, dir := range dirs {
		left, _ := filepath.Glob(filepath.Join(dir, ".workbook-[0-9]*")) // of a command that was killed right here
		for _, probe := range left {
			_ = os.Remove(probe)
		}
		probe, err := os.CreateTemp(dir, ".workbook-*")
		if err != nil {
			return term.Refuse(c.T("%s can't be written: %v", c.Relative(dir), err), "chmod -R u+w "+c.Relative(dir))
		}
		if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
			return err
		}
	}
	return nil
}

// PutTree makes a folder's Go files those of a tree; old is what the folder had.
func (c *Course) PutTree(dir string, old, t Tree) error {
	for name := range old {
		if _, ok := t[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	for name, text := range t {
		if err := c.Write(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}

// OverwriteAll puts a version of the chapter's files in place of those on
// disk. It returns where the old texts are.
func (c *Course) OverwriteAll(ch *Chapter, version Tree) (kept []string, err error) {
	for _, name := range version.changed(ch.Disk) {
		place, err := c.overwrite(filepath.Join(ch.Dir, name), version[name])
		if err != nil {
			return kept, err
		}
		if place != "" {
			kept = append(kept, place)
		}
	}
	return kept, nil
}

// Replace overwrites a learner's file and says where the old text is.
func (c *Course) Replace(printer term.Printer, path, content string) error {
	kept, err := c.overwrite(path, content)
	if err != nil {
		return err
	}
	printer.Say("%s is written.", c.Relative(path))
	if kept != "" {
		printer.Label("saved", c.T("your text is in %s", kept))
	}
	return nil
}
