package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"

	"golang.org/x/crypto/ssh"
)

// SSHD is the SSH server of a machine. It runs commands there, one account's, and
// knows no terminal.
type SSHD struct {
	// Tamper changes what is sent to a command, and may cut the connection; nil leaves
	// it alone. It is for tests.
	Tamper atomic.Pointer[func(stdin io.Reader, cut func()) io.Reader]
	// Commands is held for reading by each command that runs.
	Commands sync.RWMutex
	HostKey  ssh.PublicKey

	machine  *Machine
	listener net.Listener
	config   ssh.ServerConfig
}

// ServeSSH starts the server. client is the only key that may log in. The caller closes
// the listener.
func (m *Machine) ServeSSH(listener net.Listener, hostKey ssh.Signer, client ssh.PublicKey) *SSHD {
	s := &SSHD{HostKey: hostKey.PublicKey(), machine: m, listener: listener}
	s.config.PublicKeyCallback = func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if !bytes.Equal(key.Marshal(), client.Marshal()) {
			return nil, errors.New("not this one")
		}
		return nil, nil
	}
	s.config.AddHostKey(hostKey)
	go s.serve()
	return s
}

// Address is where the server is.
func (s *SSHD) Address() string { return s.listener.Addr().String() }

func (s *SSHD) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go s.connection(conn)
	}
}

func (s *SSHD) connection(conn net.Conn) {
	defer conn.Close()
	_, channels, requests, err := ssh.NewServerConn(conn, &s.config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for incoming := range channels {
		switch incoming.ChannelType() {
		case "direct-tcpip":
			go forward(incoming)
		case "session":
			channel, requests, err := incoming.Accept()
			if err != nil {
				return
			}
			go s.session(channel, requests, func() { conn.Close() })
		default:
			_ = incoming.Reject(ssh.UnknownChannelType, "no such channel")
		}
	}
}

// session runs the command that is asked for.
func (s *SSHD) session(channel ssh.Channel, requests <-chan *ssh.Request, cut func()) {
	for request := range requests {
		if request.Type != "exec" {
			_ = request.Reply(false, nil)
			continue
		}
		_ = request.Reply(true, nil)
		var exec struct{ Command string }
		_ = ssh.Unmarshal(request.Payload, &exec)
		s.Commands.RLock()
		go func() {
			defer s.Commands.RUnlock()
			s.exec(exec.Command, channel, cut)
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
func (s *SSHD) exec(command string, channel ssh.Channel, cut func()) {
	defer channel.Close()
	c := exec.Command("sh", "-c", command)
	c.Env = append(os.Environ(), Variables(filepath.Dir(s.machine.Bin))...)
	stdin, err := c.StdinPipe()
	if err != nil {
		return
	}
	c.Stdout, c.Stderr = channel, channel.Stderr()
	_, _ = io.WriteString(channel, s.machine.Fact("greeting"))
	var input io.Reader = channel
	if tamper := s.Tamper.Load(); tamper != nil {
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
