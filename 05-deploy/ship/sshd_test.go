package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/05-deploy/internal/folder"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

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

// newSSHD starts the SSH server of a machine, and returns the home of an operator who
// may use it.
func newSSHD(t *testing.T, i *instance) (s *folder.SSHD, home string) {
	t.Helper()
	hostKey, _ := newSigner(t)
	operator, private := newSigner(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	s = i.ServeSSH(listener, hostKey, operator.PublicKey())

	home = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, ".ssh"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(home, ".ssh", "id_ed25519"), private, 0o600))
	writeConfig(t, home, "")
	writeKnownHosts(t, home, s.Address(), hostKey.PublicKey())
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

func writeKnownHosts(t *testing.T, home, address string, key ssh.PublicKey) {
	t.Helper()
	line := knownhosts.Line([]string{knownhosts.Normalize(address)}, key) + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(line), 0o600))
}
