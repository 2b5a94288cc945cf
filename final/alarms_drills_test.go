package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// quick is enough of a minute where nothing takes seconds by itself.
const quick = 600 * time.Millisecond

var drills = []drill{
	{"the process is gone", []string{"AuthbookDown"}, quick,
		(*watched).restart, func(w *watched) { w.server.kill() }, (*watched).restart},
	// Four starts have to be seen in fifteen minutes.
	{"it starts over and over", []string{"AuthbookRestarts"}, 2 * time.Second, (*watched).restart, startAnew, nil},
	{"the database is locked", []string{"AuthbookNotReady", "AuthbookErrors", "AuthbookDatabaseFails"}, 2 * time.Second,
		lockTheDatabase, nil, func(w *watched) { w.unlock() }},
	{"clients wait for their answers", []string{"AuthbookSlow"}, quick, (*watched).restart, slowRequests, nil},
	{"the disk of the audit log is full", []string{"AuthbookDiskFull", "AuthbookAuditWaits"}, quick,
		fullAuditDisk, logInsInVain, func(w *watched) { mount(w, "remount,size=1g") }},
	{"nobody reads the log", []string{"AuthbookLogLosesLines"}, quick, unreadLog, manyLines, readLog},
	{"the certificate ends soon", []string{"AuthbookCertificateEnds"}, quick,
		func(w *watched) { withCertificate(w, 10) }, nil, func(w *watched) { withCertificate(w, 60) }},
	{"the backups are old", []string{"AuthbookNoBackup", "AuthbookNoBackupElsewhere"}, quick,
		func(w *watched) { backups(w, 27*time.Hour); w.env["BACKUP_COMMAND"] = "true"; w.restart() }, nil,
		func(w *watched) { backups(w, 0) }},
	{"a used refresh token comes back", []string{"AuthbookTokenStolen"}, quick, (*watched).restart, stolenToken, nil},
	{"somebody guesses passwords", []string{"AuthbookGuessing"}, quick, (*watched).restart, logInsInVain, nil},
}

// startAnew waits until Prometheus has seen the new process.
func startAnew(w *watched) {
	const began = "process_start_time_seconds"
	before := w.query(began)
	w.restart()
	eventually(w.t, "prometheus must see the new process", func() bool { return w.query(began) != before })
}

func lockTheDatabase(w *watched) {
	path, lock, unlock := sqliteIsLocked(w.t)
	w.env["DATABASE_URL"] = path
	w.unlock = func() { unlock(w.server) }
	w.restart()
	lock(w.server)
	w.refusedNowAndThen()
}

// refusedNowAndThen is a log-in twice a second, until the test ends. Each waits for
// some seconds before it is told that the database does not answer.
func (w *watched) refusedNowAndThen() {
	ticker := time.NewTicker(time.Second / 2)
	w.t.Cleanup(ticker.Stop)
	over := w.t.Context().Done()
	go func() {
		for {
			select {
			case <-over:
				return
			case <-ticker.C:
				go func() { _, _ = w.server.send("POST", "/login", `{"username":"nobody","password":"12341234"}`) }()
			}
		}
	}()
}

// logInsInVain are eight log-ins at a time, of names that nobody has.
func logInsInVain(w *watched) {
	atOnce(func() { _, _ = w.server.send("POST", "/login", `{"username":"nobody","password":"12341234"}`) })
}

// slowRequests are requests whose body takes a while to arrive.
func slowRequests(w *watched) {
	atOnce(func() {
		body, writer := io.Pipe()
		time.AfterFunc(1500*time.Millisecond, func() { _, _ = io.WriteString(writer, testkit.JinHoLogsIn); writer.Close() })
		r, err := http.NewRequest("POST", w.server.url+"/login", body)
		if !assert.NoError(w.t, err) {
			return
		}
		r.Header.Set("Content-Type", "application/json")
		res, err := w.server.client.Do(r)
		if assert.NoError(w.t, err) {
			res.Body.Close()
		}
	})
}

func atOnce(request func()) {
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(request)
	}
	clients.Wait()
}

func fullAuditDisk(w *watched) {
	path, fill, _ := diskIsFull(w.t)
	w.env["AUDIT_DIR"] = filepath.Join(filepath.Dir(path), "audit")
	w.restart()
	fill(w.server)
}

func mount(w *watched, options string) {
	out, err := exec.Command("mount", "-o", options, filepath.Dir(w.env["AUDIT_DIR"])).CombinedOutput()
	require.NoError(w.t, err, "%s", out)
}

func unreadLog(w *watched) {
	reader, writer, err := os.Pipe()
	require.NoError(w.t, err)
	w.t.Cleanup(func() { reader.Close() })
	w.unread = reader
	w.server = newProcess(w.t, w.env)
	w.server.cmd.Stderr = writer
	w.server.start()
	require.NoError(w.t, writer.Close())
}

func manyLines(w *watched) { w.server.pollUntil(w.server.answers.Load() + 2000) }

func readLog(w *watched) { go func() { _, _ = io.Copy(io.Discard, w.unread) }() }

// withCertificate starts the server with one that is good for so many days more.
func withCertificate(w *watched, days int) {
	w.env["DOMAIN"], w.env["HTTPS_ADDR"], w.env["CERT_DIR"] = "auth.example.com", "127.0.0.1:0", w.t.TempDir()
	w.env["ACME_DIRECTORY"] = "https://127.0.0.1:1/" // nobody is there
	certificate, key := testkit.SelfSigned(w.t, w.env["DOMAIN"], time.Now().AddDate(0, 0, days))
	kept := filepath.Join(w.env["CERT_DIR"], w.env["DOMAIN"])
	require.NoError(w.t, os.WriteFile(kept, append(key, certificate...), 0o600))
	w.restart()
}

// backups leaves what the units leave that copy the database.
func backups(w *watched, age time.Duration) {
	dir, made := filepath.Join(filepath.Dir(w.env["DATABASE_URL"]), "backups"), time.Now().Add(-age)
	require.NoError(w.t, os.MkdirAll(dir, 0o700))
	for _, name := range []string{"daily.db", "elsewhere"} {
		require.NoError(w.t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
		require.NoError(w.t, os.Chtimes(filepath.Join(dir, name), made, made))
	}
}

// stolenToken refreshes twice and comes back with the first token.
func stolenToken(w *watched) {
	s := w.server
	_, err := s.send("POST", "/signup", testkit.JinHo) // the second time the name is taken
	require.NoError(w.t, err)
	first := refreshCookie(w, s.must("POST", "/login", testkit.JinHoLogsIn))
	second := refreshCookie(w, s.must("POST", "/refresh", "", cookie(first)))
	refreshCookie(w, s.must("POST", "/refresh", "", cookie(second)))
	require.Equal(w.t, http.StatusUnauthorized, s.must("POST", "/refresh", "", cookie(first)).status)
}

func refreshCookie(w *watched, a answer) *http.Cookie {
	res := http.Response{Header: a.header}
	for _, c := range res.Cookies() {
		if strings.HasSuffix(c.Name, "refresh") {
			return c
		}
	}
	require.FailNow(w.t, "no refresh token", a.body)
	return nil
}
