package config

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Blocklist holds the passwords that nobody may choose, each in the form of
// blockedForm.
type Blocklist map[string]struct{}

// NewBlocklist returns a list of these passwords.
func NewBlocklist(passwords ...string) Blocklist {
	list := Blocklist{}
	for _, password := range passwords {
		list[blockedForm(password)] = struct{}{}
	}
	return list
}

// Has reports whether the password is on the list.
func (b Blocklist) Has(password string) bool {
	_, found := b[blockedForm(password)]
	return found
}

// blockedForm is the same for passwords that a guesser tries together: in NFC,
// as they are hashed, and in small letters.
func blockedForm(password string) string { return strings.ToLower(norm.NFC.String(password)) }

// readBlocklist reads the file that PASSWORD_BLOCKLIST names.
func (c *Config) readBlocklist(get environment) error {
	path := get.value("PASSWORD_BLOCKLIST")
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("PASSWORD_BLOCKLIST: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF")) // editors on Windows put it in front
	if !utf8.Valid(text) {
		return fmt.Errorf("PASSWORD_BLOCKLIST: %s is not UTF-8", path)
	}
	c.Blocklist, err = parseBlocklist(text)
	return err
}

func parseBlocklist(text []byte) (Blocklist, error) {
	list := Blocklist{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() { // without the end of a line, be it \n or \r\n
		if lines.Text() != "" {
			list[blockedForm(lines.Text())] = struct{}{}
		}
	}
	if lines.Err() != nil || len(list) == 0 {
		return nil, errors.New("PASSWORD_BLOCKLIST: the file must hold one password a line")
	}
	return list, nil
}
