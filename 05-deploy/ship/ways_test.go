package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// Whatever way to the machine an operator has told ssh, ship goes it too.
func TestShip_goesTheWaysOfSSH(t *testing.T) {
	const box = "Host box behind\n  HostName 127.0.0.1\n  Port PORT\n  User admin\n"
	rows := []struct {
		name   string
		config string // PORT is the machine's
		set    func(f *field)
		host   string
	}{
		{"a name of the configuration", box, nil, "box"},
		{"an address as a URL", "", nil, "ssh://admin@127.0.0.1:PORT"},
		{"a jump over another machine", box + "Host behind\n  ProxyJump box\n", nil, "behind"},
		{"a key that the agent alone has", "IdentityAgent HOME/agent\nIdentitiesOnly no\n", keyInAgent, "admin@127.0.0.1:PORT"},
		{"a key file that is named", "IdentityFile HOME/none\n", nil, "-key HOME/.ssh/id_ed25519 status admin@127.0.0.1:PORT"},
		{"a configuration for terminals", "RemoteCommand true\nRequestTTY force\nPermitLocalCommand yes\nLocalCommand echo hello\n",
			nil, "admin@127.0.0.1:PORT"},
		{"odd lines in known_hosts", "", oddLines, "admin@127.0.0.1:PORT"},
		{"a shell that greets everybody", "", func(f *field) { f.instance.know("greeting", "Welcome!\n@ you") }, "admin@127.0.0.1:PORT"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newField(t)
			_, port, err := net.SplitHostPort(f.sshd.Address())
			require.NoError(t, err)
			fill := strings.NewReplacer("PORT", port, "HOME", f.home).Replace
			writeConfig(t, f.home, fill(row.config))
			if row.set != nil {
				row.set(f)
			}
			args := strings.Fields(fill(row.host))
			if len(args) == 1 {
				args = []string{"status", args[0]}
			}
			require.EqualError(t, f.ship("", "", args...), "nothing is shipped to this machine yet; run: ship HOST")
		})
	}
}

// keyInAgent moves the operator's key from its file into an agent.
func keyInAgent(f *field) {
	path := filepath.Join(f.home, ".ssh", "id_ed25519")
	text, err := os.ReadFile(path)
	require.NoError(f.t, err)
	key, err := ssh.ParseRawPrivateKey(text)
	require.NoError(f.t, err)
	require.NoError(f.t, os.Remove(path))
	keys := agent.NewKeyring()
	require.NoError(f.t, keys.Add(agent.AddedKey{PrivateKey: key}))
	listener, err := net.Listen("unix", filepath.Join(f.home, "agent"))
	require.NoError(f.t, err)
	f.t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(keys, conn) }()
		}
	}()
}

// oddLines puts lines before those of known_hosts that no program can read.
func oddLines(f *field) {
	path := filepath.Join(f.home, ".ssh", "known_hosts")
	lines, err := os.ReadFile(path)
	require.NoError(f.t, err)
	odd := "<<<<<<< HEAD\nother.example.com ssh-ed25519 no*base64\nother.example.com ssh-new AAAA\nold.example.com 1024 35 123\n"
	require.NoError(f.t, os.WriteFile(path, append([]byte(odd), lines...), 0o600))
}

// What a configuration trusts, ship does not.
func TestShip_acceptsNoKeyBecauseAConfigurationDoes(t *testing.T) {
	rows := []struct {
		name string
		set  func(f *field)
		want string
	}{
		{"of a host that is not known", noKnownHosts, "the key of 127.0.0.1 is not known"},
		{"of a host whose key has changed", otherHostKey, "the key of 127.0.0.1 has changed"},
		{"over a connection that is open", openConnection, "the key of 127.0.0.1 has changed"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newField(t)
			writeConfig(t, f.home, "StrictHostKeyChecking no\n")
			row.set(f)
			require.ErrorContains(t, f.ship("", "", "status", f.host()), row.want)
		})
	}
}

// openConnection leaves a connection that other runs of ssh may share, to a host
// whose key changes then.
func openConnection(f *field) {
	dir, err := os.MkdirTemp("", "c-") // a socket's path must be short
	require.NoError(f.t, err)
	f.t.Cleanup(func() { os.RemoveAll(dir) })
	writeConfig(f.t, f.home, "StrictHostKeyChecking no\nControlPath "+dir+"/c\n")
	to, err := parseTarget(f.host())
	require.NoError(f.t, err)
	words := append([]string{"-M", "-N"}, to.words()...)
	master := exec.CommandContext(f.t.Context(), filepath.Join(f.home, "ssh"), words...)
	require.NoError(f.t, master.Start())
	require.Eventually(f.t, func() bool { return exists(dir + "/c") }, 20*time.Second, 5*time.Millisecond)
	otherHostKey(f)
}

func TestShip_saysHowToGetSSH(t *testing.T) {
	a := &app{ssh: filepath.Join(t.TempDir(), "ssh")}
	err := a.run(t.Context(), []string{"status", "203.0.113.7"})
	require.ErrorContains(t, err, "apt-get install openssh-client")
	assert.NotContains(t, err.Error(), "\n", "one line")
}
