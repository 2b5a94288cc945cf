//go:build unix

package main

import (
	"cmp"
	"fmt"
	"net/http"
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
