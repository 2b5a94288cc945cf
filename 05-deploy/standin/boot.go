//go:build unix

package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"time"
)

// bootLimit is how long a boot may take.
const bootLimit = 2 * time.Minute

//go:embed boot.sh
var bootScript []byte

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
