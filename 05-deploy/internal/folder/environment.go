package folder

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// unitEnvironment reads the unit of the slots, as it is installed, and returns with
// which variables, and in which folder, a process of a slot runs.
func (m *Machine) unitEnvironment(slot string) (env []string, dir string, err error) {
	text, err := os.ReadFile(filepath.Join(m.Root, "etc/systemd/system/authbook@.service"))
	if err != nil {
		return nil, "", err
	}
	lines := strings.Split(strings.ReplaceAll(string(text), "%i", slot), "\n")
	return environment(m.Root, lines, filepath.Join(m.Root, "run/credentials", slot))
}

// environment returns what the properties of a unit that this machine knows make of a
// process, and makes the folders that they name. All their paths are of the machine.
func environment(root string, properties []string, credentials string) (env []string, dir string, err error) {
	inRoot := func(path string) string {
		if strings.HasPrefix(path, root) {
			return path
		}
		return filepath.Join(root, path)
	}
	env = ownEnvironment()
	for _, property := range properties {
		name, value, _ := strings.Cut(property, "=")
		switch name {
		case "StateDirectory":
			makeAll(filepath.Join(root, "var/lib"), value)
		case "LogsDirectory":
			makeAll(filepath.Join(root, "var/log"), value)
		case "WorkingDirectory":
			dir = inRoot(value)
		case "Environment":
			for word := range strings.FieldsSeq(value) {
				if name, path, _ := strings.Cut(word, "="); strings.HasPrefix(path, "/") {
					word = name + "=" + inRoot(path)
				}
				env = append(env, word)
			}
		case "EnvironmentFile":
			env = append(env, readEnvironment(inRoot(strings.TrimPrefix(value, "-")))...)
		case "LoadCredential":
			name, path, _ := strings.Cut(value, ":")
			env = append(env, "CREDENTIALS_DIRECTORY="+credentials)
			err = load(inRoot(path), filepath.Join(credentials, name))
		}
		if err != nil {
			return nil, "", err
		}
	}
	return env, dir, nil
}

// ownEnvironment is what a process gets of ours: a variable of who runs the machine
// must be no setting of the server.
func ownEnvironment() []string {
	known := []string{"PATH", "TMPDIR", "GORACE", "GOCOVERDIR"}
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return !slices.Contains(known, name)
	})
}

// makeAll makes folders. Who needs one that can't be made says so.
func makeAll(base, names string) {
	for name := range strings.FieldsSeq(names) {
		_ = os.MkdirAll(filepath.Join(base, name), 0o700)
	}
}

// load gives a process a copy of its own of a secret.
func load(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}

// unquoted takes the quotes and backslashes away with which the agent writes a value.
var unquoted = strings.NewReplacer(`\"`, `"`, `\\`, `\`, "\\`", "`", `\$`, "$", `"`, "")

// readEnvironment reads the settings of a file, as the agent writes them or a hand does
// that quotes nothing else.
func readEnvironment(path string) (env []string) {
	text, _ := os.ReadFile(path) // not there: no settings
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "=") && !strings.ContainsAny(line[:1], "#;") {
			env = append(env, unquoted.Replace(line))
		}
	}
	return env
}
