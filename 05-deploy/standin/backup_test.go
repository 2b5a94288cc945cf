//go:build unix

package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// backupOfTheDay is made by the timer's service. What takes it elsewhere belongs
// to nobody, sees nothing else of the machine, and has the network.
func backupOfTheDay(f *field) {
	assert.Equal(f, "active", f.sh("systemctl is-active authbook-backup.timer"))
	f.sh("systemctl stop authbook-recent.timer") // it would give its copies to the same command
	defer f.sh("systemctl start authbook-recent.timer")
	received, bucket := newBucket(f)

	f.sh(`cat >/etc/authbook/authbook.env <<'END'
BACKUP_COMMAND="[ ! -r /var/lib/authbook/authbook.db ] && [ ! -r /etc/authbook/auth_secret ] || exit 9;` +
		` ! touch /etc/x /var/x /opt/x 2>/dev/null || exit 8; [ \$(id -u) -gt 60000 ] || exit 7;` +
		` curl -sSf -T - ` + bucket + `/"
END
systemctl restart authbook@$(basename "$(readlink /opt/authbook/current)").service`)
	f.sh("systemctl start authbook-backup.service")
	assert.True(f, strings.HasPrefix(<-received, "SQLite format 3\x00"), "the whole copy has come")
	assert.Contains(f, f.sh("journalctl --unit authbook-backup --no-pager"), "BACKUP_COMMAND has taken daily-")
	metrics := f.sh("curl -s http://127.0.0.1:9090/metrics")
	assert.Regexp(f, `(?m)^authbook_last_backup_timestamp_seconds [1-9]`, metrics)
	assert.Regexp(f, `(?m)^authbook_last_offsite_backup_timestamp_seconds [1-9]`, metrics)
	assert.Regexp(f, `(?m)^process_start_time_seconds [1-9]`, metrics)

	f.sh("echo 'BACKUP_COMMAND=echo no such bucket >&2; exit 3' >/etc/authbook/authbook.env")
	_, err := f.shell("systemctl start authbook-backup.service")
	require.Error(f, err, "who asks systemd sees that it failed")
	assert.Contains(f, f.sh("journalctl --unit authbook-backup --no-pager"),
		".db is not elsewhere: no such bucket")
	f.sh("systemctl stop authbook-backup.service; systemctl reset-failed; rm /etc/authbook/authbook.env")
}

// newBucket takes what is sent to it, as S3 does.
func newBucket(f *field) (received <-chan string, url string) {
	bodies := make(chan string, 100)
	bucket := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies <- string(body)
	}))
	var err error
	bucket.Listener, err = net.Listen("tcp", f.guest.subnet+".1:0")
	require.NoError(f, err)
	bucket.Start()
	f.Cleanup(bucket.Close)
	return bodies, bucket.URL
}

// backupOfTheMinute is made by the timer by itself, and only where something has
// changed. It is no news.
func backupOfTheMinute(f *field) {
	assert.Equal(f, "active", f.sh("systemctl is-active authbook-recent.timer"))
	received, bucket := newBucket(f)
	f.sh(`echo 'BACKUP_COMMAND="curl -sSf -T - ` + bucket + `/"' >/etc/authbook/authbook.env`)
	defer f.sh("rm /etc/authbook/authbook.env")
	drain := func() (texts []string) {
		for len(received) > 0 {
			texts = append(texts, <-received)
		}
		return texts
	}
	within := func(limit time.Duration, name string) {
		f.Helper()
		started := time.Now()
		require.Eventually(f, func() bool {
			return strings.Contains(strings.Join(drain(), ""), name)
		}, limit, time.Second, name)
		f.Logf("%s was elsewhere after %s", name, time.Since(started).Round(time.Second))
	}
	// What was written in the second before a copy is in the next one again.
	f.sh("systemctl stop authbook-recent.timer authbook-recent.service")
	status, body := f.request("POST", "/signup", `{"username":"of this minute","password":"12341234","nickname":"x"}`)
	require.Equalf(f, 201, status, "%s", body)
	f.sh("sleep 2; systemctl start authbook-recent.timer")
	within(10*time.Minute, "of this minute")

	f.sh("mkdir -p /run/systemd/system/authbook-recent.timer.d; cd /run/systemd/system/authbook-recent.timer.d;" +
		" printf '[Timer]\\nOnActiveSec=\\nOnUnitInactiveSec=\\nOnActiveSec=3s\\nOnUnitInactiveSec=3s\\nAccuracySec=100ms\\n'" +
		" >quick.conf; systemctl daemon-reload; systemctl restart authbook-recent.timer")
	defer f.sh("rm -r /run/systemd/system/authbook-recent.timer.d; systemctl daemon-reload;" +
		" systemctl restart authbook-recent.timer")
	drain()
	newest := f.sh("ls -t /var/lib/authbook/backups/recent-* | head -n 1")
	before := f.sh("stat -c %Y /var/lib/authbook/backups/complete")
	require.Eventually(f, func() bool {
		return f.sh("stat -c %Y /var/lib/authbook/backups/complete") != before
	}, 10*time.Minute, time.Second, "it looks again")
	assert.Empty(f, drain(), "nothing has changed")
	assert.Equal(f, newest, f.sh("ls -t /var/lib/authbook/backups/recent-* | head -n 1"))
	assert.Empty(f, f.sh("journalctl --unit authbook-recent --no-pager --quiet"), "sixty runs an hour are no news")
	assert.Empty(f, f.sh("journalctl _PID=1 --no-pager --quiet --grep='final backup|BACKUP_COMMAND' || true"))
}
