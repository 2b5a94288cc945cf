package accounts

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/require"
)

// The model takes the place of every correct server when a table is tested. So
// it must answer as the service does, in every story.
func TestModel_agreesWithTheService(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	for seed := range uint64(40) {
		synctest.Test(t, func(t *testing.T) { tellBoth(t, rand.New(rand.NewPCG(seed, 4))) })
	}
}

// tellBoth tells one random story of 40 steps to both.
func tellBoth(t *testing.T, random *rand.Rand) {
	servers := []replies{ownHandlers().replies, repliesOf(newModel(""))}
	tokens := []map[string]string{{}, {}}
	var story strings.Builder
	for range 40 {
		st := randomStep(random)
		fmt.Fprintf(&story, "after %v as %q from %s, %d times: %s %s\n", st.after, st.as, st.from, st.times, st.do, st.body)
		time.Sleep(st.after)
		answers := make([]answer, len(servers))
		for i, replies := range servers {
			var a answer
			for range st.times {
				st.token = tokens[i][st.as]
				a = replies(st.request)
			}
			if token := a.token(); token != "" {
				tokens[i][st.keep] = token
				a.body = ""
			}
			answers[i] = a
		}
		want, got := answers[0], answers[1]
		require.Equal(t, ending(want.status, want.code), ending(got.status, got.code),
			"the service answers so, the model otherwise, to the end of:\n%s", story.String())
		if want.status < 300 && want.body != "" {
			require.True(t, sameJSON(want.body, got.body), "service: %s model: %s\n%s", want.body, got.body, story.String())
		}
	}
}

// chance is a request that nobody thought up.
type chance struct {
	request
	after    time.Duration // wait this long first
	as, keep string        // the token that is sent, and what to call the one that comes back
	times    int
}

func randomStep(random *rand.Rand) chance {
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	name := func() string { return pick("JIN HO", "jin ho", "ＪＩＮ HO", "root", "root", "nobody", "진호") }
	password := func() string {
		return pick("12341234", "12341234", "root-password", "root-password",
			"wrong-password", " 12341234", "비밀번호비밀번호", "비밀번호")
	}
	st := chance{
		after: []time.Duration{
			0, 0, 0, 0, 0, 0, 0, 0, time.Second, time.Second, time.Minute, 25 * time.Hour,
		}[random.IntN(12)],
		keep:  pick("a", "b"),
		times: []int{1, 1, 1, 6}[random.IntN(4)],
	}
	st.from = pick("192.0.2.1", "198.51.100.7")
	switch random.IntN(8) {
	case 0, 1:
		st.do = "POST /signup"
		st.body = pick(
			fmt.Sprintf(`{"username":%q,"password":%q,"nickname":%q}`, name(), password(), pick("Mentos", " M ", "", " ")),
			fmt.Sprintf(`{"username":%q,"password":%q,"nickname":"Mentos"}`, name(), password()),
			fmt.Sprintf(`{"username":%q,"password":"12341234","nickname":"n"}`,
				pick("a/b", "a  b", " a", "..", "a\u200b", "😀", strings.Repeat("x", 33), "e\u0301")),
			sampleSignUp[:len(sampleSignUp)-1]+pick(`,"role":"ADMIN"}`, `,"nickname":"x"}`, `,"Nickname":"x"}`, ``, `} `, `}{}`),
			`{"username":1,"password":null,"nickname":[]}`, "[]", "null", "")
	case 2, 3, 4:
		st.do = "POST /login"
		st.body = pick(
			fmt.Sprintf(`{"username":%q,"password":%q}`, name(), password()),
			fmt.Sprintf(`{"username":%q,"password":%q}`, name(), password()),
			pick(sampleLogIn, `{"username":"root","password":"root-password"}`), `{"username":"a/b","password":"x"}`,
			`{"username":"","password":""}`, `{"username":"root"}`)
	case 5:
		st.do, st.as = "GET /me", pick("", "a", "b")
	case 6:
		st.as = pick("", "a", "b", "b")
		st.do = "PUT /me/password"
		st.body = fmt.Sprintf(`{"currentPassword":%q,"newPassword":%q}`, password(), password())
		if random.IntN(4) == 0 {
			st.do, st.body = "DELETE /me", pick(fmt.Sprintf(`{"currentPassword":%q}`, password()), "", "{}")
		}
	case 7:
		st.as = pick("", "a", "b", "b")
		st.do = "PATCH /admin/users/" + pick("root", "JIN%20HO", "jin%20ho", "nobody", "a%2Fb") + "/roles"
		st.body = `{"roles":` + pick(`["ADMIN"]`, `["USER"]`, `["USER","ADMIN"]`, `["USER","USER"]`,
			`["ROOT"]`, `[]`, `"ADMIN"`, `null`) + `}`
	}
	return st
}
