package accounts

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeDevices take the device's name and its user from one cookie.
type fakeDevices struct{}

func (fakeDevices) Remember(w http.ResponseWriter, u User) {
	http.SetCookie(w, &http.Cookie{Name: "device", Value: deviceOf(u)})
}

func (fakeDevices) Recognize(r *http.Request, u User) (string, bool) {
	cookie, err := r.Cookie("device")
	if err != nil {
		return "", false
	}
	return cookie.Value, u.ID != "" && cookie.Value == deviceOf(u)
}

func deviceOf(u User) string { return fmt.Sprint(u.ID, "-", u.PasswordVersion) }

const (
	homeAddress     = "192.0.2.1"
	attackerAddress = "203.0.113.1"
)

// besieged is a server whose user's account and address have no budget left.
func besieged(t *testing.T) (s *server, user User, token string) {
	t.Helper()
	s = newServer()
	s.service.config.Devices = fakeDevices{}
	user = s.add("JIN HO", "12341234", RoleUser)
	token = s.logIn(t, user)
	spray(t, s.service.guard, homeAddress, addressBudget)
	for i := range accountBudget {
		s.service.guard.fail(t, newAttempt("jin ho", fmt.Sprint(attackerAddress, i)), 1)
	}
	return s, user, token
}

func TestProof_passesTheBudgetsOfOthers(t *testing.T) {
	const right, wrong = 200, 401
	rows := []struct {
		name    string
		request func(u User, token string) request
		status  int
	}{
		{"a new browser waits", func(User, string) request { return request{do: "POST /login", body: sampleLogIn} }, 429},
		{"a browser that has logged in before comes in", func(u User, _ string) request {
			return request{do: "POST /login", body: sampleLogIn, device: deviceOf(u)}
		}, right},
		{"with a wrong password it hears that", func(u User, _ string) request {
			return request{do: "POST /login", body: logInWith("JIN HO"), device: deviceOf(u)}
		}, wrong},
		{"the cookie of another user is none", func(User, string) request {
			return request{do: "POST /login", body: sampleLogIn, device: deviceOf(User{ID: "another"})}
		}, 429},
		{"nor is one for a name that nobody has", func(u User, _ string) request {
			return request{do: "POST /login", body: logInWith("nobody"), device: deviceOf(u)}
		}, 429},
		{"a live session may change the password", func(_ User, token string) request {
			return request{do: "PUT /me/password", body: newPassword, token: token}
		}, 204},
		{"and delete the account", func(_ User, token string) request {
			return request{do: "DELETE /me", body: deleteAccount, token: token}
		}, 204},
	}
	exercise.Needs(t, handlerExercises()...)
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, user, token := besieged(t)
				send := r.request(user, token)
				send.from = homeAddress
				assert.Equal(t, r.status, s.do(send).status)
			})
		})
	}
}

// A stolen proof must not be a way to guess without end.
func TestProof_hasABudgetOfItsOwn(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	rows := []struct {
		name  string
		guess func(u User, token string) request
	}{
		{"a cookie", func(u User, _ string) request {
			return request{do: "POST /login", body: logInWith("JIN HO"), device: deviceOf(u)}
		}},
		{"a session", func(_ User, token string) request {
			return request{do: "DELETE /me", body: `{"currentPassword":"wrong"}`, token: token}
		}},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, user, token := besieged(t)
				judged := 0
				for range 300 { // some 50 minutes
					send := r.guess(user, token)
					send.from = fmt.Sprint("198.51.100.", judged)
					if s.do(send).status == 401 {
						judged++
					}
					time.Sleep(10 * time.Second)
				}
				assert.Equal(t, 10, judged)
				time.Sleep(time.Hour)
				send := r.guess(user, token)
				send.from = homeAddress
				assert.Equal(t, 401, s.do(send).status, "a new hour")
			})
		})
	}
}

// Who guesses from the owner's own address must not slow the owner.
func TestProof_hasWaitsOfItsOwn(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.service.config.Devices = fakeDevices{}
		user := s.add("JIN HO", "12341234", RoleUser)
		for range freeFailures + 1 {
			s.do(request{do: "POST /login", body: logInWith("JIN HO"), from: homeAddress})
		}
		known := request{do: "POST /login", body: sampleLogIn, from: homeAddress, device: deviceOf(user)}
		unknown := request{do: "POST /login", body: sampleLogIn, from: homeAddress}
		assert.Equal(t, 429, s.do(unknown).status)
		assert.Equal(t, 200, s.do(known).status)
		assert.Equal(t, 429, s.do(unknown).status, "the guesser's failures are not forgotten with it")
		for range freeFailures + 1 {
			known.body = logInWith("JIN HO")
			assert.Equal(t, 401, s.do(known).status)
		}
		assert.Equal(t, 429, s.do(known).status, "it waits for its own failures")
	})
}

// Neither the bytes nor the work of a refusal tell whether the cookie was right.
func TestProof_isNotToldByARefusal(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.service.config.Devices = fakeDevices{}
		user := s.add("JIN HO", "12341234", RoleUser)
		guess := func(cookie string) (answer, [2]int64) {
			s.down.reads.Store(0)
			s.down.writes.Store(0)
			a := s.do(request{do: "POST /login", body: logInWith("JIN HO"), from: homeAddress, device: cookie})
			return a, [2]int64{s.down.reads.Load(), s.down.writes.Load()}
		}
		for range 4 {
			want, work := guess(deviceOf(user))
			got, other := guess("somebody else's")
			assert.Empty(t, difference(want, got))
			assert.Equal(t, work, other, "as many reads and writes")
			assert.Equal(t, 401, got.status)
		}
	})
}

func TestProof_isHandedOutForThePassword(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	s := newServer()
	s.service.config.Devices = fakeDevices{}
	user := s.add("JIN HO", "12341234", RoleUser)
	cookies := func(r request) []string { return s.do(r).header.Values("Set-Cookie") }
	token := s.logIn(t, user)
	assert.Equal(t, []string{"device=" + deviceOf(user)}, cookies(request{do: "POST /login", body: sampleLogIn}))
	assert.Empty(t, cookies(request{do: "POST /login", body: logInWith("JIN HO")}))
	assert.Empty(t, cookies(request{do: "POST /signup", body: sampleSignUp}))
	assert.Empty(t, cookies(request{do: "PUT /me/password", token: token,
		body: `{"currentPassword":"wrong","newPassword":"a-new-password"}`}))
	require.NotEmpty(t, token)
	user.PasswordVersion++
	assert.Equal(t, []string{"device=" + deviceOf(user)},
		cookies(request{do: "PUT /me/password", body: newPassword, token: token}), "the one before has ended")
}
