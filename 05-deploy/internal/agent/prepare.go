package agent

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/05-deploy/systemd"
)

// user runs the server.
const user = "authbook"

// installer gives a machine what the server needs besides its release.
type installer struct{ *machine }

// steps change nothing on a machine that has it all.
func (i installer) steps() []deploy.Step {
	var before files
	return []deploy.Step{
		{Name: "make the user and the secret", Do: i.makeUserAndSecret},
		{
			Name: "install the units",
			Do: func(ctx context.Context) (err error) {
				before, err = i.installFiles(ctx)
				return err
			},
			Undo: func(ctx context.Context) error {
				if err := before.write(); err != nil {
					return err
				}
				return systemctl(ctx, "daemon-reload")
			},
		},
	}
}

func (i installer) makeUserAndSecret(ctx context.Context) error {
	if _, err := command(ctx, "id", user); err != nil {
		_, err := command(ctx, "useradd", "--system", "--user-group", "--no-create-home",
			"--home-dir", "/var/lib/authbook", "--shell", "/usr/sbin/nologin", user)
		if err != nil {
			return err
		}
	}
	if err := i.moveSecret(); err != nil {
		return err
	}
	return makeSecret(i.path(secretFile))
}

// secretFile holds the secret that systemd hands to the service as a credential.
const secretFile = "etc/authbook/auth_secret"

// moveSecret makes the credential of a secret that is among the settings: there it
// has counted before the credential.
func (i installer) moveSecret() error {
	secret := i.chosen("AUTH_SECRET")
	if secret == "" {
		return nil
	}
	operator, err := i.operatorText().without("AUTH_SECRET")
	if err != nil {
		return fmt.Errorf("%s: %w", i.path(operatorFile), err)
	}
	moved := files{i.path(secretFile): []byte(secret + "\n"), i.path(operatorFile): []byte(operator)}
	return moved.write()
}

// secretBytes is the entropy of the secret: that of the keys that are derived
// from it.
const secretBytes = 32

// makeSecret writes a new secret that only root can read, and leaves one that
// is there alone: another one would log everybody out.
func makeSecret(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	random := make([]byte, secretBytes)
	_, _ = rand.Read(random) // never fails
	return writeFile(path, append(base64.RawURLEncoding.AppendEncode(nil, random), '\n'), 0o600)
}

// files is the text of files by path; nil means a file that is not there.
type files map[string][]byte

// installFiles writes the units, tells systemd where they changed, and returns
// what was there before.
func (i installer) installFiles(ctx context.Context) (before files, err error) {
	wanted, err := i.wantedFiles()
	if err != nil {
		return nil, err
	}
	if before, err = readFiles(maps.Keys(wanted)); err != nil {
		return before, err
	}
	if maps.EqualFunc(before, wanted, bytes.Equal) {
		return before, nil
	}
	i.noteSockets(before, wanted)
	if err := wanted.write(); err != nil {
		return before, err
	}
	return before, systemctl(ctx, "daemon-reload")
}

// readFiles reads what is there.
func readFiles(paths iter.Seq[string]) (files, error) {
	found := files{}
	for path := range paths {
		text, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return found, err
		}
		found[path] = text
	}
	return found, nil
}

func (i installer) wantedFiles() (files, error) {
	units, err := systemd.Units()
	if err != nil {
		return nil, err
	}
	wanted := files{}
	for name, text := range units {
		wanted[i.path("etc/systemd/system/"+name)] = []byte(text)
	}
	return wanted, nil
}

// noteSockets says that a change of a socket waits: to make it now would close
// the port.
func (i installer) noteSockets(before, wanted files) {
	for path, text := range wanted {
		if filepath.Ext(path) == ".socket" && before[path] != nil && !bytes.Equal(before[path], text) {
			i.say("note: %s has changed; the change counts from the next boot on", filepath.Base(path))
		}
	}
}

// write writes all the files, each one whole.
func (f files) write() error {
	for _, path := range slices.Sorted(maps.Keys(f)) {
		if f[path] == nil {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := writeFile(path, f[path], modeOf(path)); err != nil {
			return err
		}
	}
	return nil
}

// modeOf keeps the settings for root: a DATABASE_URL may hold a password. The units
// are for everybody.
func modeOf(path string) fs.FileMode {
	if filepath.Base(filepath.Dir(path)) == "authbook" {
		return 0o600
	}
	return 0o644
}

// writeFile replaces a file in one step.
func writeFile(path string, text []byte, mode fs.FileMode) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := errors.Join(fill(file, text, mode), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(file.Name(), path)
}

// fill writes a file to the disk.
func fill(file *os.File, text []byte, mode fs.FileMode) error {
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.Chmod(mode); err != nil {
		return err
	}
	return file.Sync()
}
