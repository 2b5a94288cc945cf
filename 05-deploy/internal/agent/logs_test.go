package agent

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseLogOptions(t *testing.T) {
	now := time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)
	rows := []struct {
		args, want string
	}{
		{"", "--lines=100"},
		{"-n 5 -f", "--lines=5 --follow"},
		{"--since 90m", "--lines=100 --since=@1795915800"},
		{"--since 2026-11-29", "--lines=100 --since=@1795910400"},
		{"--since 2026-11-29T01:30:00Z --grep a.c", "--lines=100 --since=@1795915800 --case-sensitive=yes --grep=a.c"},
	}
	for _, row := range rows {
		t.Run("options "+row.args, func(t *testing.T) {
			o, err := parseLogOptions(strings.Fields(row.args), now)
			require.NoError(t, err)
			_, rest, _ := strings.Cut(strings.Join(o.journalArgs(), " "), "--quiet ")
			assert.Equal(t, row.want, rest)
		})
	}
	for _, bad := range []string{"-x", "-n many", "-n -1", "--since yesterday", "--grep (", "word"} {
		_, err := parseLogOptions(strings.Fields(bad), now)
		require.ErrorContains(t, err, "logs HOST [-f] [-n N]", bad)
	}
}

func TestJournalLine(t *testing.T) {
	rows := []struct {
		name, record, want string
	}{
		{"the server's own", `{"SYSLOG_IDENTIFIER":"authbook","MESSAGE":"{\"msg\":\"request\"}"}`, `{"msg":"request"}`},
		{"systemd's, of it", `{"SYSLOG_IDENTIFIER":"systemd","__REALTIME_TIMESTAMP":"1764381600000000","MESSAGE":"killed"}`,
			"2025-11-29T02:00:00Z systemd: killed"},
		{"no record", "x", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, journalLine(row.record)) })
	}
}

func TestPrintRecords(t *testing.T) {
	const newest = `{"SYSLOG_IDENTIFIER":"authbook","MESSAGE":"two"}` + "\n" + `{"SYSLOG_IDENTIFIER":"authbook","MESSAGE":"one"}`
	var out bytes.Buffer
	m := &machine{out: &out}
	looker{m}.printRecords(strings.NewReader(newest), true)
	assert.Equal(t, "one\ntwo\n", out.String())
	looker{m}.printRecords(strings.NewReader(newest), false)
	assert.Equal(t, "one\ntwo\ntwo\none\n", out.String())
}

// auditLog writes a file of the audit log, and returns the machine that has it.
func auditLog(t *testing.T, out *bytes.Buffer) (m *machine, write func(name, text string)) {
	m = &machine{options: options{root: t.TempDir()}, out: out}
	folder := filepath.Join(m.root, "var/log/authbook")
	require.NoError(t, os.MkdirAll(folder, 0o700))
	return m, func(name, text string) {
		file, err := os.OpenFile(filepath.Join(folder, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		require.NoError(t, err)
		_, err = file.WriteString(text)
		require.NoError(t, err)
		require.NoError(t, file.Close())
	}
}

func TestAuditLogs(t *testing.T) {
	now := time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)
	const (
		one   = `{"time":"2026-11-28T23:00:00Z","event":"login"}` + "\n"
		two   = `{"time":"2026-11-29T01:00:00Z","event":"login_failed"}` + "\n"
		three = `{"time":"2026-11-29T02:30:00Z","event":"login"}` + "\n"
	)
	rows := []struct {
		args, want string
	}{
		{"", one + two + three},
		{"-n 1", three},
		{"-n 0", ""},
		{"--grep login_f", two},
		{"--since 1h", three},
		{"--since 3h --grep login_failed", two},
		{"--since 1h --grep login_failed", ""},
	}
	for _, row := range rows {
		t.Run("options "+row.args, func(t *testing.T) {
			var out bytes.Buffer
			m, write := auditLog(t, &out)
			write("audit-20261128T230000.000Z.log", one)
			write("audit-20261129T010000.000Z.log", two+three+`{"half of`)
			write("other.log", "no record\n")
			o, err := parseLogOptions(strings.Fields(row.args), now)
			require.NoError(t, err)
			require.NoError(t, looker{m}.auditLogs(t.Context(), o))
			assert.Equal(t, row.want, out.String())
		})
	}
	var out bytes.Buffer
	m, write := auditLog(t, &out)
	write("audit-1.log", strings.Repeat("old\n", 5000)+"new\n")
	require.NoError(t, looker{m}.auditLogs(t.Context(), logOptions{lines: 2}))
	assert.Equal(t, "old\nnew\n", out.String(), "of a long log the end")
}

func TestAuditLogs_follow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		m, write := auditLog(t, &out)
		write("audit-1.log", "one\nhal")
		ctx, interrupt := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- looker{m}.auditLogs(ctx, logOptions{lines: 9, follow: true}) }()
		synctest.Wait()
		assert.Equal(t, "one\n", out.String())
		write("audit-1.log", "f\n")
		write("audit-2.log", "two\n")
		time.Sleep(2 * auditEvery)
		synctest.Wait()
		assert.Equal(t, "one\nhalf\ntwo\n", out.String(), "a record once it is whole, and the next file")
		interrupt()
		require.NoError(t, <-ended)
	})
}
