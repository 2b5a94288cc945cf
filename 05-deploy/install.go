package deploy

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// versionPattern keeps a version a plain file name.
var versionPattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$`)

// remains starts the name of a release that is not whole. No version starts
// with a dot.
const remains = ".incoming-"

// Install puts the server that comes from r into a new release, if its SHA-256
// is sum, in lower-case hex. It is there whole or not at all. A release that is
// there already stays as it is; r is read to its end all the same.
func (l Layout) Install(version, sum string, r io.Reader) error {
	if !versionPattern.MatchString(version) {
		return fmt.Errorf("%q cannot be a version: use letters, digits, dots and dashes", version)
	}
	if err := l.removeRemains(); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(l.release(""), remains)
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	if err := writeRelease(temporary, sum, r); err != nil {
		return err
	}
	if l.Has(version) {
		return nil
	}
	if err := os.Rename(temporary, l.release(version)); err != nil {
		return err
	}
	return syncDir(l.release(""))
}

// removeRemains removes what a power cut left of an upload.
func (l Layout) removeRemains() error {
	paths, err := filepath.Glob(l.release(remains + "*"))
	for _, path := range paths {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

// writeRelease fills the folder of a release. Its time stays at zero until the
// release has served.
func writeRelease(dir, sum string, r io.Reader) error {
	if err := writeBinary(filepath.Join(dir, Binary), sum, r); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	if err := os.Chtimes(dir, neverServed, neverServed); err != nil {
		return err
	}
	return syncDir(dir)
}

// writeBinary writes the server to the disk, if its checksum is right.
func writeBinary(path, sum string, r io.Reader) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	defer file.Close() // Sync has told before whether all of it is there
	if err := copyChecked(file, r, sum); err != nil {
		return err
	}
	// Whatever the umask is, the service's user must be able to run it.
	if err := file.Chmod(0o755); err != nil {
		return err
	}
	return file.Sync()
}

// neverServed is the time of a release that was installed and nothing more.
var neverServed = time.Unix(0, 0)

// Has reports whether a release is installed.
func (l Layout) Has(version string) bool {
	_, err := os.Stat(filepath.Join(l.release(version), Binary))
	return err == nil
}

// Remove removes a release.
func (l Layout) Remove(version string) error { return os.RemoveAll(l.release(version)) }
