package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"example.com/authbook/05-deploy/internal/agent"
)

// sshOptions go before whatever the operator's configuration says: a host key
// that is not known is never accepted, a network that swallows everything is
// noticed after 30 s, and nothing of a configuration that is made for a terminal
// comes between us and the machine.
func sshOptions() []string {
	return []string{
		"ConnectTimeout=15", "ServerAliveInterval=15", "ServerAliveCountMax=2", "LogLevel=ERROR",
		"ControlPath=none", "ClearAllForwardings=yes", "RemoteCommand=none",
	}
}

// sshCommand runs a command on the machine. It ends with ctx. In options the
// first one of a name counts.
func (m *machine) sshCommand(ctx context.Context, command string, options ...string) *exec.Cmd {
	args := []string{"-T", "-a", "-x"}
	for _, option := range append(options, sshOptions()...) {
		args = append(args, "-o", option)
	}
	if m.app.key != "" {
		args = append(args, "-i", m.app.key, "-o", "IdentitiesOnly=yes")
	}
	c := exec.CommandContext(ctx, m.app.ssh, append(append(args, m.target.words()...), command)...)
	c.WaitDelay = time.Second // a ProxyCommand may hold its standard error open
	return c
}

// session is one run of ssh. The script of the machine is at its other end, and
// after [session.start] the agent.
type session struct {
	machine   *machine
	command   *exec.Cmd
	stop      func()
	stdin     io.WriteCloser
	stdout    *bufio.Reader
	complaint bytes.Buffer // to be read after its end
	kind      string       // what uname says, such as "Linux x86_64"
	agent     string       // the SHA-256 of the agent there
}

// open logs in to the machine and becomes root there.
func (m *machine) open(ctx context.Context) (*session, error) {
	s, err := m.dial(ctx)
	if errors.Is(err, errUnknownKey) {
		if err := m.learnKey(ctx); err != nil {
			return nil, err
		}
		s, err = m.dial(ctx)
	}
	if err != nil {
		return nil, err
	}
	if s.agent, err = s.await("@root "); err != nil && strings.Contains(err.Error(), "sudo") {
		return nil, fmt.Errorf("%s may not use sudo without a password on %s: %w", m.target.user, m.target.name, err)
	}
	return s, err
}

// dial runs ssh until the machine's script answers.
func (m *machine) dial(ctx context.Context) (*session, error) {
	ctx, stop := context.WithCancel(ctx)
	s := &session{machine: m, stop: stop, command: m.sshCommand(ctx, m.script(), "StrictHostKeyChecking=yes")}
	s.command.Stderr = &s.complaint
	stdin, err := s.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := s.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.stdin, s.stdout = stdin, bufio.NewReader(stdout)
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	if s.kind, err = s.await("@machine "); err != nil {
		return nil, m.explainLogIn(s.complaint.String())
	}
	return s, nil
}

// await reads up to a line of the script, and returns the rest of that line. What
// comes before it is the shell's own greeting. Without the line it ends the
// session, and its error is why that ended.
func (s *session) await(prefix string) (rest string, err error) {
	for {
		line, err := s.stdout.ReadString('\n')
		if rest, ok := strings.CutPrefix(line, prefix); ok {
			return strings.TrimSpace(rest), nil
		}
		if err == nil {
			continue
		}
		if err := s.wait(); err != nil {
			return "", err
		}
		return "", errors.New(endedEarly)
	}
}

const endedEarly = "the machine has ended the session"

// start makes the agent of the session's machine run a command: from then on it
// is at the other end.
func (s *session) start(args ...string) error {
	words := quoteAll(args...)
	_, _ = fmt.Fprintf(s.stdin, "run %d\n%s", len(words), words) // when it fails, await says why
	_, err := s.await("@run")
	return err
}

// wait returns once ssh has ended. Its error is what the machine complained about
// in the end.
func (s *session) wait() error {
	defer s.stop()
	_ = s.stdin.Close()
	err := s.command.Wait()
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil // ssh has ended well, and a ProxyCommand stays on
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return err
	}
	reason := cmp.Or(lastLine(s.complaint.String()), exit.Error())
	const sshFailed = 255 // -1: a signal has ended it
	if exit.ExitCode() == sshFailed || exit.ExitCode() < 0 {
		return fmt.Errorf("the connection to %s broke off: %s", s.machine.target.name, reason)
	}
	if strings.HasPrefix(reason, "host: unknown command") {
		return fmt.Errorf("the agent of %s is older than this ship; update it by a ship: ship HOST", s.machine.target.name)
	}
	return errors.New(reason)
}

// close ends a session that may have ended.
func (s *session) close() {
	s.stop()
	_ = s.wait()
}

// explainLogIn says why ssh did not come as far as to the machine's script, given
// what it complained about.
func (m *machine) explainLogIn(complaint string) error {
	if err := m.explainKey(complaint); err != nil {
		return err
	}
	reason := cmp.Or(strings.TrimPrefix(lastLine(complaint), "ssh: "), endedEarly)
	if strings.Contains(reason, "Permission denied") {
		return fmt.Errorf("cannot log in to %s as %s: no key is accepted; name a key with -key FILE, "+
			"or add it to the SSH agent with ssh-add", m.target.name, m.target.user)
	}
	return fmt.Errorf("cannot reach %s: %s", m.target.name, reason)
}

// lastLine is the last line of a complaint. ssh ends its lines as a terminal wants
// them.
func lastLine(complaint string) string { return strings.TrimSpace(agent.LastLine(complaint)) }

// findSSH says how to get ssh where it is missing on this computer.
func (a *app) findSSH() error {
	if _, err := exec.LookPath(a.ssh); err != nil {
		return errors.New("the program ssh is missing on this computer; install it with: apt-get install openssh-client, " +
			"dnf install openssh-clients, or on Windows under Settings, Optional features, OpenSSH Client")
	}
	return nil
}

// local runs a program of this computer, and returns what it printed.
func local(ctx context.Context, program string, args ...string) (string, error) {
	text, err := exec.CommandContext(ctx, program, args...).Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && len(exit.Stderr) > 0 {
		return "", errors.New(strings.Join(strings.Fields(string(exit.Stderr)), " "))
	}
	return string(text), err
}
