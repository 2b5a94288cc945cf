//go:build unix

package main

import (
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

// Anybody may ask for /healthz as often as they like. Who signs up meanwhile is
// in the audit log all the same. The journal's own limit is set so low here that
// a slow machine reaches it: it has no part in this.
func floodHidesNobody(f *field) {
	const lines = 5_000 // more than the journal takes: some times RateLimitBurst, for a disk with much room
	f.sh("mkdir -p /run/systemd/journald.conf.d; printf '[Journal]\\nRateLimitIntervalSec=60s\\nRateLimitBurst=100\\n'" +
		" >/run/systemd/journald.conf.d/limit.conf; systemctl restart systemd-journald")
	defer f.sh("rm -r /run/systemd/journald.conf.d; systemctl restart systemd-journald")
	clients := load.Start(f.url())
	require.Eventually(f, func() bool { return clients.Answered() > lines }, time.Minute, 10*time.Millisecond)
	var ids []string
	for i := range 3 {
		body := fmt.Sprintf(`{"username":"flood %d","password":"12341234","nickname":"x"}`, i)
		res, err := http.Post(f.url()+"/signup", "application/json", strings.NewReader(body))
		require.NoError(f, err)
		require.NoError(f, res.Body.Close())
		require.Equal(f, http.StatusCreated, res.StatusCode)
		ids = append(ids, res.Header.Get("X-Request-ID"))
	}
	answered, lost := clients.End()
	f.Logf("%d answered, %d lost", answered, lost)
	for _, id := range ids {
		found := f.sh("cat /var/log/authbook/audit-*.log | grep -c " + id + "; true")
		assert.Equal(f, "1", found, "the audit record of the sign-up %s", id)
	}
}
