package agent

import (
	"strings"
	"testing"
	"time"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHealthTexts(t *testing.T) {
	now := time.Unix(1_764_381_600, 0)
	const expiry, backup = "authbook_certificate_expiry_timestamp_seconds", "authbook_last_backup_timestamp_seconds"
	const offsite = "authbook_last_offsite_backup_timestamp_seconds"
	rows := []struct {
		name, got, want string
	}{
		{"an uptime", uptime(map[string]string{"ActiveState": "active", "ActiveEnterTimestamp": "@1764370797"}, now), "3 hours"},
		{"an uptime of nothing", uptime(nil, now), "unknown"},
		{"an uptime of what is down", uptime(map[string]string{"ActiveState": "activating",
			"ActiveEnterTimestamp": "@1764370797"}, now), "none, it is activating"},
		{"memory", memoryText("process_resident_memory_bytes 5.24288e+07\n"), "50 MiB"},
		{"memory of a server that tells nothing", memoryText(""), "unknown"},
		{"a certificate", certificateText(expiry+" 1.7648136e+09\n", now),
			"the certificate ends at 2025-12-04 02:00:00, in 5 days"},
		{"a certificate that is over", certificateText("# TYPE\n"+expiry+" 1.7643e+09\n", now),
			"THE CERTIFICATE HAS EXPIRED, at 2025-11-28 03:20:00"},
		{"no certificate", certificateText(expiry+" 0\n", now), "no certificate is known"},
		{"a backup", backupText(backup+" 1.764378e+09\n", now), "60 minutes ago"},
		{"one elsewhere", backupText(backup+" 1.764378e+09\n"+offsite+" 1.764381e+09\n", now),
			"60 minutes ago; elsewhere 10 minutes ago"},
		{"none elsewhere", backupText(backup+" 1.764378e+09\n"+offsite+" 0\n", now), "60 minutes ago; NONE IS ELSEWHERE"},
		{"no backup", backupText(backup+" 0\n", now), "there is none"},
		{"a server that tells nothing", backupText("", now), "unknown"},
		{"no restart", times("0"), "0 times"},
		{"one restart", times("1"), "once"},
		{"two restarts", times("2"), "2 times"},
		{"restarts that nobody counts", times(""), "unknown times"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, row.got) })
	}
}

// What ended before the release that serves came is no trouble of now.
func TestExitText(t *testing.T) {
	layout, err := deploy.NewLayout(t.TempDir())
	require.NoError(t, err)
	l := looker{&machine{layout: layout}}
	const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" // of nothing
	require.NoError(t, layout.Install("v2", sum, strings.NewReader("")))
	require.NoError(t, layout.Point(deploy.SlotB, "v2"))
	require.NoError(t, layout.MarkServed("v2"))
	now := time.Now().Add(time.Hour)
	at := func(age time.Duration, unit string) ending {
		return ending{deploy.Ending{Code: "killed", Status: "9"}, now.Add(-age), "", unit}
	}
	rows := []struct {
		name string
		end  ending
		want string
	}{
		{"none", ending{}, "^none since v2 serves"},
		{"before it served", at(2*time.Hour, "authbook@b.service"), "^none since v2 serves"},
		{"its own", at(time.Minute, "authbook@b.service"),
			`^killed by SIGKILL; 60 seconds ago, at 20\d\d-\S+ \S+, of v2, which serves$`},
		{"of one that failed to replace it", at(time.Minute, "authbook@a.service"),
			`^killed by SIGKILL; 60 seconds ago, .*, of a release that does not serve$`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Regexp(t, row.want, l.exitText(row.end, deploy.SlotB, now)) })
	}
}
