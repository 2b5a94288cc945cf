package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const settingsFile = "etc/authbook/authbook.env"

func TestSet_checksKeepsAndSwitches(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.ship("", "", "set", f.host(), "RATE_LIMIT=10"))
	assert.Equal(t, "RATE_LIMIT=\"10\"\n", f.instance.file(settingsFile))
	assert.Equal(t, []string{"authbook@b.service"}, f.instance.Running(), "another process, which has it")
	assert.Equal(t, "one", f.instance.revision(), "of the same release")
	info, err := os.Stat(filepath.Join(f.instance.root, settingsFile))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "a password may be in it")
	assert.Len(t, f.instance.tree("var/lib/authbook/backups"), 1, "the same release migrates nothing")

	f.typed = "postgres://u:p'\"\\$#%@db/x\n"
	require.NoError(t, f.ship("", "", "set", f.host(), "DATABASE_URL"))
	assert.NotContains(t, f.printed.String(), "p'")
	require.NoError(t, f.ship("", "", "config", f.host()))
	assert.Regexp(t, `(?m)^RATE_LIMIT +10$`, f.printed.String())
	assert.Regexp(t, `(?m)^DATABASE_URL +\(set, and not shown\)$`, f.printed.String())
	assert.Regexp(t, `(?m)^AUTH_SECRET +\(set, and not shown\)$`, f.printed.String())
	assert.Regexp(t, `(?m)^PUBLIC_URL +`+f.instance.url+`$`, f.printed.String())

	require.NoError(t, f.ship("", "", "unset", f.host(), "DATABASE_URL"))
	require.NoError(t, f.ship("", "", "unset", f.host(), "RATE_LIMIT"))
	assert.Empty(t, f.instance.file(settingsFile))
}

// A machine that served a domain of `ship set` has no address of its own kept.
func TestUnset_leadsBackToTheAddressOfTheHost(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, os.Remove(filepath.Join(f.instance.root, "etc/authbook/slot-a.env")))
	settings := filepath.Join(f.instance.root, settingsFile)
	require.NoError(t, os.WriteFile(settings, []byte("CERT_DIR=/tmp\n"), 0o600))
	require.Error(t, f.ship("", "", "unset", f.host(), "CERT_DIR"), "nobody listens at port 80 here")
	assert.Contains(t, f.printed.String(), "check http://127.0.0.1\n")
}

func TestSet_putsTheSecretIntoTheCredential(t *testing.T) {
	skipUnlessLong(t)
	const secret = "etc/authbook/auth_secret"
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	chosen := strings.Repeat("k3", 24)
	f.typed = chosen + "\n"
	require.NoError(t, f.ship("", "", "set", f.host(), "AUTH_SECRET"))
	assert.Equal(t, chosen+"\n", f.instance.file(secret))
	assert.NoFileExists(t, filepath.Join(f.instance.root, settingsFile), "a process's environment can be read")
	info, err := os.Stat(filepath.Join(f.instance.root, secret))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	next := strings.Repeat("n4", 24)
	f.typed = next
	require.NoError(t, f.ship("", "", "set", f.host(), "AUTH_SECRET_PREVIOUS"))
	require.NoError(t, f.ship("", "", "set", f.host(), "AUTH_SECRET"))
	assert.Equal(t, next+"\n", f.instance.file(secret))
	assert.Equal(t, "AUTH_SECRET_PREVIOUS=\""+chosen+"\"\n", f.instance.file(settingsFile), "the two have changed places")
	f.typed = chosen
	require.NoError(t, f.ship("", "", "set", f.host(), "AUTH_SECRET"), "and back")
	require.NoError(t, f.ship("", "", "unset", f.host(), "AUTH_SECRET_PREVIOUS"))

	f.typed = "short"
	require.ErrorContains(t, f.ship("", "", "set", f.host(), "AUTH_SECRET"), "AUTH_SECRET is too short")
	assert.Equal(t, chosen+"\n", f.instance.file(secret))
	require.ErrorContains(t, f.ship("", "", "unset", f.host(), "AUTH_SECRET"), "the server needs AUTH_SECRET")
}

// A secret among the settings counted before the credential, so it is what signs.
func TestShip_movesASecretAmongTheSettings(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	path := filepath.Join(f.instance.root, settingsFile)
	require.NoError(t, os.WriteFile(path, []byte("# mine\nAUTH_SECRET='"+strings.Repeat("k3", 24)+"'\nSWAGGER=on\n"), 0o644))
	require.NoError(t, f.deploy("two", ""))
	assert.Equal(t, strings.Repeat("k3", 24)+"\n", f.instance.file("etc/authbook/auth_secret"))
	assert.Equal(t, "# mine\nSWAGGER=on\n", f.instance.file(settingsFile))
}

func TestSet_leavesAllAsItWas(t *testing.T) {
	skipUnlessLong(t)
	rows := []struct {
		name  string
		args  string // after HOST
		typed string
		want  string
	}{
		{"where the release refuses the value", "set RATE_LIMIT=fast", "", "check the settings: final: RATE_LIMIT must be"},
		{"where the release has no such variable", "set SWAGER=off", "", "SWAGER is no variable of this release"},
		{"where the new process does not start", "set LOG_FORMAT=crashes", "", "final: AUTH_SECRET is too short"},
		{"where the public address does not answer", "set PUBLIC_URL=http://127.0.0.1:1", "", "no answer"},
		{"where a secret would stay in the history", "set AUTH_SECRET=x", "", "AUTH_SECRET may hold a secret"},
		{"where the value has a second line", "set DATABASE_URL", "a\nSWAGGER=off\n", "another control character"},
		{"where there is no value", "set RATE_LIMIT", "\n", "the value is empty"},
		{"where the name is none", "set rate-limit=1", "", `"rate-limit" is no variable's name`},
		{"where nothing is set", "unset RATE_LIMIT", "", "RATE_LIMIT is not set in"},
	}
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.ship("", "", "set", f.host(), "ADMIN_ADDR=off"))
	before, links, running := f.instance.tree("etc"), f.instance.tree("opt/authbook"), f.instance.Running()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f.typed = row.typed
			command, rest, _ := strings.Cut(row.args, " ")
			err := f.ship("", "", command, f.host(), rest)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.Equal(t, "ADMIN_ADDR=\"off\"\n", f.instance.file(settingsFile))
			assert.Equal(t, "one", f.instance.revision())
			assert.Equal(t, running, f.instance.Running())
			assert.Equal(t, before, f.instance.tree("etc"), "nothing stays of the check")
			assert.Equal(t, links, f.instance.tree("opt/authbook"))
		})
	}
}

// A release from before the check can go back, and says that nobody has checked.
func TestSet_needsAReleaseThatCanCheck(t *testing.T) {
	f := newField(t)
	require.NoError(t, f.deploy("one", uncheckable))
	assert.Regexp(t, `WARNING: unchecked: one-\w+ can't say`, f.printed.String())
	require.ErrorContains(t, f.ship("", "", "set", f.host(), "RATE_LIMIT=1"), "can't check settings; ship a newer one")
	assert.NoFileExists(t, filepath.Join(f.instance.root, settingsFile))
}

func TestSet_needsAnAgentThatKnowsIt(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	old := "#!/bin/sh\necho 'host: unknown command \"set\"' >&2\nexit 1\n"
	writeProgram(t, filepath.Join(f.instance.root, "opt/authbook/host"), old)
	require.ErrorContains(t, f.ship("", "", "set", f.host(), "RATE_LIMIT=1"), "is older than this ship")
	require.NoError(t, f.deploy("two", ""))
	require.NoError(t, f.ship("", "", "set", f.host(), "RATE_LIMIT=1"))
}

func TestRollback_reachesAnyRelease(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	for _, revision := range []string{"one", "two", "three"} {
		require.NoError(t, f.deploy(revision, ""))
	}
	version := func(revision string) string {
		paths, err := filepath.Glob(filepath.Join(f.instance.root, "opt/authbook/releases", revision+"-*"))
		require.NoError(t, err)
		require.Len(t, paths, 1)
		return filepath.Base(paths[0])
	}
	require.NoError(t, f.ship("", "", "rollback", f.host(), version("one")))
	assert.Equal(t, "one", f.instance.revision())
	require.ErrorContains(t, f.ship("", "", "rollback", f.host(), version("one")), "serves already")
	require.ErrorContains(t, f.ship("", "", "rollback", f.host(), "../x"),
		"there is no release ../x on this machine; there are "+version("one")+", "+version("three")+", "+version("two"))
	assert.Equal(t, "one", f.instance.revision())
}

func TestRollback_asksTheTargetFirst(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", uncheckable))
	require.NoError(t, f.deploy("two", ""))
	require.ErrorContains(t, f.deploy("three", tooOld),
		"check the settings: final: DATABASE_URL: the database has version 9, made by a newer release")
	assert.Equal(t, "two", f.instance.revision())
	require.NoError(t, f.ship("", "", "rollback", f.host()))
	assert.Equal(t, "one", f.instance.revision())
	assert.Contains(t, f.printed.String(), "WARNING: unchecked: one-")
}

// A ship makes a copy or goes back; the way back needs none.
func TestRollback_goesOnWithoutACopy(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.deploy("two", ""))
	copies := filepath.Join(f.instance.root, "var/lib/authbook/backups")
	require.NoError(t, os.RemoveAll(copies))
	require.NoError(t, os.WriteFile(copies, nil, 0o600)) // no copy can be made
	require.ErrorContains(t, f.deploy("three", ""), "back up the database: ")
	assert.Equal(t, "two", f.instance.revision())
	require.NoError(t, f.ship("", "", "rollback", f.host()))
	assert.Equal(t, "one", f.instance.revision())
	assert.Contains(t, f.printed.String(), "WARNING: no copy is made (final: open ")

	require.NoError(t, os.Remove(copies))
	df := "#!/bin/sh\necho /dev/x 996780 980108 288 100% /var/lib/authbook\n"
	writeProgram(t, filepath.Join(f.instance.Bin, "df"), df)
	require.NoError(t, f.ship("", "", "rollback", f.host()))
	assert.Contains(t, f.printed.String(), "WARNING: no copy is made (288 KiB are free)")
	assert.Len(t, f.instance.tree("var/lib/authbook/backups"), 1, "a copy would take the last room")
}

func TestMaintenance_closesAndOpens(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.ErrorContains(t, f.ship("", "", "maintenance", f.host(), "yes"), "maintenance is on or off")
	require.NoError(t, f.ship("", "", "maintenance", f.host(), "on"))
	assert.Contains(t, f.printed.String(), "ok      the rest is closed for maintenance")
	assert.Empty(t, f.instance.revision(), "GET /version")
	require.NoError(t, f.deploy("two", ""), "a ship passes meanwhile")
	assert.Empty(t, f.instance.revision())
	require.ErrorContains(t, f.ship("", "", "set", f.host(), "PUBLIC_URL=http://127.0.0.1:1"), "no answer")
	require.NoError(t, f.ship("", "", "maintenance", f.host(), "off"))
	assert.Contains(t, f.printed.String(), "ok      log in", "it must be in order to be opened")
	assert.Equal(t, "two", f.instance.revision())
}
