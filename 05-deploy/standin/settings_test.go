//go:build unix

package main

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/authbook/05-deploy/internal/load"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A release without Swagger UI is in order where the operator wants none.
func withoutSwagger(f *field) {
	f.sh("echo SWAGGER=off >/etc/authbook/authbook.env")
	printed := f.deploy(numbered(20))
	assert.Contains(f, printed, "ok      Swagger UI is off")
	status, _ := f.request("GET", "/swagger/index.html", "")
	assert.Equal(f, http.StatusNotFound, status)
	f.sh("rm /etc/authbook/authbook.env")
	assert.Contains(f, f.deploy(numbered(21)), "ok      Swagger UI is there")
}

// Anybody may ask for /healthz as often as they like. Who signs up meanwhile is in
// the audit log all the same, whatever else goes wrong. The journal's own limit is
// set so low here that a slow machine reaches it: it has no part in this.
func floodHidesNobody(f *field) {
	const lines = 5_000 // more than the journal takes: some times RateLimitBurst, for a disk with much room
	const slot = `authbook@$(basename "$(readlink /opt/authbook/current)").service`
	f.sh("mkdir -p /run/systemd/journald.conf.d; printf '[Journal]\\nRateLimitIntervalSec=60s\\nRateLimitBurst=100\\n'" +
		" >/run/systemd/journald.conf.d/limit.conf; systemctl restart systemd-journald")
	defer f.sh("rm -r /run/systemd/journald.conf.d; systemctl restart systemd-journald")
	rows := []struct{ name, before, after string }{
		{"a flood of requests", "true", "journalctl --sync"},
		{"a journal that hangs for 10 s", "kill -STOP $(pidof systemd-journald)",
			"sleep 10; kill -CONT $(pidof systemd-journald)"},
		{"a server that is killed", "true", "systemctl kill --signal=KILL " + slot},
	}
	var first string
	clients := load.Start(f.url())
	for i, row := range rows {
		enough := clients.Answered() + lines
		f.sh(row.before)
		require.Eventually(f, func() bool { return clients.Answered() > enough }, time.Minute, 10*time.Millisecond)
		id := f.signsUp(fmt.Sprintf("flood %d", i))
		f.sh(row.after)
		f.untilServing()
		assert.Equal(f, "1", f.sh("cat /var/log/authbook/audit-*.log | grep -c "+id+"; true"),
			"%s: the audit record of the sign-up %s", row.name, id)
		first = cmp.Or(first, id)
	}
	answered, lost := clients.End()
	f.Logf("%d answered, %d lost with the server that was killed", answered, lost)
	assert.NotEqual(f, "0", f.sh("journalctl --boot --identifier authbook | grep -c "+first+"; true"),
		"the unit lets the journal keep every line of a flood")
}

// signsUp returns the id of the request.
func (f *field) signsUp(name string) string {
	f.Helper()
	body := fmt.Sprintf(`{"username":%q,"password":"12341234","nickname":"x"}`, name)
	res, err := http.Post(f.url()+"/signup", "application/json", strings.NewReader(body))
	require.NoError(f, err)
	require.NoError(f, res.Body.Close())
	require.Equal(f, http.StatusCreated, res.StatusCode)
	return res.Header.Get("X-Request-ID")
}

// systemd reads the file of the settings in its own way, and the process must have
// what was sent.
func settingComesBack(f *field) {
	const odd = `/var/log/authbook/a'b"c\d$HOME#e ;f %i` + "`g`h"
	const slot = `authbook@$(basename "$(readlink /opt/authbook/current)").service`
	printed, err := f.ship(asItIs, "set", f.host(), "AUDIT_DIR="+odd)
	require.NoErrorf(f, err, "%s", printed)
	found := f.sh(`tr '\0' '\n' </proc/$(systemctl show --property=MainPID --value ` + slot + `)/environ | grep ^AUDIT_DIR=`)
	assert.Equal(f, "AUDIT_DIR="+odd, found)
	assert.Equal(f, "600 root", f.sh("stat -c '%a %U' /etc/authbook/authbook.env"))
	for _, row := range []struct{ setting, want string }{
		{"RATE_LIMIT=fast", "RATE_LIMIT must be a number above 0"},
		{"PASSWORD_BLOCKLIST=/home/admin/list", "PASSWORD_BLOCKLIST: "}, // which the service can't see
		{"SWAGER=off", "SWAGER is no variable of this release"},
	} {
		set := func() error { _, err := f.ship(asItIs, "set", f.host(), row.setting); return err }
		f.staysAsItWas(set, func() {}, row.want)
	}
	_, err = f.ship(asItIs, "unset", f.host(), "AUDIT_DIR")
	require.NoError(f, err)
	f.knowsItsUsers()
}

// Who moves the users closes the server first, and loses nobody meanwhile.
func closedForMaintenance(f *field) {
	_, err := f.ship(asItIs, "maintenance", f.host(), "on")
	require.NoError(f, err)
	status, body := f.request("POST", "/login", `{"username":"JIN HO","password":"12341234"}`)
	assert.Equalf(f, http.StatusServiceUnavailable, status, "%s", body)
	users := filepath.Join(f.TempDir(), "users.jsonl")
	_, err = f.ship(asItIs, "export", f.host(), users)
	require.NoError(f, err)
	text, err := os.ReadFile(users)
	require.NoError(f, err)
	assert.Contains(f, string(text), `"username":"JIN HO"`)
	assert.Equal(f, "", f.sh("find /var/lib/authbook -name '*.jsonl' -o -name 'uploaded-*'"), "nothing of it stays")
	_, err = f.ship(asItIs, "import", f.host(), users)
	require.ErrorContains(f, err, "the database has users already")
	_, err = f.ship(asItIs, "maintenance", f.host(), "off")
	require.NoError(f, err)
	f.knowsItsUsers()
}
