package proof

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// server is the final server while the commands of a block run.
type server struct {
	addr, home string
	process    *exec.Cmd
	log        chan string // all that it logs, once it has ended
}

// startServer starts the server with an empty database in a new folder, and returns
// when it answers. Nothing of the author's environment reaches it.
func startServer(ctx context.Context, binary, home string) (*server, error) {
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, err
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	s := &server{addr: "localhost:" + port, home: home, log: make(chan string, 1)}
	s.process = exec.CommandContext(ctx, binary)
	s.process.Dir = home
	s.process.Env = []string{
		"ADDR=127.0.0.1:" + port, "ADMIN_ADDR=off", "DATABASE_URL=" + s.database(),
		"AUTH_SECRET=it signs what the notes show, and nothing else", "PUBLIC_URL=http://" + s.addr,
	}
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s.process.Stdout, s.process.Stderr = in, in
	err = s.process.Start()
	in.Close() // the server has its own copy
	if err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	if err := waitUntilReady(lines); err != nil {
		_ = s.process.Wait()
		return nil, err
	}
	go func() {
		rest, _ := io.ReadAll(lines)
		out.Close()
		s.log <- string(rest)
	}()
	return s, nil
}

// database is the file of its users.
func (s *server) database() string { return filepath.Join(s.home, "notes.db") }

// freePort is a port that nobody listens on now.
func freePort(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// waitUntilReady reads until the server has said that it is ready.
func waitUntilReady(lines *bufio.Reader) error {
	var said strings.Builder
	for {
		line, err := lines.ReadString('\n')
		said.WriteString(line)
		if strings.HasPrefix(line, "authbook is ready") {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("the server did not start: %s", strings.TrimSpace(said.String()))
		}
		if err != nil {
			return err
		}
	}
}

// stop ends the server, which finishes what it is at, and returns what it logged
// between its start and that.
func (s *server) stop() string {
	_ = s.process.Process.Signal(os.Interrupt)
	all := <-s.log
	_ = s.process.Wait()
	var log strings.Builder
	for line := range strings.Lines(all) {
		switch {
		case strings.Contains(line, `msg="stopping: `):
			return log.String()
		case strings.HasPrefix(line, "time="), log.Len() > 0:
			log.WriteString(line)
		}
	}
	return log.String()
}
