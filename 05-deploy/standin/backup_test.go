//go:build unix

package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// backupOfTheDay is made by the timer's service. What takes it elsewhere belongs
// to nobody, sees nothing else of the machine, and has the network.
func backupOfTheDay(f *field) {
	assert.Equal(f, "active", f.sh("systemctl is-active authbook-backup.timer"))
	received := make(chan string, 1)
	bucket := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received <- string(body)
	}))
	var err error
	bucket.Listener, err = net.Listen("tcp", f.guest.subnet+".1:0")
	require.NoError(f, err)
	bucket.Start()
	defer bucket.Close()

	f.sh(`cat >/etc/authbook/authbook.env <<'END'
BACKUP_COMMAND="[ ! -r /var/lib/authbook/authbook.db ] && [ ! -r /etc/authbook/auth_secret ] || exit 9;` +
		` ! touch /etc/x /var/x /opt/x 2>/dev/null || exit 8; [ \$(id -u) -gt 60000 ] || exit 7;` +
		` curl -sSf -T - ` + bucket.URL + `/"
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
	_, err = f.shell("systemctl start authbook-backup.service")
	require.Error(f, err, "who asks systemd sees that it failed")
	assert.Contains(f, f.sh("journalctl --unit authbook-backup --no-pager"),
		"no copy of today is elsewhere: no such bucket")
	f.sh("systemctl stop authbook-backup.service; systemctl reset-failed; rm /etc/authbook/authbook.env")
}
