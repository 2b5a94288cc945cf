package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/05-deploy/internal/testserver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"
)

func TestShip_refusesBeforeItChangesAnything(t *testing.T) {
	const nobody = "127.0.0.1:1"
	rows := []struct {
		name string
		set  func(f *field)
		args string // HOST is the machine
		want string
	}{
		{"a host that is none", nil, "user@host/path", "is not a host"},
		{"a host that nobody is at", nil, nobody, "cannot reach 127.0.0.1: connect to host 127.0.0.1 port 1: Connection refused"},
		{"an unknown command", nil, "depoly host", `unknown command "depoly"`},
		{"a flag behind the command", nil, "status -key x HOST",
			`-key comes after "status"; flags come before it: ship -key … status`},
		{"a flag behind the host", nil, "HOST -key x", "flags come before it"},
		{"an unknown flag", nil, "-force host", "-force"},
		{"a key that is not accepted", otherKey, "HOST", "cannot log in to 127.0.0.1 as admin"},
		{"no key", noKeyFile, "HOST", "name a key with -key FILE"},
		{"a key file that is not there", nil, "-key /nowhere HOST", "-key: stat /nowhere: no such file"},
		{"a host key that has changed", otherHostKey, "HOST", "the key of 127.0.0.1 has changed"},
		{"a host key of another kind", hostKeyOfAnotherKind, "HOST", "the key of 127.0.0.1 has changed"},
		{"a host key that is revoked", revokedHostKey, "HOST", "the key of 127.0.0.1 is refused"},
		{"a host key that is not known", noKnownHosts, "HOST", "say -fingerprint SHA256:"},
		{"another fingerprint", noKnownHosts, "-fingerprint SHA256:other HOST",
			"and -fingerprint says SHA256:other"},
		{"an account without sudo", func(f *field) { f.instance.know("no-sudo", "") }, "HOST",
			"admin may not use sudo without a password"},
		{"a machine that is no Linux", func(f *field) { f.instance.know("kernel", "FreeBSD amd64") }, "HOST",
			"runs FreeBSD amd64; ship knows Linux"},
		{"a domain that is a URL", nil, "-domain https://x.example.com HOST", "is a URL"},
		{"a domain without a record", func(f *field) { f.lookup["127.0.0.1"] = "127.0.0.1" },
			"-domain auth.example.com HOST", "auth.example.com has no address record"},
		{"a domain that points elsewhere", func(f *field) {
			f.lookup["127.0.0.1"], f.lookup["auth.example.com"] = "127.0.0.1", "192.0.2.9"
		}, "-domain auth.example.com HOST",
			"auth.example.com points to 192.0.2.9 and not to 127.0.0.1"},
		{"a domain and a URL", nil, "-domain auth.example.com -url http://x HOST",
			"exclude each other"},
		{"a URL with a path", nil, "-url http://x/y HOST", "scheme and host alone"},
		{"a rollback of nothing", nil, "rollback HOST", "nothing is shipped to this machine yet"},
		{"a status of nothing", nil, "status HOST", "nothing is shipped to this machine yet"},
	}
	repairs := map[string]func(f *field){ // what an operator does about it, where the command was right
		"a host key that has changed":  rightHostKey,
		"a host key of another kind":   rightHostKey,
		"a host key that is not known": rightHostKey,
		"an account without sudo":      func(f *field) { require.NoError(f.t, f.instance.Forget("no-sudo")) },
		"a machine that is no Linux":   func(f *field) { f.instance.know("kernel", "Linux x86_64") },
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newField(t)
			if row.set != nil {
				row.set(f)
			}
			args := strings.ReplaceAll(row.args, "HOST", f.host())
			err := f.ship("one", "", strings.Fields(args)...)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.Equal(t, []string{"."}, f.instance.tree("."), "the machine is untouched")
			if repair := repairs[row.name]; repair != nil {
				repair(f)
				require.NoError(t, f.deploy("one", ""), "the same command works once the cause is gone")
			}
		})
	}
}

func otherKey(f *field) {
	_, private := newSigner(f.t)
	require.NoError(f.t, os.WriteFile(filepath.Join(f.home, ".ssh", "id_ed25519"), private, 0o600))
}

func noKeyFile(f *field) {
	require.NoError(f.t, os.Remove(filepath.Join(f.home, ".ssh", "id_ed25519")))
}

func noKnownHosts(f *field) {
	require.NoError(f.t, os.Remove(filepath.Join(f.home, ".ssh", "known_hosts")))
}

func otherHostKey(f *field) {
	other, _ := newSigner(f.t)
	writeKnownHosts(f.t, f.home, f.sshd.Address(), other.PublicKey())
}

// hostKeyOfAnotherKind makes the host known by a key that it can't show.
func hostKeyOfAnotherKind(f *field) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(f.t, err)
	key, err := ssh.NewPublicKey(&private.PublicKey)
	require.NoError(f.t, err)
	writeKnownHosts(f.t, f.home, f.sshd.Address(), key)
}

func revokedHostKey(f *field) {
	path := filepath.Join(f.home, ".ssh", "known_hosts")
	line, err := os.ReadFile(path)
	require.NoError(f.t, err)
	require.NoError(f.t, os.WriteFile(path, append([]byte("@revoked "), line...), 0o600))
}

func rightHostKey(f *field) { writeKnownHosts(f.t, f.home, f.sshd.Address(), f.sshd.HostKey) }

func TestShip_remembersAHostWhoseFingerprintWasGiven(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	noKnownHosts(f)
	fingerprint := ssh.FingerprintSHA256(f.sshd.HostKey)
	require.NoError(t, f.ship("one", "", "-fingerprint", fingerprint, "-url", f.instance.url, f.host()))
	require.NoError(t, f.deploy("two", ""), "the second time it is known")
	assert.Equal(t, "two", f.instance.revision())
}

func TestShip_asksAboutAnUnknownHost(t *testing.T) {
	rows := []struct {
		typed string
		want  string
	}{{"yes\n", ""}, {"no\n", "was not confirmed"}, {"y\n", "was not confirmed"}, {"", "say -fingerprint SHA256:"}}
	for _, row := range rows {
		t.Run(strings.TrimSpace("typed "+row.typed), func(t *testing.T) {
			f := newField(t)
			noKnownHosts(f)
			f.typed = row.typed
			err := f.deploy("one", "")
			if row.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, row.want)
			assert.NoFileExists(t, filepath.Join(f.home, ".ssh", "known_hosts"))
		})
	}
}

func TestShip_saysWhenTheDiskIsFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("only Linux has a device that is always full")
	}
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	// The agent differs from the one that is there, and mktemp gives it
	// the full device.
	writeProgram(t, filepath.Join(f.instance.root, "opt/authbook/host"), "old")
	writeProgram(t, filepath.Join(f.instance.Bin, "mktemp"), "#!/bin/sh\necho /dev/full\n")
	writeProgram(t, filepath.Join(f.instance.Bin, "rm"), "#!/bin/sh\n") // not /dev/full
	err := f.deploy("two", "")
	require.EqualError(t, err, "upload: the disk of the machine is full")
	assert.Equal(t, "one", f.instance.revision())
}

// The disk fills up while the release arrives.
func TestShip_saysWhenTheDiskFillsUp(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	releases := filepath.Join(f.instance.root, "opt/authbook/releases")
	require.NoError(t, os.MkdirAll(releases, 0o755))
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", releases).CombinedOutput()
	if err != nil {
		t.Skipf("SKIPPED: a disk that is full needs a small one, and it cannot be mounted here: %s", out)
	}
	t.Cleanup(func() {
		f.instance.PowerOff()
		assert.NoError(t, exec.Command("umount", releases).Run())
	})
	require.NoError(t, f.deploy("one", ""))
	filler := filepath.Join(releases, ".filler")
	require.Error(t, os.WriteFile(filler, make([]byte, 2<<20), 0o600), "it is full now")
	before := f.instance.tree("opt/authbook")

	err = f.deploy("two", "")
	require.ErrorContains(t, err, "receive the release: the disk of the machine is full")
	assert.NotContains(t, err.Error(), "\n", "one line")
	assert.Equal(t, "one", f.instance.revision(), "traffic has not moved")
	assert.Equal(t, before, f.instance.tree("opt/authbook"), "nothing half-installed")

	require.NoError(t, os.Remove(filler))
	require.NoError(t, f.deploy("two", ""), "the same command works once the cause is gone")
	assert.Equal(t, "two", f.instance.revision())
}

func TestCommands(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.deploy("two", ""))

	require.NoError(t, f.ship("", "", "status", f.host()))
	assert.Contains(t, f.printed.String(), "address   "+f.instance.url+"\n")
	assert.Regexp(t, `serving   two-\w{8} \(slot b, active\)\n`+
		`release   two-\w{8}, served since .*\nrelease   one-\w{8}, served since`, f.printed.String())

	require.NoError(t, f.ship("", "", "admin", f.host(), "grant", "JIN $HO's"))
	assert.Equal(t, `final ["admin" "grant" "JIN $HO's"]`+"\n", f.printed.String(), "a name passes two shells unharmed")
	require.EqualError(t, f.ship("", "", "admin", f.host(), "grant", "NOBODY"), `final: no user is named "NOBODY"`)
	assert.Equal(t, "final: WARNING: the sky is low\n", f.remarked.String(), "what is not the error is said as well")
	users := filepath.Join(t.TempDir(), "users.jsonl")
	require.NoError(t, f.ship("", "", "export", f.host(), users))
	assert.Equal(t, "final: WARNING: the sky is low\n", f.remarked.String(),
		"a warning reaches the operator, and no audit record does")

	require.NoError(t, f.ship("", "", "backup", f.host()))
	assert.Regexp(t, `/var/lib/authbook/backups/\S+\.db\n$`, f.printed.String())

	require.NoError(t, f.ship("", "", "logs", f.host()))
	assert.Contains(t, f.printed.String(), `{"msg":"audit"}`)

	require.NoError(t, f.ship("", "", "rollback", f.host()))
	assert.Equal(t, "one", f.instance.revision())
	assert.Regexp(t, `back to one-\w{8}\n`, f.printed.String())

	require.NoError(t, f.ship("", "", "verify", f.instance.url))
	assert.Contains(t, f.printed.String(), f.instance.url+" keeps the contract; it runs one")
	require.ErrorContains(t, f.ship("", "", "verify", "http://127.0.0.1:1"), "does not keep the contract")
}

func TestShip_help(t *testing.T) {
	f := newField(t)
	for _, line := range []string{"", "--help", "-h", "help", "status --help", "verify -h", "restore -help"} {
		args := strings.Fields(line)
		require.NoError(t, f.ship("", "", args...), args)
		assert.Contains(t, f.printed.String(), "ship [FLAGS] HOST", args)
		assert.Contains(t, f.printed.String(), "Flags come before the command.", args)
	}
}

func TestShip_verifiesABuildWithoutACommit(t *testing.T) {
	server := httptest.NewServer(testserver.New(testserver.None, "unknown").Handler(nil))
	defer server.Close()
	f := newField(t)
	require.NoError(t, f.ship("", "", "verify", server.URL))
	assert.Contains(t, f.printed.String(), "keeps the contract; it runs a build that names no commit\n")
}

func TestShip_backupsAndReleasesDoNotPileUp(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	for _, revision := range []string{"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"} {
		require.NoError(t, f.deploy(revision, ""))
	}
	before := f.instance.tree("var/lib/authbook/backups")
	assert.Len(t, before, 1+5)
	for range 4 {
		require.Error(t, f.deploy("bad", crashes))
	}
	assert.Subset(t, f.instance.tree("var/lib/authbook/backups"), before, "an evening of failures costs no good copy")
	assert.Len(t, f.instance.tree("opt/authbook/releases"), 1+2*5)
}

func TestBackupAndRestore(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	copied := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, f.ship("", "", "backup", f.host(), copied))
	text, err := os.ReadFile(copied)
	require.NoError(t, err)
	assert.Equal(t, "backup of one", string(text))
	info, err := os.Stat(copied)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds password hashes")
	require.ErrorContains(t, f.ship("", "", "backup", f.host(), copied),
		"exists already; an older copy must not be lost")

	require.NoError(t, f.deploy("two", ""))
	require.NoError(t, f.ship("", "", "restore", f.host(), copied), "from this computer")
	assert.Equal(t, "restored: backup of one\n", f.printed.String())
	paths, err := filepath.Glob(filepath.Join(f.instance.root, backupsFolder, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	require.NoError(t, f.ship("", "", "restore", f.host(), backupsFolder+filepath.Base(paths[0])), "from the machine")

	before := f.instance.tree("var/lib/authbook")
	rows := []struct {
		name, path, want string
	}{
		{"a file that is not here", filepath.Join(t.TempDir(), "missing"),
			"on this computer; those on the machine are in /var/lib/authbook/backups/"},
		{"a copy that is not there", backupsFolder + "x.db", "there is no copy"},
		{"a path that leads out of the copies",
			backupsFolder + "../../../../etc/authbook/auth_secret", "is not in"},
		{"a file that is no copy", filepath.Join(f.home, ".ssh", "known_hosts"), "is no copy of an authbook database"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := f.ship("", "", "restore", f.host(), row.path)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.Equal(t, before, f.instance.tree("var/lib/authbook"), "nothing stays of an upload")
		})
	}
	require.ErrorContains(t, f.ship("", "", "restore", f.host()), "ship restore HOST FILE")
}

func TestExportAndImport_leaveNothingBehind(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	before := f.instance.tree("var/lib/authbook")
	state := filepath.Join(f.instance.root, "var/lib/authbook")
	for _, left := range []string{"exported.jsonl", "uploaded-1"} { // by a power cut
		require.NoError(t, os.WriteFile(filepath.Join(state, left), []byte("old"), 0o600))
	}
	users := filepath.Join(t.TempDir(), "users.jsonl")
	require.NoError(t, f.ship("", "", "export", f.host(), users))
	text, err := os.ReadFile(users)
	require.NoError(t, err)
	assert.Equal(t, "users of one", string(text))
	info, err := os.Stat(users)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds password hashes")
	require.ErrorContains(t, f.ship("", "", "export", f.host(), users), "file exists")
	require.NoError(t, f.ship("", "", "import", f.host(), users))
	assert.Contains(t, f.printed.String(), `imported "users of one" <nil>`)
	require.ErrorContains(t, f.ship("", "", "import", f.host(), users+".none"), "no such file")
	require.ErrorContains(t, f.ship("", "", "admin", f.host(), "export", "x"), "ship export HOST FILE")
	assert.Equal(t, before, f.instance.tree("var/lib/authbook"))
}

func TestAwaitCertificate(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	go func() {
		conn, err := listener.Accept() // the first visitor is hung up on
		if err != nil {
			return
		}
		conn.Close()
		_ = http.Serve(listener, http.NotFoundHandler())
	}()
	require.NoError(t, awaitCertificate(t.Context(), "http://"+listener.Addr().String(), 20*time.Second))
	require.Error(t, awaitCertificate(t.Context(), "http://127.0.0.1:1", time.Millisecond))
	err = awaitCertificate(t.Context(), "http://no..name", time.Hour) // no resolver is asked for what is no name
	require.Truef(t, isUnknown(err), "to wait would not help: %v", err)
}

func TestShip_buildsForTheMachine(t *testing.T) {
	f := newField(t)
	f.instance.know("kernel", "Linux aarch64")
	require.NoError(t, f.deploy("one", ""))
	assert.Contains(t, f.printed.String(), "build for linux/arm64\n")
	assert.Contains(t, f.instance.file("opt/authbook/slots/a/final"), "# linux/arm64 ",
		"the release is the one for its processor")
	f.instance.know("kernel", "Darwin arm64") // a machine in a folder of macOS
	require.NoError(t, f.deploy("two", ""))
	assert.Contains(t, f.printed.String(), "build for darwin/arm64\n")
}

func TestShip_namesATreeWithChanges(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("changed", ""))
	assert.Regexp(t, `WARNING: the tree has changes that are in no commit; the version says so: changed-dirty-\w{8}\n`,
		f.printed.String())
	require.NoError(t, f.ship("", "", "status", f.host()))
	assert.Regexp(t, `serving   changed-dirty-\w{8}`, f.printed.String())
}

func TestCheckRecord(t *testing.T) {
	records := map[string][]string{"ec2.example.com": {"203.0.113.7", "2001:db8::7"}}
	a := &app{flags: flags{domain: "auth.example.com"}, lookup: func(_ context.Context, name string) ([]string, error) {
		if addrs := records[name]; addrs != nil {
			return addrs, nil
		}
		return nil, errors.New("no such host")
	}}
	to := place{host: "ec2.example.com"}
	require.ErrorContains(t, a.checkRecord(t.Context(), to),
		"auth.example.com has no address record; make one that points to 203.0.113.7 2001:db8::7")
	records["auth.example.com"] = []string{"192.0.2.9"}
	require.ErrorContains(t, a.checkRecord(t.Context(), to), "points to 192.0.2.9 and not to")
	records["auth.example.com"] = []string{"2001:db8::7"}
	require.NoError(t, a.checkRecord(t.Context(), to), "one of its addresses is enough")
}
