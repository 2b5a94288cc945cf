package main

import (
	"context"
	"io"
	"strings"
)

// machine is a machine that we can log in to.
type machine struct {
	app    *app
	target target
	place
	others bool // after this one a ship goes on to others
}

// connect finds out how to log in to a machine. Each command then does so once.
func (a *app) connect(ctx context.Context, t target) (*machine, error) {
	if err := a.findSSH(); err != nil {
		return nil, err
	}
	to, err := a.resolve(ctx, &t)
	return &machine{app: a, target: t, place: to}, err
}

// host runs a command of the agent, with stdin and stdout, and waits for its end.
// Its error is what the agent complained about in the end. What else it remarks,
// such as a warning of the server's, reaches the operator too.
func (m *machine) host(ctx context.Context, stdin io.Reader, stdout io.Writer, args ...string) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.start(args...); err != nil {
		return err
	}
	go s.send(stdin)
	if _, err := io.Copy(stdout, s.stdout); err != nil {
		return err
	}
	return s.end()
}

// send sends all of stdin to the agent, and its end; nil is an empty one.
func (s *session) send(stdin io.Reader) {
	if stdin != nil {
		_, _ = io.Copy(s.stdin, stdin) // when it fails, the agent says so
	}
	_ = s.stdin.Close()
}

// end waits for the end of the agent, and shows what it complained about besides
// the error.
func (s *session) end() error {
	err := s.wait()
	complaint := s.complaint.String()
	if err != nil {
		complaint = strings.TrimSuffix(strings.TrimSpace(complaint), lastLine(complaint))
	}
	_, _ = io.WriteString(s.machine.app.stderr, complaint)
	return err
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
