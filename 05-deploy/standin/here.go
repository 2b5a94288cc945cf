//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/05-deploy/internal/folder"
	"golang.org/x/crypto/ssh"
)

// here is a machine in a folder of who runs this.
type here struct{ dir string }

// hereDir keeps them, and the host key of them all: the next one at the same port would
// look like an attack.
func hereDir() (string, error) {
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "authbook-standin"), err
}

func newHere(name string) (*here, error) {
	if !namePattern.MatchString(name) {
		return nil, badName(name)
	}
	dir, err := hereDir()
	return &here{filepath.Join(dir, name)}, err
}

func (h *here) isBooted() bool          { return false }
func (h *here) path(name string) string { return filepath.Join(h.dir, name) }
func (h *here) address() string         { return h.read("http") }
func (h *here) visitor() visitor        { return visitorAt("http://" + h.address()) }
func (h *here) hostKeyFile() string     { return filepath.Join(filepath.Dir(h.dir), "host_key") }

// exists reports whether there is such a machine, running or not.
func (h *here) exists() bool { return h.read("http") != "" }

// read reads a file that is kept of the machine, "" where it is not there.
func (h *here) read(name string) string {
	text, _ := os.ReadFile(h.path(name))
	return strings.TrimSpace(string(text))
}

// prepare says what is missing here.
func (h *here) prepare() error {
	if _, err := exec.LookPath("ssh"); err != nil {
		return errors.New("ssh is missing; on Debian and Ubuntu install it with: apt-get install openssh-client")
	}
	return nil
}

// up runs the machine until ctx ends, and makes it first where there is none.
func (h *here) up(ctx context.Context, stdout io.Writer) error {
	if folder.Runs(h.dir) {
		return errors.New("it runs already, in another terminal")
	}
	if err := h.create(); err != nil {
		return fmt.Errorf("cannot make the machine: %w", err)
	}
	m, err := h.start()
	if err != nil {
		return err
	}
	defer m.PowerOff()
	remote, err := h.serveSSH(m)
	if err != nil {
		return err
	}
	defer remote.Close()
	if err := m.Boot(); err != nil {
		fmt.Fprintln(stdout, "the server does not start:", err) // it is there to be repaired
	}
	if err := h.status(stdout); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nIt runs until you press Ctrl-C. Ship to it from another terminal.")
	<-ctx.Done()
	return nil
}

// start starts the machine, whose programs this one plays.
func (h *here) start() (*folder.Machine, error) {
	web, err := h.listen("http")
	if err != nil {
		return nil, err
	}
	player, err := os.Executable()
	if err != nil {
		return nil, err
	}
	m, err := folder.New(h.dir, player, web)
	if err != nil {
		return nil, err
	}
	kernel, err := exec.Command("uname", "-sm").Output()
	if err == nil {
		err = m.Know("kernel", strings.TrimSpace(string(kernel)))
	}
	return m, err
}

// serveSSH starts the machine's SSH server; the caller closes what it listens on.
func (h *here) serveSSH(m *folder.Machine) (net.Listener, error) {
	hostKey, err := readKey(h.hostKeyFile())
	if err != nil {
		return nil, err
	}
	client, err := readKey(h.path("key"))
	if err != nil {
		return nil, err
	}
	listener, err := h.listen("ssh")
	if err != nil {
		return nil, err
	}
	m.ServeSSH(listener, hostKey, client.PublicKey())
	return listener, nil
}

func readKey(path string) (ssh.Signer, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ssh.ParsePrivateKey(text)
}

// listen listens where the machine did before. A new one gets a free port.
func (h *here) listen(name string) (*net.TCPListener, error) {
	listener, err := listenAt(h.read(name))
	if err != nil {
		return nil, fmt.Errorf("another program has the machine's port; end it, or make a new machine with standin down "+
			"and standin -here up: %w", err)
	}
	tcp, _ := listener.(*net.TCPListener) // it is always one
	return tcp, os.WriteFile(h.path(name), []byte(listener.Addr().String()+"\n"), 0o600)
}

// listenAt listens at an address, and at a free one where that is "". Such a port is to be
// free at the next start too: one from 30000 on could be anybody's by then, since
// systems give those to who wants any.
func listenAt(address string) (net.Listener, error) {
	if address != "" {
		return net.Listen("tcp", address)
	}
	for range 100 {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.IntN(20_000)))
		if err == nil {
			return listener, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// status prints how to get to the machine.
func (h *here) status(stdout io.Writer) error {
	if !h.exists() {
		return errors.New("there is no machine in a folder; make one with: go run ./05-deploy/standin -here up")
	}
	state := "does not run; start it with: standin -here up"
	if folder.Runs(h.dir) {
		state = "runs"
	}
	fmt.Fprintf(stdout, "state    %s\n", state)
	fmt.Fprintf(stdout, "address  http://%s\n", h.address())
	fmt.Fprintf(stdout, "files    %s\n", h.path("root"))
	fmt.Fprintf(stdout, "shell    sh %s\n", h.path("shell"))
	fmt.Fprintf(stdout, "ship     %s\n", h.shipCommand())
	return nil
}

// shipCommand ships to the machine, as that of a guest does.
func (h *here) shipCommand() string {
	fingerprint := ""
	if key, err := readKey(h.hostKeyFile()); err == nil {
		fingerprint = ssh.FingerprintSHA256(key.PublicKey())
	}
	return fmt.Sprintf("go run ./05-deploy/ship -key %s -fingerprint %s -url http://%s admin@%s",
		quote(h.path("key")), fingerprint, h.address(), h.read("ssh"))
}

func (h *here) remark() string {
	return fmt.Sprintf("This machine is in a folder: /var/lib/authbook is %s/var/lib/authbook.\n"+
		"Its shell, with its own systemctl and journalctl: sh %s\n\n", h.path("root"), h.path("shell"))
}

// shell runs a script as the machine's root, who is nobody else than we.
func (h *here) shell(ctx context.Context, stdin io.Reader, script string) (string, error) {
	return output(exec.CommandContext(ctx, "sh", h.path("shell"), prelude+script), stdin)
}

// down removes the machine and its data.
func (h *here) down(_ context.Context, stdout io.Writer) error {
	if folder.Runs(h.dir) {
		return errors.New("it runs; end it first, with Ctrl-C in its terminal")
	}
	if err := os.RemoveAll(h.dir); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s is gone\n", h.dir)
	return nil
}
