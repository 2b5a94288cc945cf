package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// ssh decides whether the machine that answers is the one that is meant: it never
// goes on with a key that known_hosts does not hold. Without that, an attacker
// between the two could answer, and get our binary and our trust. Here is what we
// say of it, and how a key comes into known_hosts.

// errUnknownKey means that known_hosts says nothing of the host.
var errUnknownKey = errors.New("the host key is not known")

// What ssh says of a key that it refuses.
var (
	fingerprintPattern = regexp.MustCompile(`SHA256:[A-Za-z0-9+/]+`)
	offendingPattern   = regexp.MustCompile(`Offending \S+ key in (.+):(\d+)`)
	hostPattern        = regexp.MustCompile(`Host key for (\S+) has changed`)
)

// explainKey returns nil where the complaint of ssh is not about the host's key.
func (m *machine) explainKey(complaint string) error {
	if !strings.Contains(complaint, "Host key verification failed") {
		return nil
	}
	if strings.Contains(complaint, "host key is known for") {
		return errUnknownKey
	}
	old, host := offendingPattern.FindStringSubmatch(complaint), hostPattern.FindStringSubmatch(complaint)
	if old == nil || host == nil {
		return fmt.Errorf("the key of %s is refused: %s", m.target.name, strings.Join(strings.Fields(complaint), " "))
	}
	return m.changed(fingerprintPattern.FindString(complaint), old[1], old[2], host[1])
}

// changed refuses a key, where line of file has another one for the host.
func (m *machine) changed(fingerprint, file, line, host string) error {
	return fmt.Errorf("the key of %s has changed: it is %s now, and %s line %s has another. "+
		"An attacker may answer in its place. "+
		"If the machine is a new one, remove the old key with: ssh-keygen -R %s",
		m.target.name, fingerprint, file, line, host)
}

// hostKey is a line of known_hosts.
type hostKey struct {
	line        string
	host        string // as known_hosts names it, such as [203.0.113.7]:2222
	kind        string // such as ssh-ed25519
	fingerprint string
}

func parseHostKey(line string) (hostKey, bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return hostKey{}, false
	}
	key, err := base64.StdEncoding.DecodeString(fields[2])
	sum := sha256.Sum256(key)
	fingerprint := "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
	return hostKey{line, fields[0], fields[1], fingerprint}, err == nil
}

// learnKey gets the key of a host that is not known, and adds it to known_hosts
// where the operator confirms it. The next log-in goes by what is there then.
func (m *machine) learnKey(ctx context.Context) error {
	key, err := m.showKey(ctx)
	if err != nil {
		return err
	}
	for _, path := range m.knownHosts {
		if err := m.checkOther(ctx, key, path); err != nil {
			return err
		}
	}
	if len(m.knownHosts) == 0 {
		return errors.New("ssh is configured to remember no host: set UserKnownHostsFile")
	}
	if err := m.confirm(key); err != nil {
		return err
	}
	return remember(key, m.knownHosts[0])
}

// showKey returns the key that the host shows: ssh writes it into a file of its
// own, and logs in nowhere.
func (m *machine) showKey(ctx context.Context) (hostKey, error) {
	dir, err := os.MkdirTemp("", "ship-")
	if err != nil {
		return hostKey{}, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "known_hosts")
	quoted := `"` + filepath.ToSlash(path) + `"`
	output, _ := m.sshCommand(ctx, "true", "StrictHostKeyChecking=accept-new", "HashKnownHosts=no",
		"UserKnownHostsFile="+quoted, "GlobalKnownHostsFile="+quoted, "PreferredAuthentications=none").CombinedOutput()
	text, _ := os.ReadFile(path) // not there: ssh says why
	key, ok := parseHostKey(strings.TrimSpace(string(text)))
	if !ok {
		return hostKey{}, fmt.Errorf("cannot get the key of %s: %s", m.target.name, lastLine(string(output)))
	}
	return key, nil
}

// checkOther refuses a host that path knows by a key of another kind: to ssh such
// a one looks like a stranger.
func (m *machine) checkOther(ctx context.Context, key hostKey, path string) error {
	found, err := local(ctx, "ssh-keygen", "-F", key.host, "-f", path)
	if err != nil {
		return nil // it is not in there, or there is no such file
	}
	_, line, _ := strings.Cut(strings.SplitN(found, "\n", 2)[0], "found: line ")
	return m.changed(key.fingerprint, path, line, key.host)
}

// confirm asks whether an unknown key is right.
func (m *machine) confirm(key hostKey) error {
	if wanted := m.app.fingerprint; wanted != "" {
		if wanted != key.fingerprint {
			return fmt.Errorf("the %s key of %s is %s, and -fingerprint says %s",
				key.kind, m.target.name, key.fingerprint, wanted)
		}
		return nil
	}
	fmt.Fprintf(m.app.stdout, "%s is not in %s. Its %s key is %s.\n"+
		"Compare that with the machine's own console. Is it right? (yes/no) ",
		m.target.name, m.knownHosts[0], key.kind, key.fingerprint)
	answer, _ := bufio.NewReader(m.app.stdin).ReadString('\n')
	switch strings.TrimSpace(answer) {
	case "yes":
		return nil
	case "": // nobody is there to ask
		return fmt.Errorf("the key of %s is not known; if %s is right, say -fingerprint %s",
			m.target.name, key.fingerprint, key.fingerprint)
	}
	return errors.New("the key was not confirmed")
}

// remember adds a confirmed key to known_hosts.
func remember(key hostKey, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, key.line)
	return errors.Join(err, file.Close())
}
