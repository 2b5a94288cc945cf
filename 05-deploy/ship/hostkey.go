package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// hostKeys decides whether the machine that answers is the one that is meant.
// Without it, an attacker between the two could answer, and get our binary and
// our trust.
type hostKeys struct {
	app    *app
	target target
	known  ssh.HostKeyCallback
	path   string // of known_hosts
}

func (a *app) newHostKeys(t target) (*hostKeys, error) {
	path := filepath.Join(a.home, ".ssh", "known_hosts")
	known, err := knownhosts.New(path)
	if errors.Is(err, fs.ErrNotExist) {
		known = func(string, net.Addr, ssh.PublicKey) error { return &knownhosts.KeyError{} } // it knows nobody
	} else if err != nil {
		return nil, fmt.Errorf("cannot use %s: %w", path, err)
	}
	return &hostKeys{a, t, known, path}, nil
}

// check is an [ssh.HostKeyCallback].
func (k *hostKeys) check(address string, remote net.Addr, key ssh.PublicKey) error {
	err := k.known(address, remote, key)
	unknown, ok := errors.AsType[*knownhosts.KeyError](err)
	switch {
	case err == nil:
		return nil
	case !ok:
		return fmt.Errorf("the key of %s is refused: %w", k.target.name, err)
	case len(unknown.Want) > 0:
		old := unknown.Want[0]
		return fmt.Errorf("the key of %s has changed: it is %s now, and %s line %d has another. "+
			"An attacker may answer in its place. "+
			"If the machine is a new one, remove the old key with: ssh-keygen -R %s",
			k.target.name, ssh.FingerprintSHA256(key), old.Filename, old.Line, knownhosts.Normalize(address))
	}
	if err := k.confirm(key); err != nil {
		return err
	}
	return k.remember(address, key)
}

// confirm asks whether an unknown key is right.
func (k *hostKeys) confirm(key ssh.PublicKey) error {
	found := ssh.FingerprintSHA256(key)
	if wanted := k.app.fingerprint; wanted != "" {
		if wanted != found {
			return fmt.Errorf("the %s key of %s is %s, and -fingerprint says %s",
				key.Type(), k.target.name, found, wanted)
		}
		return nil
	}
	fmt.Fprintf(k.app.stdout, "%s is not in %s. Its %s key is %s.\n"+
		"Compare that with the machine's own console. Is it right? (yes/no) ",
		k.target.name, k.path, key.Type(), found)
	answer, _ := bufio.NewReader(k.app.stdin).ReadString('\n')
	switch strings.TrimSpace(answer) {
	case "yes":
		return nil
	case "": // nobody is there to ask
		return fmt.Errorf("the key of %s is not known; if %s is right, say -fingerprint %s",
			k.target.name, found, found)
	}
	return errors.New("the key was not confirmed")
}

// remember adds a confirmed key to known_hosts.
func (k *hostKeys) remember(address string, key ssh.PublicKey) error {
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(k.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, knownhosts.Line([]string{knownhosts.Normalize(address)}, key))
	return errors.Join(err, file.Close())
}

// algorithms are the kinds of key under which the host is known. Without them a
// host with two keys could show the one that known_hosts does not have, and
// look like a stranger. A stranger is asked for Ed25519 first, as OpenSSH does.
func (k *hostKeys) algorithms() []string {
	err := k.known(k.target.address(), &net.TCPAddr{}, noKey{})
	known, ok := errors.AsType[*knownhosts.KeyError](err)
	if !ok || len(known.Want) == 0 {
		return []string{
			ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
			ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256,
		}
	}
	var algorithms []string
	for _, key := range known.Want {
		if kind := key.Key.Type(); kind == ssh.KeyAlgoRSA {
			algorithms = append(algorithms, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		} else {
			algorithms = append(algorithms, kind)
		}
	}
	return algorithms
}

// noKey is a key that nobody has: asking for it gets the keys that are known.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }
