//go:build unix

package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"example.com/authbook/05-deploy/aws"
	"golang.org/x/crypto/ssh"
)

// stateDir keeps the guests' volumes and keys.
const stateDir = "/var/lib/authbook-standin"

const (
	// rootSize and dataSize are the volumes' sizes. The files take only what is
	// written to them.
	rootSize = 2 << 30
	dataSize = 1 << 30
	// bootLimit is how long a boot may take.
	bootLimit = 2 * time.Minute
)

//go:embed boot.sh
var bootScript []byte

// guest is one stand-in.
type guest struct {
	dir     string // all that is kept of it
	machine string // its host name, and the name of its namespace
	cable   string // the network interface on this side
	subnet  string // such as 198.18.7
}

// namePattern keeps an interface's name, which begins with two more bytes,
// within the kernel's 15.
var namePattern = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)

func newGuest(name string) (*guest, error) {
	if !namePattern.MatchString(name) {
		return nil, fmt.Errorf("-name: %q is not a name; use up to twelve lower-case letters and digits", name)
	}
	g := &guest{dir: filepath.Join(stateDir, name), machine: "standin-" + name, cable: "s-" + name}
	subnet, err := os.ReadFile(g.path("subnet"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	g.subnet = string(subnet)
	return g, nil
}

func (g *guest) path(name string) string { return filepath.Join(g.dir, name) }

// address is where the guest is.
func (g *guest) address() string { return g.subnet + ".2" }

// exists reports whether there is a guest, running or not.
func (g *guest) exists() bool { return g.subnet != "" }

// up boots the guest, and makes it first where there is none.
func up(ctx context.Context, g *guest, stdout io.Writer) error {
	image, err := image(ctx, stdout)
	if err != nil {
		return err
	}
	if !g.exists() {
		if err := g.create(ctx); err != nil {
			return fmt.Errorf("cannot make the guest: %w", err)
		}
	}
	if err := g.plugIn(ctx); err != nil {
		return err
	}
	var ended chan struct{} // nil: it runs since before
	if !g.running() {
		if ended, err = g.boot(image); err != nil {
			return err
		}
	}
	if err := g.untilReady(ctx, ended); err != nil {
		return err
	}
	return status(ctx, g, stdout)
}

// create makes the guest's volumes, its key and what cloud-init will read. The
// subnet comes last: with it the guest is whole.
func (g *guest) create(ctx context.Context) error {
	if err := os.MkdirAll(g.path("seed"), 0o755); err != nil {
		return err
	}
	for name, size := range map[string]int64{"root.img": rootSize, "data.img": dataSize} {
		file, err := os.Create(g.path(name))
		if err != nil {
			return err
		}
		if err := errors.Join(file.Truncate(size), file.Close()); err != nil {
			return err
		}
	}
	if err := do(ctx, "mkfs.ext4", "-q", g.path("root.img")); err != nil {
		return err
	}
	public, err := g.makeKey()
	if err != nil {
		return err
	}
	if err := g.seed(public); err != nil {
		return err
	}
	if g.subnet, err = newSubnet(); err != nil {
		return err
	}
	return os.WriteFile(g.path("subnet"), []byte(g.subnet), 0o644)
}

// makeKey makes the key pair to log in with, and returns its public half in one
// line.
func (g *guest) makeKey() (public string, err error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return "", err
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(g.path("key"), pem.EncodeToMemory(block), 0o600); err != nil {
		return "", err
	}
	// Whoever came here by sudo ships without it.
	if uid, err := strconv.Atoi(os.Getenv("SUDO_UID")); err == nil {
		if err := os.Chown(g.path("key"), uid, -1); err != nil {
			return "", err
		}
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey()))), nil
}

// seed writes what cloud-init reads at the first boot. On EC2 the metadata
// service says the same.
func (g *guest) seed(public string) error {
	userData, err := aws.UserData()
	if err != nil {
		return err
	}
	metaData := fmt.Sprintf("instance-id: i-%s\nlocal-hostname: %s\npublic-keys: [%q]\n", g.machine, g.machine, public)
	return errors.Join(
		os.WriteFile(g.path("seed/user-data"), userData, 0o644),
		os.WriteFile(g.path("seed/meta-data"), []byte(metaData), 0o644),
	)
}

// boot starts the guest and leaves it running; the channel closes when it ends.
// What the guest writes on its console is kept, as EC2 does.
func (g *guest) boot(image string) (ended chan struct{}, err error) {
	if err := os.WriteFile(g.path("boot.sh"), bootScript, 0o644); err != nil {
		return nil, err
	}
	console, err := os.OpenFile(g.path("console.log"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer console.Close()
	boot := exec.Command("unshare", "--mount", "sh", g.path("boot.sh"), g.machine, g.dir, image)
	boot.Stdout, boot.Stderr = console, console
	boot.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // it outlives us
	if err := boot.Start(); err != nil {
		return nil, err
	}
	ended = make(chan struct{})
	go func() {
		_ = boot.Wait()
		close(ended)
	}()
	return ended, nil
}

// running reports whether any process of the guest does.
func (g *guest) running() bool { return len(g.processes()) > 0 }

// untilReady returns once sshd answers and the first boot is done.
func (g *guest) untilReady(ctx context.Context, ended chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, bootLimit)
	defer cancel()
	for g.fingerprint() == "" || !answers(ctx, net.JoinHostPort(g.address(), "22")) {
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ended:
			return fmt.Errorf("the guest has ended; its console is in %s", g.path("console.log"))
		case <-ctx.Done():
			return fmt.Errorf("the guest is not ready in time; its console is in %s", g.path("console.log"))
		}
	}
	return nil
}

func answers(ctx context.Context, address string) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	greeting := make([]byte, 4)
	_, err = io.ReadFull(conn, greeting)
	return err == nil && string(greeting) == "SSH-"
}

var fingerprintPattern = regexp.MustCompile(`(SHA256:\S+) .*\(ED25519\)`)

// fingerprint is the host key's, as cloud-init writes it on the console at the
// end of the first boot; "" before that. On EC2 the operator gets it by the same
// way: a network in between could not change it.
func (g *guest) fingerprint() string {
	console, err := os.ReadFile(g.path("console.log"))
	if err != nil {
		return ""
	}
	match := fingerprintPattern.FindSubmatch(console)
	if match == nil {
		return ""
	}
	return string(match[1])
}

// status prints how to get to the guest.
func status(_ context.Context, g *guest, stdout io.Writer) error {
	if !g.exists() {
		return errors.New("there is no stand-in; make one with: go run ./05-deploy/standin up")
	}
	state := "does not run; boot it with: standin up"
	if g.running() {
		state = "runs"
	}
	fmt.Fprintf(stdout, "state    %s\n", state)
	fmt.Fprintf(stdout, "address  %s\n", g.address())
	fmt.Fprintf(stdout, "console  %s\n", g.path("console.log"))
	fmt.Fprintf(stdout, "shell    ssh -i %s admin@%s\n", g.path("key"), g.address())
	fmt.Fprintf(stdout, "ship     go run ./05-deploy/ship -key %s -fingerprint %s admin@%s\n", g.path("key"), g.fingerprint(), g.address())
	return nil
}

// down removes the guest, its network and its volumes.
func down(ctx context.Context, g *guest, stdout io.Writer) error {
	if err := errors.Join(g.cutPower(ctx), g.unplug(ctx), g.removeGroups()); err != nil {
		return err
	}
	if err := os.RemoveAll(g.dir); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s is gone\n", g.machine)
	return nil
}

// cutPower ends the guest as a power cut would: nothing in it can prepare.
func (g *guest) cutPower(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		left := g.processes()
		if len(left) == 0 {
			return nil
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL) // one that has just ended is what we want
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return errors.New("the guest does not end")
		}
	}
}

// groups are the guest's control groups, inner ones last.
func (g *guest) groups() (groups []string) {
	for _, root := range []string{"/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"} {
		_ = filepath.WalkDir(filepath.Join(root, g.machine), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				groups = append(groups, path)
			}
			return nil // what has gone meanwhile does not matter
		})
	}
	return groups
}

// processes are the guest's, and the ones that run it.
func (g *guest) processes() (pids []int) {
	for _, group := range g.groups() {
		text, _ := os.ReadFile(filepath.Join(group, "cgroup.procs"))
		for field := range strings.FieldsSeq(string(text)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

func (g *guest) removeGroups() error {
	groups := g.groups()
	for i := range groups {
		if err := os.Remove(groups[len(groups)-1-i]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
