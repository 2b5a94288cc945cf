package testdb

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// bouncerSettings is what docs/operations.md tells an operator to set.
const bouncerSettings = `
pool_mode = transaction
ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout
`

// PgBouncer starts a PgBouncer in front of the cluster, which hands each
// transaction to the next free of four connections, and returns a function for
// the URL of a database behind it. It skips the test where there is none.
func (c *Cluster) PgBouncer() (databaseURL func(database string) string) {
	c.t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		c.t.Skip("pgbouncer is missing; install it with: apt-get install pgbouncer")
	}
	file := func(name string) string { return filepath.Join(c.dir, name) }
	settings := fmt.Sprintf("[databases]\n* = host=%s user=authbook\n"+
		"[pgbouncer]\nunix_socket_dir = %s\nlisten_port = 6432\nauth_type = any\npidfile = %s\nlogfile = %s\n"+
		"default_pool_size = 4\n%s", c.dir, c.dir, file("bouncer.pid"), file("bouncer.log"), bouncerSettings)
	require.NoError(c.t, os.WriteFile(file("bouncer.ini"), []byte(settings), 0o644))
	output, err := c.ordinary(program, "-d", file("bouncer.ini")).CombinedOutput()
	require.NoError(c.t, err, "%s", output)
	c.t.Cleanup(func() { c.stopBouncer(file("bouncer.pid")) })
	listens := func() bool {
		conn, err := net.Dial("unix", file(".s.PGSQL.6432")) // the file is there a moment before
		return err == nil && conn.Close() == nil
	}
	require.Eventually(c.t, listens, 10*time.Second, 10*time.Millisecond, "pgbouncer does not listen")
	return func(database string) string {
		query := url.Values{"host": {c.dir}, "port": {"6432"}, "default_query_exec_mode": {"exec"}}
		return "postgres://authbook@/" + database + "?" + query.Encode()
	}
}

func (c *Cluster) stopBouncer(pidFile string) {
	text, err := os.ReadFile(pidFile)
	require.NoError(c.t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	require.NoError(c.t, err)
	bouncer, err := os.FindProcess(pid)
	require.NoError(c.t, err)
	require.NoError(c.t, bouncer.Kill())
}
