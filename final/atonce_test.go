package main

import (
	"bufio"
	"io"
	"net/http"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// two are two servers on one database, as behind a load balancer.
func two(t *testing.T) (here, there *server) {
	t.Helper()
	databaseURL := testdb.URL(t)
	shared := func(c *config.Config) { c.DatabaseURL = databaseURL }
	return newServer(t, shared), newServer(t, shared)
}

// What ends a session or a right, ends it with the next request, on the other
// server too.
func TestAtOnce(t *testing.T) {
	const (
		none  = "INVALID_TOKEN"
		roles = "/admin/users/JIN%20HO/roles"
	)
	// state is what the next requests of one session are answered: a code, or
	// nothing for success.
	type state struct{ me, refresh, admin string }
	alive, over := state{}, state{none, none, none}
	rows := []struct {
		name        string
		do          func(s *server, access string, refresh *http.Cookie) answer
		own, others state // of the session that asked, and of another one of the same user
	}{
		{"nothing", func(s *server, access string, _ *http.Cookie) answer { return s.do("GET", "/me", "", bearer(access)) }, alive, alive},
		{"log-out by cookie", func(s *server, _ string, c *http.Cookie) answer { return s.do("POST", "/logout", "", cookie(c)) }, over, alive},
		{"log-out by token", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("POST", "/logout", "", bearer(access))
		}, over, alive},
		{"log-out everywhere", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("POST", "/logout/all", "", bearer(access))
		}, over, over},
		{"its session ended by its id", func(s *server, access string, c *http.Cookie) answer {
			return s.do("DELETE", "/me/sessions/"+sessionOf(c), "", bearer(access))
		}, over, alive},
		{"every other session ended", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("DELETE", "/me/sessions", "", bearer(access))
		}, alive, over},
		{"a new password", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`, bearer(access))
		}, alive, over},
		{"the account deleted by its owner", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("DELETE", "/me", `{"currentPassword":"12341234"}`, bearer(access))
		}, over, over},
		{"a role taken away", func(s *server, access string, _ *http.Cookie) answer {
			return s.do("PATCH", roles, `{"roles":["USER"]}`, bearer(access))
		}, state{admin: "ACCESS_DENIED"}, state{admin: "ACCESS_DENIED"}},
		{"disabled on the command line", byCommand("disable"), over, over},
		{"deleted on the command line", byCommand("delete"), over, over},
		{"a password reset on the command line", byCommand("reset-password"), over, over},
		{"ADMIN revoked on the command line", byCommand("revoke"), state{admin: "ACCESS_DENIED"}, state{admin: "ACCESS_DENIED"}},
		{"a refresh token used twice too late", func(s *server, _ string, c *http.Cookie) answer {
			second := s.do("POST", "/refresh", "", cookie(c)).refresh(s.t)
			s.do("POST", "/refresh", "", cookie(second))
			s.do("POST", "/refresh", "", cookie(c)) // two generations old
			return answer{}
		}, over, alive},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			here, there := two(t)
			here.signUp()
			require.Equal(t, http.StatusCreated,
				here.do("POST", "/signup", `{"username":"root","password":"12341234","nickname":"Root"}`).status)
			for _, name := range []string{"root", "jin ho"} { // so that nobody is the last
				here.makeAdmin(name)
			}
			access, refresh := here.logIn()
			otherAccess, otherRefresh := there.logIn()
			require.Equal(t, http.StatusOK, there.me(access), "the session is known on the other server")

			require.Less(t, row.do(here, access, refresh).status, 300)
			for _, s := range []*server{there, here} {
				look := func(access string, refresh *http.Cookie) state {
					return state{
						me:    s.do("GET", "/me", "", bearer(access)).code(),
						admin: s.do("PATCH", "/admin/users/root/roles", `{"roles":["ADMIN"]}`, bearer(access)).code(),
						// One generation old is fine: the grace.
						refresh: s.do("POST", "/refresh", "", cookie(refresh)).code(),
					}
				}
				assert.Equal(t, row.own, look(access, refresh), "the session that asked")
				assert.Equal(t, row.others, look(otherAccess, otherRefresh), "another session of the same user")
			}
		})
	}
}

func byCommand(command string) func(*server, string, *http.Cookie) answer {
	return func(s *server, _ string, _ *http.Cookie) answer {
		require.NoError(s.t, s.command(command, "JIN HO"))
		return answer{}
	}
}

// A client that passes the bearer check and then stretches its body must not act
// with a right that it lost meanwhile.
func TestAtOnce_aStretchedBodyDoesNotKeepARight(t *testing.T) {
	const body = `{"roles":["ADMIN","USER"]}`
	rows := []struct {
		name string
		lose []string // command of final admin
		code string
	}{
		{"nothing lost", []string{"list"}, ""},
		{"the role", []string{"revoke", "JIN HO"}, "ACCESS_DENIED"},
		{"the account disabled", []string{"disable", "JIN HO"}, "INVALID_TOKEN"},
		{"the account deleted", []string{"delete", "JIN HO"}, "INVALID_TOKEN"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t)
			s.signUp()
			require.Equal(t, http.StatusCreated,
				s.do("POST", "/signup", `{"username":"root","password":"12341234","nickname":"Root"}`).status)
			for _, name := range []string{"root", "jin ho"} {
				s.makeAdmin(name)
			}
			access, _ := s.logIn()
			conn := dial(t, s.listen())
			_, err := io.WriteString(conn, "PATCH /admin/users/JIN%20HO/roles HTTP/1.1\r\n"+rawJSON+
				"Authorization: Bearer "+access+"\r\nExpect: 100-continue\r\nContent-Length: 26\r\n\r\n")
			require.NoError(t, err)
			reader := bufio.NewReader(conn)
			line, err := reader.ReadString('\n') // 100 Continue: a handler waits for the body
			require.NoError(t, err)
			require.Contains(t, line, " 100 ")
			_, _ = reader.ReadString('\n')

			require.NoError(t, s.command(row.lose...))
			_, err = io.WriteString(conn, body)
			require.NoError(t, err)
			res, err := http.ReadResponse(reader, nil)
			require.NoError(t, err)
			text, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			assert.Equal(t, row.code, answer{body: string(text)}.code(), string(text))
			if row.name == "the role" {
				assert.NotContains(t, s.output("list"), "JIN HO    Mentos    ADMIN", "nobody gives it back to themselves")
			}
		})
	}
}
