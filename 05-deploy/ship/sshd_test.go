package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// sshd is the SSH server of an instance. It runs commands there, and can play
// tricks with what is sent to them.
type sshd struct {
	instance *instance
	address  string
	hostKey  ssh.Signer
	client   []byte // the only public key that may log in

	// tamper changes what is sent to a command; nil leaves it alone.
	tamper atomic.Pointer[func(stdin io.Reader, cut func()) io.Reader]

	commands sync.RWMutex // each command that runs holds it for reading
}

func newSigner(t *testing.T) (ssh.Signer, []byte) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	signer, err := ssh.NewSignerFromKey(private)
	require.NoError(t, err)
	block, err := ssh.MarshalPrivateKey(private, "")
	require.NoError(t, err)
	return signer, pem.EncodeToMemory(block)
}

// needSSH skips a test where the program that it is about is missing.
func needSSH(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip("SKIPPED: ship needs the program ssh; on Debian and Ubuntu: apt-get install openssh-client")
	}
	return path
}

// newSSHD starts the server and returns the home of an operator who may use it.
func newSSHD(t *testing.T, i *instance) (s *sshd, home string) {
	t.Helper()
	hostKey, _ := newSigner(t)
	operator, private := newSigner(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	s = &sshd{instance: i, address: listener.Addr().String(), hostKey: hostKey, client: operator.PublicKey().Marshal()}
	go s.serve(listener)

	home = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, ".ssh"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(home, ".ssh", "id_ed25519"), private, 0o600))
	writeConfig(t, home, "")
	s.writeKnownHosts(t, home, hostKey.PublicKey())
	return s, home
}

// writeConfig writes the operator's configuration of ssh, and the ssh that reads it:
// the program itself takes the home of the account that runs it.
func writeConfig(t *testing.T, home, first string) {
	t.Helper()
	config := first + `
Host *
  UserKnownHostsFile HOME/.ssh/known_hosts
  GlobalKnownHostsFile /dev/null
  IdentityFile HOME/.ssh/id_ed25519
  IdentitiesOnly yes
  IdentityAgent none
`
	config = strings.ReplaceAll(config, "HOME", home)
	require.NoError(t, os.WriteFile(filepath.Join(home, ".ssh", "config"), []byte(config), 0o600))
	program := "#!/bin/sh\nexec " + needSSH(t) + " -F " + home + "/.ssh/config \"$@\"\n"
	writeProgram(t, filepath.Join(home, "ssh"), program)
}

func (s *sshd) writeKnownHosts(t *testing.T, home string, key ssh.PublicKey) {
	t.Helper()
	line := knownhosts.Line([]string{knownhosts.Normalize(s.address)}, key) + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(line), 0o600))
}

func (s *sshd) serve(listener net.Listener) {
	config := &ssh.ServerConfig{
		PublicKeyCallback: func(c ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if !bytes.Equal(key.Marshal(), s.client) {
				return nil, errors.New("not this one")
			}
			return nil, nil
		},
	}
	config.AddHostKey(s.hostKey)
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go s.connection(conn, config)
	}
}

func (s *sshd) connection(conn net.Conn, config *ssh.ServerConfig) {
	defer conn.Close()
	_, channels, requests, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for incoming := range channels {
		if incoming.ChannelType() == "direct-tcpip" {
			go forward(incoming)
			continue
		}
		channel, requests, err := incoming.Accept()
		if err != nil {
			return
		}
		go func() {
			for request := range requests {
				if request.Type != "exec" {
					_ = request.Reply(false, nil)
					continue
				}
				_ = request.Reply(true, nil)
				var exec struct{ Command string }
				_ = ssh.Unmarshal(request.Payload, &exec)
				s.commands.RLock()
				go func() {
					defer s.commands.RUnlock()
					s.exec(exec.Command, channel, func() { conn.Close() })
				}()
			}
		}()
	}
}

// forward connects a client to where it wants to jump.
func forward(incoming ssh.NewChannel) {
	var to struct {
		Host       string
		Port       uint32
		Origin     string
		OriginPort uint32
	}
	_ = ssh.Unmarshal(incoming.ExtraData(), &to)
	conn, err := net.Dial("tcp", net.JoinHostPort(to.Host, fmt.Sprint(to.Port)))
	if err != nil {
		_ = incoming.Reject(ssh.ConnectionFailed, err.Error())
		return
	}
	defer conn.Close()
	channel, requests, err := incoming.Accept()
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	go func() { _, _ = io.Copy(conn, channel) }()
	_, _ = io.Copy(channel, conn)
	channel.Close()
}

// exec runs a command. As with a real sshd, it goes on when the connection
// breaks; its input has then ended.
func (s *sshd) exec(command string, channel ssh.Channel, cut func()) {
	defer channel.Close()
	c := exec.Command("sh", "-c", command)
	c.Env = append(childEnvironment(), "PATH="+s.instance.bin+":"+os.Getenv("PATH"),
		"SHIP_TEST_CONTROL="+s.instance.control, "SHIP_TEST_SOAK="+strings.TrimSpace(s.instance.fact("soak")))
	stdin, err := c.StdinPipe()
	if err != nil {
		return
	}
	c.Stdout, c.Stderr = channel, channel.Stderr()
	_, _ = io.WriteString(channel, s.instance.fact("greeting"))
	var input io.Reader = channel
	if tamper := s.tamper.Load(); tamper != nil {
		input = (*tamper)(channel, cut)
	}
	if err := c.Start(); err != nil {
		return
	}
	go func() {
		_, _ = io.Copy(stdin, input)
		_ = stdin.Close()
	}()
	_ = c.Wait()
	status := struct{ Status uint32 }{uint32(c.ProcessState.ExitCode())}
	_, _ = channel.SendRequest("exit-status", false, ssh.Marshal(&status))
}

// childEnvironment is ours, and lets programs under the race detector end
// without the second for which it waits at each exit.
func childEnvironment() []string { return append(os.Environ(), "GORACE=atexit_sleep_ms=0") }

// shortClient is a client that keeps no connection.
func shortClient() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
}
