package config

import (
	"bytes"
	"crypto/hmac"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"example.com/authbook/final/internal/store"
)

// howToMake is how an operator makes a secret.
const howToMake = "make one with: openssl rand -base64 48"

func (c *Config) readSecret(get environment) error {
	secret, err := secretFrom(get)
	if err != nil {
		return err
	}
	c.Secret = secret
	switch {
	case secret != nil:
		return checkSecret("AUTH_SECRET", secret)
	case store.IsPostgres(c.DatabaseURL): // several servers may share it, so none may invent one
		return fmt.Errorf("AUTH_SECRET is required with PostgreSQL, and must be the same on every server; %s", howToMake)
	case c.Domain != "":
		return fmt.Errorf("AUTH_SECRET is required with DOMAIN; %s", howToMake)
	}
	return nil
}

func (c *Config) readPreviousSecret(get environment) error {
	secret := []byte(get.value("AUTH_SECRET_PREVIOUS"))
	if len(secret) == 0 {
		return nil
	}
	if hmac.Equal(c.Secret, secret) {
		return errors.New("AUTH_SECRET_PREVIOUS is the same as AUTH_SECRET; leave it unset, or set AUTH_SECRET to a new one")
	}
	c.PreviousSecret = secret
	return checkSecret("AUTH_SECRET_PREVIOUS", secret)
}

// secretFrom returns AUTH_SECRET, or the credential of that name, and nil if there
// is neither. Two that differ are a mistake.
func secretFrom(get environment) ([]byte, error) {
	secret := []byte(get.value("AUTH_SECRET"))
	credential, err := credentialFrom(get)
	switch {
	case err != nil || len(secret) == 0:
		return credential, err
	case credential != nil && !hmac.Equal(secret, credential):
		return nil, errors.New("AUTH_SECRET is not the secret that systemd hands over as the credential auth_secret; " +
			"leave the variable unset")
	}
	return secret, nil
}

// credentialFrom returns the credential auth_secret that systemd hands over in a
// file that only the service can read (systemd.exec(5), LoadCredential=), and nil
// where there is none.
func credentialFrom(get environment) ([]byte, error) {
	dir := get("CREDENTIALS_DIRECTORY")
	if dir == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(dir, "auth_secret"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the credential auth_secret: %w", err)
	}
	secret := bytes.TrimSpace(text)
	if len(secret) == 0 {
		return nil, errors.New("the credential auth_secret is empty")
	}
	return secret, nil
}

// checkSecret refuses a secret that somebody could guess. The name is that of
// the variable or of the file that it comes from.
func checkSecret(name string, secret []byte) error {
	if len(secret) < jwtbasics.MinSecretBytes {
		return fmt.Errorf("%s is too short: %d bytes, and at least %d are needed; %s",
			name, len(secret), jwtbasics.MinSecretBytes, howToMake)
	}
	if isGuessable(secret) {
		return fmt.Errorf("%s is an example or a pattern that others know; %s", name, howToMake)
	}
	return nil
}
