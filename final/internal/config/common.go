package config

import (
	"encoding/json"
	"fmt"

	accounts "example.com/authbook/04-signup-login"
	"github.com/ccojocar/zxcvbn-go/data"
)

// passwordList is the file of the module that has the passwords.
const passwordList = "data/Passwords.json"

// readCommon reads the commonest passwords, which nobody may choose. They come
// from the list of zxcvbn, without its estimate of strength, which takes 13
// seconds for 1,024 bytes. The course's own sample is the one exception: see
// docs/decisions/0001-password-rules.md.
func (c *Config) readCommon(environment) error {
	text, err := data.Asset(passwordList)
	if err != nil {
		return fmt.Errorf("the list of common passwords: %w", err)
	}
	var file struct{ List []string }
	if err := json.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("the list of common passwords: %w", err)
	}
	c.Common = NewBlocklist(file.List...)
	delete(c.Common, accounts.SamplePassword)
	return nil
}
