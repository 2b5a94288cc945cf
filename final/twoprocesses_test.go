package main

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onEach runs a test on each database that there is.
func onEach(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, testdb.SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, testdb.Postgres(t)) })
}

// pair starts two servers, each a process of its own, on one database.
func pair(t *testing.T, databaseURL string) [2]*serverProcess {
	t.Helper()
	env := map[string]string{"DATABASE_URL": databaseURL}
	return [2]*serverProcess{startProcess(t, env), startProcess(t, env)}
}

// logInAt signs the README's user up, if need be, and logs them in.
func logInAt(t *testing.T, s *serverProcess) (access string, refresh *http.Cookie) {
	t.Helper()
	require.Contains(t, []int{http.StatusCreated, http.StatusConflict}, s.must("POST", "/signup", testkit.JinHo).status)
	a := s.must("POST", "/login", testkit.JinHoLogsIn)
	require.Equal(t, http.StatusOK, a.status, a.body)
	return a.token(t), a.refresh(t)
}

func TestTwoProcesses_fiftyRefreshesGiveOneSuccessor(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, databaseURL string) {
		servers := pair(t, databaseURL)
		_, first := logInAt(t, servers[0])
		const clients = 50
		answers := make([]answer, clients)
		var all sync.WaitGroup
		for i := range clients {
			all.Go(func() { answers[i] = servers[i%2].must("POST", "/refresh", "", cookie(first)) })
		}
		all.Wait()
		successor := answers[0].refresh(t)
		for _, a := range answers {
			require.Equal(t, http.StatusOK, a.status, a.body)
			assert.Equal(t, successor.Value, a.refresh(t).Value)
			assert.Equal(t, http.StatusOK, servers[0].must("GET", "/me", "", bearer(a.token(t))).status)
		}

		// The successor works, and then the first token is two generations old.
		last := servers[1].must("POST", "/refresh", "", cookie(successor))
		require.Equal(t, http.StatusOK, last.status)
		assert.Equal(t, http.StatusUnauthorized, servers[0].must("POST", "/refresh", "", cookie(first)).status)
		for _, s := range servers {
			assert.Equal(t, http.StatusUnauthorized, s.must("GET", "/me", "", bearer(last.token(t))).status,
				"reuse ends the session")
		}
	})
}

func TestTwoProcesses_sixtyLogInsLeaveFiftySessions(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, databaseURL string) {
		servers := pair(t, databaseURL)
		logInAt(t, servers[0])
		answers := make([]answer, 60)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = servers[i%2].must("POST", "/login", testkit.JinHoLogsIn) })
		}
		all.Wait()
		live := 0
		for i, a := range answers {
			require.Equal(t, http.StatusOK, a.status, a.body)
			if servers[i%2].must("GET", "/me", "", bearer(a.token(t))).status == http.StatusOK {
				live++
			}
		}
		assert.Equal(t, 50, live, "the first log-in and ten of these had to go")
	})
}

// Nothing that a racing refresh got works once a log-out was answered.
func TestTwoProcesses_nothingWorksAfterLogOutHasAnswered(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, databaseURL string) {
		servers := pair(t, databaseURL)
		t.Run("of one session", func(t *testing.T) {
			for range 3 {
				_, first := logInAt(t, servers[0])
				raceLogOut(t, servers, []*http.Cookie{first}, func() answer {
					return servers[1].must("POST", "/logout", "", cookie(first)) // of any generation
				})
			}
		})
		t.Run("of every session", func(t *testing.T) {
			var sessions []*http.Cookie
			for range 4 {
				_, refresh := logInAt(t, servers[0])
				sessions = append(sessions, refresh)
			}
			access, _ := logInAt(t, servers[0])
			raceLogOut(t, servers, sessions, func() answer {
				return servers[1].must("POST", "/logout/all", "", bearer(access))
			})
		})
	})
}

// raceLogOut refreshes each session without a pause, on both servers in turn,
// logs out meanwhile, and tries all that the refreshes got.
func raceLogOut(t *testing.T, servers [2]*serverProcess, sessions []*http.Cookie, logOut func() answer) {
	t.Helper()
	got := make([][]answer, len(sessions))
	var (
		racing, all sync.WaitGroup
		answered    atomic.Bool // the log-out
	)
	racing.Add(len(sessions))
	for i, refresh := range sessions {
		all.Go(func() {
			for n := 0; !answered.Load(); n++ {
				a := servers[n%2].must("POST", "/refresh", "", cookie(refresh))
				if a.status != http.StatusOK {
					assert.Equal(t, http.StatusUnauthorized, a.status, a.body)
					assert.Empty(t, a.header.Values("Set-Cookie"), "who loses a race keeps the cookie")
					return
				}
				got[i], refresh = append(got[i], a), a.refresh(t)
				if n == 0 {
					racing.Done()
				}
			}
		})
	}
	racing.Wait()
	status := logOut().status
	answered.Store(true)
	all.Wait()
	require.Equal(t, http.StatusNoContent, status)
	for _, answers := range got {
		require.NotEmpty(t, answers)
		for i, a := range answers {
			assert.Equal(t, http.StatusUnauthorized, servers[i%2].must("GET", "/me", "", bearer(a.token(t))).status)
		}
		newest := answers[len(answers)-1].refresh(t)
		assert.Equal(t, http.StatusUnauthorized, servers[0].must("POST", "/refresh", "", cookie(newest)).status)
	}
}

// fleet is the servers that a load balancer knows.
type fleet struct {
	live atomic.Pointer[[]*serverProcess]
}

// replace starts a server with new settings beside the one at i, sends requests
// there, and only then tells the old one to stop: a deploy.
func (f *fleet) replace(t *testing.T, i int, env map[string]string) {
	t.Helper()
	next := append([]*serverProcess(nil), *f.live.Load()...)
	old := next[i]
	next[i] = startProcess(t, env)
	f.live.Store(&next)
	old.terminate()
}

// The three deploys of a rotation of the secret, on two servers, one after the
// other, while clients work: nobody gets a 401.
func TestTwoProcesses_rotatingTheSecretLogsNobodyOut(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	const newSecret = "another-secret-of-43-characters-Zq8vR2tLw0p"
	onEach(t, func(t *testing.T, databaseURL string) {
		env := func(secret, previous string) map[string]string {
			return map[string]string{"DATABASE_URL": databaseURL, "AUTH_SECRET": secret, "AUTH_SECRET_PREVIOUS": previous}
		}
		var f fleet
		f.live.Store(&[]*serverProcess{startProcess(t, env(testkit.Secret, "")), startProcess(t, env(testkit.Secret, ""))})
		deployed := func(secret, previous string) {
			for i := range 2 {
				f.replace(t, i, env(secret, previous))
			}
		}
		access, _ := logInAt(t, (*f.live.Load())[0])

		stop := make(chan struct{})
		var (
			work     sync.WaitGroup
			requests atomic.Int64
		)
		server := func() *serverProcess { live := *f.live.Load(); return live[int(requests.Add(1))%len(live)] }
		// Each client has a session of its own, and asks each server in turn.
		client := func(refreshes bool, access string, refresh *http.Cookie) {
			for {
				select {
				case <-stop:
					return
				case <-t.Context().Done(): // the test has failed before its end
					return
				default:
				}
				a, err := server().send("GET", "/me", "", bearer(access))
				if err == nil && !assert.Equal(t, http.StatusOK, a.status, a.body) {
					return
				}
				if !refreshes {
					continue
				}
				// No answer, from a server that stops: the same token again.
				a, err = server().send("POST", "/refresh", "", cookie(refresh))
				if err == nil && assert.Equal(t, http.StatusOK, a.status, a.body) {
					access, refresh = a.token(t), a.refresh(t)
				}
				<-time.After(time.Millisecond) // as long as a client thinks
			}
		}
		for i := range 6 {
			access, refresh := logInAt(t, server()) // before a deploy: nobody repeats a log-in
			work.Go(func() { client(i%2 == 0, access, refresh) })
		}
		deployed(testkit.Secret, newSecret) // 1: all read the new secret
		deployed(newSecret, testkit.Secret) // 2: all sign with it
		eventually(t, "clients must have worked", func() bool { return requests.Load() > 100 })
		close(stop)
		work.Wait()
		require.False(t, t.Failed())
		assert.Equal(t, http.StatusOK, (*f.live.Load())[0].must("GET", "/me", "", bearer(access)).status,
			"a token from before")

		// 3: the old secret goes, when every client has refreshed.
		stop = make(chan struct{})
		for range 3 {
			access, refresh := logInAt(t, server())
			work.Go(func() { client(true, access, refresh) })
		}
		deployed(newSecret, "")
		close(stop)
		work.Wait()
		for _, s := range *f.live.Load() {
			assert.Equal(t, http.StatusUnauthorized, s.must("GET", "/me", "", bearer(access)).status,
				"the old secret is worth nothing now")
		}
		assert.False(t, strings.Contains((*f.live.Load())[0].log.String(), newSecret))
	})
}
