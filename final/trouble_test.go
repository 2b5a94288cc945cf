package main

import (
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// trouble is what can happen to the database of a running server.
type trouble struct {
	name string
	slow bool // takes seconds, and so runs only where crashes are asked for
	// prepare returns the database's URL and what brings the trouble about and
	// ends it.
	prepare func(t *testing.T) (databaseURL string, happen, end func(*serverProcess))
}

// Under load the database gets into trouble and out of it. Meanwhile requests
// are told so, nobody is let in and nobody is logged out. Afterwards everything
// goes on, without a restart, and what clients were told is true.
func TestTrouble(t *testing.T) {
	t.Parallel()
	for _, row := range []trouble{
		{"no file may grow", false, noFileMayGrow},
		{"the disk is full", true, diskIsFull},
		{"another process holds SQLite's write lock", true, sqliteIsLocked},
		{"PostgreSQL stops and starts again", false, postgresStops},
		{"PostgreSQL goes silent", true, postgresGoesSilent},
		{"PostgreSQL turns read-only", false, postgresTurnsReadOnly},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.slow && os.Getenv("AUTHBOOK_TEST_CRASHES") == "" {
				t.Skip("set AUTHBOOK_TEST_CRASHES to run what takes seconds")
			}
			databaseURL, happen, end := row.prepare(t)
			s := startProcess(t, map[string]string{"DATABASE_URL": databaseURL, "TRUSTED_PROXIES": "127.0.0.1"})
			s.inTrouble = true
			people := s.loadUntil(func() {
				s.waitForAnswers(50)
				happen(s)
				s.waitUntilReadyIs(http.StatusServiceUnavailable)
				assert.Equal(t, http.StatusOK, s.must("GET", "/healthz", "").status, "a restart would not help")
				s.waitForRefusals()
				end(s)
				s.waitUntilReadyIs(http.StatusOK)
				s.waitForAnswers(50)
				s.enough.Store(true)
			})
			assert.Empty(t, s.lost, "requests got no answer")
			require.NotEmpty(t, people)
			for _, p := range people {
				s.checkPromises(p)
			}
			assert.NotContains(t, s.log.String(), "goroutine ", "nothing may panic")
		})
	}
}

func (s *serverProcess) waitUntilReadyIs(status int) {
	s.t.Helper()
	eventually(s.t, "readiness must turn "+strconv.Itoa(status), func() bool {
		a := s.must("GET", "/readyz", "")
		if a.status == http.StatusServiceUnavailable {
			assert.Equal(s.t, "UNAVAILABLE", a.code())
			assert.NotEmpty(s.t, a.header.Get("Retry-After"))
		}
		return a.status == status
	})
}

// waitForRefusals waits until each client was refused, on the average.
func (s *serverProcess) waitForRefusals() {
	s.t.Helper()
	eventually(s.t, "clients must be told that the server cannot answer", func() bool { return s.refusals.Load() >= 8 })
}

// noFileMayGrow sets the limit RLIMIT_FSIZE of the process, which fails a write
// as a full disk does, and needs no rights.
func noFileMayGrow(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	if _, err := exec.LookPath("prlimit"); err != nil {
		t.Skip("prlimit is missing; it comes with util-linux")
	}
	limit := func(bytes string) func(*serverProcess) {
		return func(s *serverProcess) {
			out, err := exec.Command("prlimit", "--pid", strconv.Itoa(s.cmd.Process.Pid), "--fsize="+bytes+":").CombinedOutput()
			require.NoError(t, err, "%s", out)
		}
	}
	return testdb.SQLite(t), limit("1"), limit("unlimited")
}

// diskIsFull fills a small file system.
func diskIsFull(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("only root can mount a small disk: %s", out)
	}
	t.Cleanup(func() { assert.NoError(t, exec.Command("umount", "--lazy", dir).Run()) })
	filler := filepath.Join(dir, "filler")
	fill := func(*serverProcess) {
		file, err := os.Create(filler)
		require.NoError(t, err)
		defer file.Close()
		for _, size := range []int{64 << 10, 512} {
			for err == nil {
				_, err = file.Write(make([]byte, size))
			}
			err = nil
		}
	}
	return filepath.Join(dir, "authbook.db"), fill, func(*serverProcess) { require.NoError(t, os.Remove(filler)) }
}

// sqliteIsLocked holds the write lock, as a tool does that an operator has left
// in the middle of a transaction.
func sqliteIsLocked(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	path := testdb.SQLite(t)
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	var tx *sql.Tx
	return path,
		func(*serverProcess) { tx, err = db.Begin(); require.NoError(t, err) },
		func(*serverProcess) { require.NoError(t, tx.Rollback()) }
}

func postgresStops(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	c := testdb.NewCluster(t)
	return c.URL(), func(*serverProcess) { c.Stop() }, func(*serverProcess) { c.Start() }
}

// postgresTurnsReadOnly is what a server sees whose database was demoted: it
// answers, and takes no writes.
func postgresTurnsReadOnly(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	c := testdb.NewCluster(t)
	set := func(value string) func(*serverProcess) {
		return func(*serverProcess) {
			c.Execute("ALTER SYSTEM SET default_transaction_read_only = " + value)
			c.Execute("SELECT pg_reload_conf()")
		}
	}
	return c.URL(), set("on"), set("off")
}

// postgresGoesSilent puts a proxy in between that stops to pass bytes on: a
// network that swallows packets, or a machine that hangs.
func postgresGoesSilent(t *testing.T) (string, func(*serverProcess), func(*serverProcess)) {
	c := testdb.NewCluster(t)
	p := &silentProxy{t: t, target: c.Socket()}
	return "postgres://authbook@" + p.listen() + "/postgres?sslmode=disable",
		func(*serverProcess) { p.silent.Lock() },
		func(*serverProcess) { p.silent.Unlock() }
}

// silentProxy passes bytes on while nobody holds silent for writing.
type silentProxy struct {
	t      *testing.T
	target string
	silent sync.RWMutex
}

func (p *silentProxy) listen() (address string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(p.t, err)
	p.t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.pass(client)
		}
	}()
	return listener.Addr().String()
}

func (p *silentProxy) pass(client net.Conn) {
	server, err := net.Dial("unix", p.target)
	if err != nil {
		client.Close()
		return
	}
	go func() { _, _ = io.Copy(&hushed{p, server}, client); server.Close() }()
	_, _ = io.Copy(&hushed{p, client}, server)
	client.Close()
}

// hushed writes only while the proxy is not silent.
type hushed struct {
	proxy *silentProxy
	to    io.Writer
}

func (h *hushed) Write(b []byte) (int, error) {
	h.proxy.silent.RLock()
	defer h.proxy.silent.RUnlock()
	return h.to.Write(b)
}
