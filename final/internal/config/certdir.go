package config

import (
	"fmt"
	"os"
	"path/filepath"
)

// MakeCertDir makes the folder of the certificates, which holds their private
// keys and so is for this user alone, and returns it. It is CERT_DIR, or else
// beside the SQLite database; on PostgreSQL database is "". Without DOMAIN there
// is none: "".
func (c Config) MakeCertDir(database string) (string, error) {
	if c.Domain == "" {
		return "", nil
	}
	dir := c.CertDir
	if dir == "" {
		dir = filepath.Join(besideDatabase(database), "certificates")
	}
	if err := makePrivateDir(dir); err != nil {
		return "", fmt.Errorf("CERT_DIR: cannot keep certificates in %s: %w", dir, plain(err))
	}
	return dir, nil
}

func besideDatabase(database string) string {
	if database == "" {
		return "data" // PostgreSQL: there is no file to be beside
	}
	return filepath.Dir(database)
}

// makePrivateDir makes a folder and sees that a file can be made in it.
func makePrivateDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return err
	}
	defer os.Remove(probe.Name())
	return probe.Close()
}
