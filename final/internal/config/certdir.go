package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
)

// ChooseCertDir makes the folder of the certificates, which holds their private
// keys and so is for this user alone.
func (c *Config) ChooseCertDir(database string) error {
	if c.Domain == "" {
		return nil
	}
	if c.CertDir == "" {
		dir := "data" // PostgreSQL: there is no file to be beside
		if database != "" {
			dir = filepath.Dir(database)
		}
		c.CertDir = filepath.Join(dir, "certificates")
	}
	err := os.MkdirAll(c.CertDir, 0o700)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(c.CertDir, ".probe-*"); err == nil {
			err = cmp.Or(probe.Close(), os.Remove(probe.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("CERT_DIR: cannot keep certificates in %s: %w", c.CertDir, plain(err))
	}
	return nil
}
