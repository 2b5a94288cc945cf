package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// instance is a machine in a folder: a file system below root, programs in bin,
// a port that it holds over every restart, and two slots whose servers are real
// processes. The test plays systemd for it.
type instance struct {
	t        *testing.T
	root     string
	bin      string
	control  string // the socket on which programs ask
	listener *net.TCPListener
	url      string

	mu      sync.Mutex // a program of the machine may ask while the test looks
	slots   map[string]*slot
	active  map[string]bool // the units besides the slots
	enabled []string
	started []*slot           // all that ever were, in order
	shown   func(unit string) // hears of each state that is asked for; may be nil
}

// scripts are the programs of a machine that do not need the test. What they know
// is in files beside them, and never in fields, which the machine's goroutines would
// read while the test sets them: "kernel" is what uname says, "user" is there once the
// service's user is, and "no-sudo" where an account may not use it. "greeting" is what
// the login shell says first, "start-limit" is TimeoutStartSec=, and "soak" how long a
// release is watched.
var scripts = map[string]string{
	"uname":   `cat "${0%/*}/kernel"`,
	"id":      `[ -e "${0%/*}/user" ] || { echo "id: ‘$1’: no such user" >&2; exit 1; }`,
	"useradd": `: >"${0%/*}/user"`,
	"chown":   "", // the user is played too
	"sudo": `[ ! -e "${0%/*}/no-sudo" ] || { echo "sudo: a password is required" >&2; exit 1; }
shift; exec "$@"`,
}

func newInstance(t *testing.T) *instance {
	t.Helper()
	dir := t.TempDir()
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	i := &instance{
		t: t, root: filepath.Join(dir, "root"), bin: filepath.Join(dir, "bin"), control: filepath.Join(dir, "c"),
		listener: listener, url: "http://" + listener.Addr().String(),
		slots: map[string]*slot{}, active: map[string]bool{},
	}
	require.NoError(t, os.MkdirAll(i.root, 0o755))
	require.NoError(t, os.MkdirAll(i.bin, 0o755))
	self, err := os.Executable()
	require.NoError(t, err)
	for name := range roles() {
		if name != "host" && name != "final" {
			require.NoError(t, os.Symlink(self, filepath.Join(i.bin, name)))
		}
	}
	for name, text := range scripts {
		writeProgram(t, filepath.Join(i.bin, name), "#!/bin/sh\n"+text+"\n")
	}
	i.know("kernel", "Linux x86_64")
	i.know("start-limit", "30s")
	i.answer()
	t.Cleanup(i.powerOff)
	return i
}

// know makes a fact known to the machine's programs.
func (i *instance) know(fact, text string) {
	require.NoError(i.t, os.WriteFile(filepath.Join(i.bin, fact), []byte(text+"\n"), 0o644))
}

// fact is what the machine's programs know, "" for nothing.
func (i *instance) fact(name string) string {
	text, _ := os.ReadFile(filepath.Join(i.bin, name))
	return string(text)
}

// knows reports whether the machine's programs know a fact.
func (i *instance) knows(fact string) bool {
	_, err := os.Stat(filepath.Join(i.bin, fact))
	return err == nil
}

// forget makes a fact unknown again.
func (i *instance) forget(fact string) {
	require.NoError(i.t, os.Remove(filepath.Join(i.bin, fact)))
}

// powerOff ends every process at once.
func (i *instance) powerOff() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, s := range i.slots {
		_ = s.command.Process.Kill()
		<-s.ended
	}
	i.slots = map[string]*slot{}
	i.listener.Close()
}

// answer serves the control socket.
func (i *instance) answer() {
	control, err := net.Listen("unix", i.control)
	require.NoError(i.t, err)
	i.t.Cleanup(func() { control.Close() })
	go func() {
		for {
			conn, err := control.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				var args []string
				if json.NewDecoder(conn).Decode(&args) == nil {
					_ = json.NewEncoder(conn).Encode(i.play(args))
				}
			}()
		}
	}()
}

func failed(format string, args ...any) reply {
	return reply{Stderr: fmt.Sprintf(format, args...) + "\n", Status: 1}
}

func (i *instance) play(args []string) reply {
	i.mu.Lock()
	defer i.mu.Unlock()
	if args[0] == "journalctl" {
		return reply{Stdout: i.journalctl(args[1:])}
	}
	return i.systemctl(args[1:])
}

func (i *instance) systemctl(args []string) reply {
	units := slices.DeleteFunc(slices.Clone(args[1:]), func(arg string) bool { return strings.HasPrefix(arg, "--") })
	switch args[0] {
	case "enable":
		i.enabled = units
	case "disable":
		i.enabled = nil
		for _, unit := range units {
			delete(i.active, unit)
		}
	case "show":
		if i.shown != nil {
			i.shown(units[0])
		}
		for _, s := range slices.Backward(i.started) {
			if s.unit == units[0] {
				return reply{Stdout: properties(s.properties())}
			}
		}
	case "is-active":
		if i.slots[units[0]] == nil {
			return reply{Stdout: "inactive\n", Status: 3}
		}
		return reply{Stdout: "active\n"}
	case "start", "restart", "stop":
		return i.change(args[0], units[0])
	}
	return reply{}
}

func (i *instance) change(verb, unit string) reply {
	if !strings.HasPrefix(unit, "authbook@") {
		i.active[unit] = verb != "stop"
		return reply{}
	}
	if verb != "start" {
		i.stop(unit)
	}
	if verb == "stop" || i.slots[unit] != nil {
		return reply{}
	}
	return i.start(unit)
}

// stop drains a slot. Others may ask meanwhile.
func (i *instance) stop(unit string) {
	s := i.slots[unit]
	if s == nil {
		return
	}
	delete(i.slots, unit)
	_ = s.command.Process.Signal(syscall.SIGTERM)
	i.mu.Unlock()
	<-s.ended
	i.mu.Lock()
}

// start starts a slot as systemd starts one of Type=notify with Sockets=.
func (i *instance) start(unit string) reply {
	name := strings.TrimSuffix(strings.TrimPrefix(unit, "authbook@"), ".service")
	notify, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(filepath.Dir(i.control), "n"+name)})
	if err != nil {
		return failed("%v", err)
	}
	defer os.Remove(notify.LocalAddr().String())
	defer notify.Close()
	socket, err := i.listener.File()
	if err != nil {
		return failed("%v", err)
	}
	defer socket.Close()
	command := exec.Command("sh", "-c", `LISTEN_PID=$$ exec "$0"`,
		filepath.Join(i.root, "opt/authbook/slots", name, "final"))
	command.Env = append(childEnvironment(), "LISTEN_FDS=1", "LISTEN_FDNAMES=http",
		"NOTIFY_SOCKET="+notify.LocalAddr().String())
	command.Env = append(command.Env, environmentFiles([]string{
		"EnvironmentFile=-" + filepath.Join(i.root, "etc/authbook/slot-"+name+".env"),
		"EnvironmentFile=-" + filepath.Join(i.root, "etc/authbook/authbook.env")})...)
	command.ExtraFiles = []*os.File{socket}
	s := &slot{unit: unit, command: command, ended: make(chan struct{}), invocation: rand.Text()}
	command.Stderr = &s.journal
	err = command.Start()
	i.nonBlocking(socket)
	if err != nil {
		return failed("%v", err)
	}
	i.started = append(i.started, s)
	go func() {
		_ = command.Wait()
		s.when = time.Now()
		close(s.ended)
		_ = notify.SetReadDeadline(time.Now()) // who ended is not waited for
	}()
	limit, err := time.ParseDuration(strings.TrimSpace(i.fact("start-limit")))
	require.NoError(i.t, err)
	_ = notify.SetReadDeadline(time.Now().Add(limit))
	text := make([]byte, 100)
	n, err := notify.Read(text)
	if err != nil || string(text[:n]) != "READY=1" {
		s.timeout = command.Process.Kill() == nil
		<-s.ended
		return failed("Job for %s failed.", unit)
	}
	i.slots[unit] = s
	return reply{}
}

// nonBlocking is NonBlocking=yes of the units: to hand the socket over makes it
// blocking, and a slot that runs would then hang in accept. A release that crashes
// does not repair that.
func (i *instance) nonBlocking(socket *os.File) {
	listener, err := net.FileListener(socket) // makes it so, on every system
	require.NoError(i.t, err)
	require.NoError(i.t, listener.Close())
}

// running returns the slots that run, sorted.
func (i *instance) running() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	var units []string
	for unit := range i.slots {
		units = append(units, unit)
	}
	slices.Sort(units)
	return units
}

// atBoot are the units that start at each boot.
func (i *instance) atBoot() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.enabled)
}

// isActive reports whether a unit besides the slots is.
func (i *instance) isActive(unit string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.active[unit]
}

// first is the slot that was started first.
func (i *instance) first() *slot {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.started[0]
}

// file reads a file of the machine.
func (i *instance) file(path string) string {
	i.t.Helper()
	text, err := os.ReadFile(filepath.Join(i.root, path))
	require.NoError(i.t, err)
	return string(text)
}

// tree lists what is below a folder of the machine, with the targets of links.
func (i *instance) tree(path string) []string {
	var names []string
	base := filepath.Join(i.root, path)
	_ = filepath.WalkDir(base, func(name string, _ os.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		relative, _ := filepath.Rel(base, name)
		if target, err := os.Readlink(name); err == nil {
			relative += " → " + target
		}
		names = append(names, relative)
		return nil
	})
	return names
}

// revision is the commit that answers, "" for none.
func (i *instance) revision() string {
	i.t.Helper()
	var v struct{ Revision string }
	body, err := get(i.url + "/version")
	if err != nil {
		return ""
	}
	assert.NoError(i.t, json.Unmarshal(body, &v))
	return v.Revision
}

func get(url string) ([]byte, error) {
	res, err := shortClient().Get(url)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}
