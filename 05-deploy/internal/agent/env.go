package agent

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// envText is the text of a file for systemd's EnvironmentFile= (systemd.exec(5)).
type envText string

// envLine is one setting: a name, and a value in single quotes, in double quotes
// or bare. systemd knows more, such as a value that goes on in the next line; that
// is refused where the file is to be changed.
var envLine = regexp.MustCompile(`^[ \t]*([A-Za-z_][A-Za-z0-9_]*)=[ \t]*` +
	`(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^'"\\\s](?:[^\\]*[^\\\s])?)?)[ \t]*$`)

// What a backslash protects in double quotes, and how it is written there.
var (
	protected = regexp.MustCompile("\\\\([\"\\\\`$])")
	toProtect = regexp.MustCompile("[\"\\\\`$]")
)

// readLine returns the setting in a line, and "" where there is none.
func readLine(line string) (name, value string) {
	found := envLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
	if found == nil {
		return "", ""
	}
	return found[1], found[2] + protected.ReplaceAllString(found[3], "$1") + found[4]
}

// settings returns the values by name. The last one of a name counts.
func (t envText) settings() map[string]string {
	values := map[string]string{}
	for line := range strings.Lines(string(t)) {
		if name, value := readLine(line); name != "" {
			values[name] = value
		}
	}
	return values
}

// with returns the text with another value of a setting.
func (t envText) with(name, value string) (envText, error) {
	t, err := t.without(name)
	if t != "" && !strings.HasSuffix(string(t), "\n") {
		t += "\n"
	}
	return t + envText(fmt.Sprintf("%s=\"%s\"\n", name, toProtect.ReplaceAllString(value, `\$0`))), err
}

// without returns the text without a setting. All other lines stay as they are.
func (t envText) without(name string) (kept envText, err error) {
	number := 0
	for line := range strings.Lines(string(t)) {
		number++
		found, _ := readLine(line)
		if found == "" && !isRemark(strings.TrimSpace(line)) {
			return "", fmt.Errorf("line %d is not NAME=value on one line; repair it there", number)
		}
		if found != name {
			kept += envText(line)
		}
	}
	return kept, nil
}

// isRemark reports whether a line says nothing. After a backslash, systemd takes
// the next line for the same remark.
func isRemark(line string) bool {
	return line == "" || (strings.ContainsAny(line[:1], "#;") && !strings.HasSuffix(line, `\`))
}

// CheckSetting refuses a name that no variable has, and a value that could not
// come back as it was sent.
func CheckSetting(name, value string) error {
	switch {
	case !settingName.MatchString(name):
		return fmt.Errorf("%q is no variable's name; it has capital letters, digits and underscores", name)
	case value == "":
		return fmt.Errorf("%s: the value is empty; to remove a setting use unset", name)
	case !utf8.ValidString(value):
		return fmt.Errorf("%s: the value is not UTF-8", name)
	case strings.ContainsFunc(value, unicode.IsControl):
		return errors.New(name + ": the value has a line break or another control character")
	}
	return nil
}

var settingName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// IsSecret reports whether nobody but root should read the value of a setting. A
// DATABASE_URL may hold a password.
func IsSecret(name string) bool { return strings.Contains(name, "SECRET") || name == "DATABASE_URL" }
