package folder

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// spawn starts the release of a slot as systemd starts one of Type=notify with Sockets=.
func (s *service) spawn() (*process, error) {
	m, name := s.machine, strings.TrimSuffix(strings.TrimPrefix(s.unit, slotPrefix), ".service")
	env, dir, err := m.unitEnvironment(name)
	if err != nil {
		return nil, err
	}
	notify, err := listenNotify(filepath.Join(filepath.Dir(m.Bin), "n"+name))
	if err != nil {
		return nil, err
	}
	p := newProcess(exec.Command("sh", "-c", `LISTEN_PID=$$ exec "$0"`,
		filepath.Join(m.Root, "opt/authbook/slots", name, "final")))
	p.notify = notify
	p.command.Dir = dir
	p.command.Env = append(env, "LISTEN_FDS=1", "LISTEN_FDNAMES=http", "NOTIFY_SOCKET="+notify.path)
	if err := p.startWith(m.http, &m.journal, s.unit); err != nil {
		notify.close()
		return nil, err
	}
	m.mu.Lock()
	s.process = p
	m.mu.Unlock()
	s.is("activating", "success")
	return p, nil
}

// startWith starts the process with a socket.
func (p *process) startWith(listener *net.TCPListener, j *journal, unit string) error {
	socket, err := listener.File()
	if err != nil {
		return err
	}
	defer socket.Close()
	p.command.ExtraFiles = []*os.File{socket}
	err = p.start(j, unit)
	// NonBlocking=yes: to hand the socket over makes it blocking, and a slot that runs
	// would then hang in accept. A release that crashes does not repair that.
	if again, listenErr := net.FileListener(socket); listenErr == nil {
		_ = again.Close()
	}
	return err
}

// start starts the process, whose lines go to the journal.
func (p *process) start(j *journal, unit string) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	p.command.Stderr = write
	ownGroup(p.command)
	err = p.command.Start()
	_ = write.Close()
	if err != nil {
		return errors.Join(err, read.Close())
	}
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		j.copy(read, unit, p.invocation)
	}()
	go func() {
		p.untilEnded(copied)
		_ = read.Close()
	}()
	return nil
}

// untilEnded returns once the process has ended, and its last line is copied.
func (p *process) untilEnded(copied <-chan struct{}) {
	_ = p.command.Wait()
	killGroup(p.command.Process) // KillMode=: what it started ends with it, and so do the lines
	<-copied
	p.notify.close()
	close(p.ended)
}

func (p *process) terminate() { _ = p.command.Process.Signal(syscall.SIGTERM) }
func (p *process) kill()      { _ = p.command.Process.Kill() }

// copy keeps the lines of a process.
func (j *journal) copy(from io.Reader, unit, invocation string) {
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if strings.TrimSpace(line) != "" { // journald keeps no empty one either
			j.add(record{"SYSLOG_IDENTIFIER": "authbook", "MESSAGE": strings.TrimSuffix(line, "\n"),
				"_SYSTEMD_UNIT": unit, "_SYSTEMD_INVOCATION_ID": invocation})
		}
		if err != nil {
			return
		}
	}
}

// startLimit is TimeoutStartSec= of the slots.
const startLimit = 30 * time.Second

var errTimeout = errors.New("it was not ready in time")

// untilReady returns once the process says that it is ready.
func (s *service) untilReady(p *process) error {
	limit, err := time.ParseDuration(strings.TrimSpace(s.machine.Fact("start-limit")))
	if err != nil {
		limit = startLimit
	}
	select {
	case <-p.notify.ready:
		return nil
	case <-p.ended:
		return errors.New("it has ended")
	case <-s.stopped:
		return errors.New("it was stopped")
	case <-time.After(limit):
		return errTimeout
	}
}

// notifySocket hears what a process tells its service manager.
type notifySocket struct {
	path  string
	conn  *net.UnixConn
	ready chan struct{} // closed with READY=1
}

func listenNotify(path string) (*notifySocket, error) {
	_ = os.Remove(path) // of a machine that was killed
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path})
	if err != nil {
		return nil, err
	}
	n := &notifySocket{path, conn, make(chan struct{})}
	go func() {
		for text := make([]byte, 100); ; {
			length, err := conn.Read(text)
			if err != nil {
				return
			}
			if string(text[:length]) == "READY=1" && !isClosed(n.ready) {
				close(n.ready)
			}
		}
	}()
	return n, nil
}

func (n *notifySocket) close() {
	_ = n.conn.Close()
	_ = os.Remove(n.path)
}
