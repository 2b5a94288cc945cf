package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/authbook/05-deploy/internal/agent"
	"golang.org/x/crypto/ssh"
)

// machine is a machine that we are logged in to.
type machine struct {
	app    *app
	target target
	client *ssh.Client
}

func (m *machine) close() { _ = m.client.Close() }

// keepAlive closes a connection on which nothing comes back any more.
func (m *machine) keepAlive() {
	answered := make(chan error, 1)
	for {
		go func() {
			_, _, err := m.client.SendRequest("keepalive@openssh.com", true, nil)
			answered <- err
		}()
		select {
		case err := <-answered:
			if err != nil {
				return // it is closed
			}
		case <-time.After(aliveEvery):
			_ = m.client.Close()
			return
		}
		time.Sleep(aliveEvery)
	}
}

// run runs a command with stdin and stdout, and waits for its end. Its error is
// what the command complained about in the end; complaint is all of it.
func (m *machine) run(command string, stdin io.Reader, stdout io.Writer) (complaint string, err error) {
	session, err := m.client.NewSession()
	if err != nil {
		return "", m.lost(err)
	}
	defer session.Close()
	var stderr bytes.Buffer
	session.Stdin, session.Stdout, session.Stderr = stdin, stdout, &stderr
	err = session.Run(command)
	return stderr.String(), m.explain(err, stderr.String())
}

// host runs a command of the agent. What that remarks on the way, such
// as a warning of the server's, reaches the operator too.
func (m *machine) host(stdin io.Reader, stdout io.Writer, args ...string) error {
	complaint, err := m.run(m.hostCommand(args...), stdin, stdout)
	m.remark(complaint, err)
	return err
}

// remark shows what was complained about but is not the error.
func (m *machine) remark(complaint string, err error) {
	if err != nil {
		complaint = strings.TrimSuffix(strings.TrimSpace(complaint), agent.LastLine(complaint))
	}
	_, _ = io.WriteString(m.app.stderr, complaint)
}

// explain turns the end of a command into what the operator should read.
func (m *machine) explain(err error, complaint string) error {
	if err == nil {
		return nil
	}
	if exit, ok := errors.AsType[*ssh.ExitError](err); ok {
		return errors.New(cmp.Or(agent.LastLine(complaint), exit.Error()))
	}
	return m.lost(err)
}

func (m *machine) lost(err error) error {
	return fmt.Errorf("the connection to %s broke off: %w", m.target.name, err)
}

// output runs a command and returns what it printed.
func (m *machine) output(command string) (string, error) {
	var stdout bytes.Buffer
	_, err := m.run(command, nil, &stdout)
	return strings.TrimSpace(stdout.String()), err
}

// asRoot makes a command run as root.
func (m *machine) asRoot(command string) string {
	if m.target.user == "root" {
		return command
	}
	return "sudo -n " + command
}

// quote makes one word of the shell of any text.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func quoteAll(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	return strings.Join(quoted, " ")
}
