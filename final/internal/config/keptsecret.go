package config

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	jwtbasics "example.com/authbook/02-jwt-basics"
)

// KeepSecret returns AUTH_SECRET, and "". A server without it gets the secret
// that is kept beside its SQLite database, and the path of that file.
func (c Config) KeepSecret(database string) (secret []byte, path string, err error) {
	if c.Secret != nil {
		return c.Secret, "", nil
	}
	dir := filepath.Dir(database)
	secret, err = keptSecret(dir)
	return secret, filepath.Join(dir, "secret"), err
}

// Secrets returns what a running server takes for AUTH_SECRET and for
// AUTH_SECRET_PREVIOUS, nil if there is none. It makes no secret.
func Secrets(getenv func(string) string, database string) (current, previous []byte, err error) {
	get := environment(getenv)
	c := Config{DatabaseURL: get.value("DATABASE_URL")}
	if err := c.readSecret(get); err != nil {
		return nil, nil, err
	}
	if c.Secret == nil {
		c.Secret, err = readKept(filepath.Join(filepath.Dir(database), "secret"))
	}
	if err != nil {
		return nil, nil, err
	}
	err = c.readPreviousSecret(get)
	return c.Secret, c.PreviousSecret, err
}

// keptSecret returns the secret in dir/secret, and makes it on the first start.
// It is for one server on SQLite: the secret lives as long as the database.
func keptSecret(dir string) ([]byte, error) {
	path := filepath.Join(dir, "secret")
	if err := makeSecret(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("cannot keep a secret in %s: %w; set AUTH_SECRET, or make the folder writable",
			dir, plain(err))
	}
	return readKept(path)
}

func readKept(path string) ([]byte, error) {
	if err := checkPrivate(path); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the kept secret: %w", err)
	}
	secret := bytes.TrimSpace(text)
	if err := checkSecret(path, secret); err != nil {
		return nil, err
	}
	return secret, nil
}

// makeSecret writes a new secret to path, whole or not at all, and leaves one
// that is there alone: fs.ErrExist. Two servers that start together keep the
// same one.
func makeSecret(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	file, err := os.CreateTemp(filepath.Dir(path), "secret-*") // created with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = fmt.Fprintln(file, base64.RawURLEncoding.EncodeToString(randomBytes(jwtbasics.MinSecretBytes)))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Link(file.Name(), path) // fails if path exists, unlike Rename
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// checkPrivate refuses a secret that other users of the machine can read.
func checkPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("cannot read the kept secret: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s can be read by others; take that away with: chmod 600 %s", path, path)
	}
	return nil
}

// plain strips the path that os repeats in its errors: the message around it
// names the folder already.
func plain(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
