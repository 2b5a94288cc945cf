package folder

import (
	"errors"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// Machine is a machine in a folder that runs.
type Machine struct {
	Root string // where its file system begins
	Bin  string // its programs, and what they know

	control  net.Listener // on which its programs ask
	http     *net.TCPListener
	journal  journal
	mu       sync.Mutex
	services map[string]*service // the slots that were started, by unit
	active   map[string]bool     // the units besides the slots
	shown    func(unit string)   // hears of each state that is asked for; may be nil
}

// scripts are the programs of a machine that need nobody to ask. What they know is in
// files beside them: "kernel" is what uname says, "user" is there once the service's
// user is, and "no-sudo" where an account may not use it.
var scripts = map[string]string{
	"uname":       `cat "${0%/*}/kernel"`,
	"id":          `[ -e "${0%/*}/user" ] || { echo "id: ‘$1’: no such user" >&2; exit 1; }`,
	"useradd":     `: >"${0%/*}/user"`,
	"chown":       "", // the user is played too
	"systemd-cat": "cat >/dev/null",
	"sudo": `[ ! -e "${0%/*}/no-sudo" ] || { echo "sudo: a password is required" >&2; exit 1; }
[ "$1" != -n ] || shift; exec "$@"`,
}

// The variables of every program of a machine: where its file system begins, and on
// which socket to ask.
const (
	rootVariable    = "AUTHBOOK_ROOT"
	controlVariable = "AUTHBOOK_CONTROL"
)

// New starts a machine in a folder, with what it kept there. It serves at the listener,
// which it closes in the end. player is the program that calls [Roles] under their
// names.
func New(dir, player string, http *net.TCPListener) (*Machine, error) {
	m := &Machine{
		Root: filepath.Join(dir, "root"), Bin: filepath.Join(dir, "bin"), http: http,
		services: map[string]*service{}, active: map[string]bool{},
	}
	if err := m.install(player); err != nil {
		return nil, err
	}
	socket := controlSocket(dir)
	_ = os.Remove(socket) // of a machine that was killed
	var err error
	if m.control, err = net.Listen("unix", socket); err != nil {
		return nil, err
	}
	go m.answer()
	return m, nil
}

// install puts the programs into the machine.
func (m *Machine) install(player string) error {
	run := filepath.Join(m.Root, "run") // which outlives no boot
	if err := errors.Join(os.RemoveAll(run), os.MkdirAll(m.Root, 0o755), os.MkdirAll(m.Bin, 0o755)); err != nil {
		return err
	}
	for name := range Roles() {
		path := filepath.Join(m.Bin, name)
		_ = os.Remove(path) // of the run before
		if err := os.Symlink(player, path); err != nil {
			return err
		}
	}
	missing := map[string]string{}
	if _, err := exec.LookPath("sha256sum"); err != nil { // as on macOS
		missing["sha256sum"] = `exec shasum -a 256 "$@"`
	}
	maps.Copy(missing, scripts)
	for name, text := range missing {
		if err := WriteProgram(filepath.Join(m.Bin, name), "#!/bin/sh\n"+text+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// WriteProgram writes what will be run. Nobody may start a process meanwhile: it would
// have the open file for a moment, and who is first to run it is told "text file busy".
func WriteProgram(path, text string) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(path, []byte(text), 0o755)
}

// Variables are what a program has of the machine in a folder, besides those of who
// runs it: with them, the machine's programs come first.
func Variables(dir string) []string {
	return []string{
		"PATH=" + filepath.Join(dir, "bin") + ":" + os.Getenv("PATH"),
		rootVariable + "=" + filepath.Join(dir, "root"), controlVariable + "=" + controlSocket(dir),
	}
}

func controlSocket(dir string) string { return filepath.Join(dir, "c") } // the path must be short

// Runs reports whether the machine in a folder does.
func Runs(dir string) bool {
	conn, err := net.Dial("unix", controlSocket(dir))
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// Know makes a fact known to the machine's programs, which would not see a field of
// ours. Besides the ones of the scripts, "greeting" is what the login shell says first,
// and "start-limit" goes before TimeoutStartSec= of the units.
func (m *Machine) Know(fact, text string) error {
	return os.WriteFile(filepath.Join(m.Bin, fact), []byte(text+"\n"), 0o644)
}

// Forget makes a fact unknown again.
func (m *Machine) Forget(fact string) error { return os.Remove(filepath.Join(m.Bin, fact)) }

// Fact is what the machine's programs know, with a line break at its end, or "".
func (m *Machine) Fact(name string) string {
	text, _ := os.ReadFile(filepath.Join(m.Bin, name))
	return string(text)
}

// URL is where the machine serves.
func (m *Machine) URL() string { return "http://" + m.http.Addr().String() }

// Boot starts what starts at each boot.
func (m *Machine) Boot() error {
	slot, err := os.Readlink(filepath.Join(m.Root, "opt/authbook/current"))
	if err != nil || !slices.Contains(m.AtBoot(), "authbook.service") {
		return nil // nothing was shipped yet
	}
	if r := m.start(slotPrefix + filepath.Base(slot) + ".service"); r.Status != 0 {
		return errors.New(strings.TrimSpace(r.Stderr))
	}
	return nil
}

// PowerOff ends every process at once, and the machine.
func (m *Machine) PowerOff() {
	m.mu.Lock()
	running := m.services
	m.services = map[string]*service{}
	m.mu.Unlock()
	for _, s := range running {
		s.kill()
		s.stop()
	}
	m.control.Close()
	m.http.Close()
}
