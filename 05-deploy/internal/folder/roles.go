package folder

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Roles are the programs of a machine that would change the real one: they ask the
// machine, through a socket, to play systemd. The program that plays them is called by
// their names, gives them its arguments, and ends with the status that they return.
func Roles() map[string]func(args []string) int {
	return map[string]func([]string) int{
		"systemctl":   playSystemctl,
		"journalctl":  playJournalctl,
		"systemd-run": playSystemdRun,
	}
}

func ask(args []string) reply {
	var r reply
	conn, err := net.Dial("unix", os.Getenv(controlVariable))
	if err != nil {
		return failed("the machine does not run: %v", err)
	}
	defer conn.Close()
	if err := errors.Join(json.NewEncoder(conn).Encode(args), json.NewDecoder(conn).Decode(&r)); err != nil {
		return failed("the machine has ended: %v", err)
	}
	return r
}

func (r reply) print() int {
	_, _ = io.WriteString(os.Stdout, r.Stdout)
	_, _ = io.WriteString(os.Stderr, r.Stderr)
	return r.Status
}

func playSystemctl(args []string) int { return ask(append([]string{"systemctl"}, args...)).print() }

// followEvery is how often the journal is looked at for new records.
const followEvery = 100 * time.Millisecond

func playJournalctl(args []string) int {
	follow := slices.Contains(args, "--follow") || slices.Contains(args, "-f")
	for after := 0; ; time.Sleep(followEvery) {
		r := ask(append([]string{"journalctl", "--cursor=" + strconv.Itoa(after)}, args...))
		if status := r.print(); !follow || status != 0 {
			return status
		}
		after = r.Next
	}
}

// playSystemdRun runs the command behind the options, in the environment that they set.
func playSystemdRun(args []string) int {
	status, err := systemdRun(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "systemd-run:", err)
	}
	return status
}

func systemdRun(args []string) (int, error) {
	i := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "--") })
	if i < 0 {
		return 1, errors.New("a command is missing")
	}
	properties, set := readOptions(args[:i])
	root := os.Getenv(rootVariable)
	credentials := filepath.Join(root, "run/credentials", rand.Text())
	if err := os.MkdirAll(credentials, 0o700); err != nil {
		return 1, err
	}
	defer os.RemoveAll(credentials)
	env, dir, err := environment(root, properties, credentials)
	if err != nil {
		return 1, err
	}
	return runToEnd(args[i:], append(env, set...), dir)
}

// readOptions returns the properties and the variables that the options set.
func readOptions(options []string) (properties, set []string) {
	for _, option := range options {
		if property, ok := strings.CutPrefix(option, "--property="); ok {
			properties = append(properties, property)
		}
		variable, ok := strings.CutPrefix(option, "--setenv=")
		if ok && !strings.Contains(variable, "=") {
			variable += "=" + os.Getenv(variable)
		}
		if ok {
			set = append(set, variable)
		}
	}
	return properties, set
}

// runToEnd runs a command with our input and output, and returns its status.
func runToEnd(command, env []string, dir string) (int, error) {
	for i := range command {
		command[i] = strings.ReplaceAll(command[i], "$$", "$")
	}
	c := exec.Command(command[0], command[1:]...)
	c.Env, c.Dir = env, dir
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := c.Run()
	if _, isExit := errors.AsType[*exec.ExitError](err); isExit {
		return c.ProcessState.ExitCode(), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
