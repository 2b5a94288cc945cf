package deploy

import (
	"errors"
	"os"
	"path/filepath"
)

// replaceLink makes link point to target, whatever it pointed to before. A
// reader sees the old target or the new one and never none, and after a power
// cut it is one of the two: rename(2) replaces a name atomically, where
// removing the old link and making a new one would leave a gap. Until then the
// new link is called link + ".new".
//
//workbook:exercise 5.8 TestReplaceLink.*
func replaceLink(target, link string) error {
	temporary := link + ".new"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err // it was left by a crash, and cannot be removed
	}
	if err := os.Symlink(target, temporary); err != nil {
		return err
	}
	if err := os.Rename(temporary, link); err != nil {
		_ = os.Remove(temporary)
		return err
	}
	return syncDir(filepath.Dir(link))
}

// syncDir writes a directory's entries to the disk, so that they outlast a
// power cut.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
