package agent

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSettings_text(t *testing.T) {
	rows := []struct {
		name string
		set  settings
		old  string
		want string
	}{
		{"the first ship takes the host's own address", settings{defaultURL: "http://h"}, "", "PUBLIC_URL=http://h\n"},
		{"a later ship keeps what there is", settings{defaultURL: "http://h"}, "DOMAIN=a.example\n",
			"DOMAIN=a.example\n"},
		{"a domain goes before what there is", settings{domain: "b.example", defaultURL: "http://h"},
			"DOMAIN=a.example\n", "DOMAIN=b.example\n"},
		{"a URL takes the domain away", settings{url: "http://x", defaultURL: "http://h"}, "DOMAIN=a.example\n",
			"PUBLIC_URL=http://x\n"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, string(row.set.text([]byte(row.old))))
		})
	}
}

// systemd reads the operator's file last, so what it says counts.
func TestMachine_address(t *testing.T) {
	rows := []struct{ name, slot, operator, want, kept string }{
		{"what ship knows", "PUBLIC_URL=http://h\n", "", "http://h", "PUBLIC_URL=http://h\n"},
		{"a domain", "DOMAIN=a.example\n", "LOG_FORMAT=text\n", "https://a.example", "DOMAIN=a.example\n"},
		{"the operator's URL goes first", "PUBLIC_URL=http://h\n", "PUBLIC_URL=\"https://b.example\"\n",
			"https://b.example", "PUBLIC_URL=http://h\n"},
		{"the operator's domain, beside which no other URL may be", "PUBLIC_URL=http://h\n", "DOMAIN=b.example\n",
			"https://b.example", ""},
		{"a comment is no setting", "PUBLIC_URL=http://h\n", "# PUBLIC_URL=https://b.example\n", "http://h",
			"PUBLIC_URL=http://h\n"},
		{"the last one of two counts", "PUBLIC_URL=http://h\n",
			"PUBLIC_URL=https://b.example\nPUBLIC_URL=https://c.example\n",
			"https://c.example", "PUBLIC_URL=http://h\n"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m := newMachine(t)
			require.NoError(t,
				files{m.settingsFile("a"): []byte(row.slot), m.path(operatorFile): []byte(row.operator)}.write())
			assert.Equal(t, row.want, m.address("a"))
			assert.Equal(t, row.kept, string(m.slotSettings("a")), "what the next release gets")
		})
	}
}

func TestMachine_refusesAnAddressThatWouldNotCount(t *testing.T) {
	m := newMachine(t)
	m.domain = "a.example"
	require.NoError(t, (&change{machine: m}).checkAddress())
	require.NoError(t, files{m.path(operatorFile): []byte("DOMAIN=b.example\n")}.write())
	require.EqualError(t, (&change{machine: m}).checkAddress(),
		m.path(operatorFile)+" sets DOMAIN, which overrides -domain and -url; remove it there, or leave the flag out")
	m.domain = ""
	require.NoError(t, (&change{machine: m}).checkAddress())
}

func TestMakeSecret_onceAndForRootAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "etc", "authbook", "auth_secret")
	require.NoError(t, makeSecret(path))
	first, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(bytes.TrimSpace(first)), 43, "32 bytes in base64")
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	require.NoError(t, makeSecret(path))
	again, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, first, again, "a new secret would log everybody out")
}

func TestMachine_backsUpSQLiteOnly(t *testing.T) {
	rows := []struct {
		name, text string
		want       bool
	}{
		{"no choice is SQLite", "", false},
		{"PostgreSQL", "LOG_FORMAT=json\nDATABASE_URL=postgres://db/authbook\n", true},
		{"PostgreSQL in quotes", `DATABASE_URL="postgresql://db/authbook"`, true},
		{"PostgreSQL in capital letters", "DATABASE_URL=POSTGRES://db/authbook\n", true},
		{"another SQLite file", "DATABASE_URL=/srv/authbook.db\n", false},
		{"a comment", "# DATABASE_URL=postgres://db/authbook\n", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m := &machine{options: options{root: t.TempDir()}}
			require.NoError(t, os.MkdirAll(m.path("etc/authbook"), 0o755))
			require.NoError(t, os.WriteFile(m.path("etc/authbook/authbook.env"), []byte(row.text), 0o600))
			assert.Equal(t, row.want, m.onPostgreSQL())
		})
	}
}

func TestFiles_writePutsBackWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	old, gone := filepath.Join(dir, "old"), filepath.Join(dir, "new", "gone")
	require.NoError(t, files{old: []byte("2"), gone: []byte("2")}.write())
	require.NoError(t, files{old: []byte("1"), gone: nil}.write())
	text, err := os.ReadFile(old)
	require.NoError(t, err)
	assert.Equal(t, "1", string(text))
	assert.NoFileExists(t, gone)
	require.NoError(t, files{gone: nil}.write(), "what is gone already is no failure")
}

// The journal gets what the audit log is for, and the operator the rest.
func TestSplitRecords(t *testing.T) {
	records, rest := splitRecords("time=x level=INFO msg=audit event=admin_grant\n" +
		"final: no user is named \"x\"\n{\"msg\":\"audit\"}\n")
	assert.Equal(t, "time=x level=INFO msg=audit event=admin_grant\n{\"msg\":\"audit\"}\n", records)
	assert.Equal(t, "final: no user is named \"x\"\n", rest)
}
