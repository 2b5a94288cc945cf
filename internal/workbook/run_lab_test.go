package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLabSettings(t *testing.T) {
	const on = " LAB=on LAB_EXERCISES=list"
	for _, row := range []struct {
		name string
		env  map[string]string
		want string // "": it is a server for others
	}{
		{"nothing is set", nil, "ADDR=127.0.0.1:8080" + on},
		{"another port", map[string]string{"ADDR": "localhost:8081"}, "ADDR=localhost:8081" + on},
		{"no lab, and still for this machine", map[string]string{"LAB": "off"}, "ADDR=127.0.0.1:8080"},
		{"every address", map[string]string{"ADDR": ":8081"}, ""},
		{"a domain", map[string]string{"DOMAIN": "auth.example.com"}, ""},
		{"an address that the lab does not go by", map[string]string{"ADDR": "127.0.0.2:8080"}, ""},
		{"a proxy that is trusted", map[string]string{"TRUSTED_PROXIES": "127.0.0.1"}, ""},
		{"a proxy", map[string]string{"PUBLIC_URL": "https://auth.example.com"}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := labSettings(func(name string) string { return row.env[name] }, "list")
			assert.Equal(t, row.want, strings.Join(got, " "))
		})
	}
}

// A verifier by hand that skips what it does not know accepts a header that the server
// refuses. The lab shows it while the exercise is red, and names it.
func TestRunFinal_showsRedCodeInTheLab(t *testing.T) {
	fixture.SkipUnlessLong(t)
	s := copyReal(t)
	for _, name := range []string{"final", "docs", "internal/onlyhere", "internal/lang"} {
		require.NoError(t, fixture.CopyAll(filepath.Join(Repository, name), filepath.Join(s.course.Root, name)))
	}
	require.NoError(t, start(t.Context(), s, term.Arguments{Words: []string{"2"}}))
	revealAll(t, s, "02-jwt-basics")
	spoil(t, s, "2.6-skips-the-unknown")

	dir, clean, err := course.NewScratch()
	require.NoError(t, err)
	binary, exercises, err := buildLearners(t.Context(), s, dir, true)
	require.NoError(t, err)
	for name, value := range map[string]string{"ADDR": "127.0.0.1:0", "LAB": "on", "LAB_EXERCISES": exercises} {
		t.Setenv(name, value)
	}
	server, err := startLive(binary, t.TempDir(), clean)
	require.NoError(t, err)
	t.Cleanup(server.stop)
	url := ""
	for url == "" {
		_, url, _ = strings.Cut(<-server.said(), "authbook is ready: ")
	}

	now := time.Now().Unix()
	var signed struct{ Token string }
	askLab(t, url+"/lab/api/anatomy/sign", map[string]string{
		"header": `{"alg":"HS256","kid":"../../dev/null","typ":"JWT"}`,
		"payload": fmt.Sprintf(`{"iss":"authbook","aud":"authbook","sub":"a","sid":"b","jti":"c","iat":%d,"exp":%d}`,
			now, now+60),
	}, &signed)
	var said struct {
		Judges []struct {
			Who, Refused string
			Accepted     bool
			Steps        []struct{ Check, Exercise string }
		}
	}
	askLab(t, url+"/lab/api/anatomy/judge", signed, &said)
	require.Len(t, said.Judges, 3)
	byHand, gate := said.Judges[0], said.Judges[2]
	assert.True(t, byHand.Accepted, "by hand accepts it")
	assert.Equal(t, "header", gate.Refused, "the server refuses it at its gate")
	assert.Equal(t, "2.6", byHand.Steps[1].Exercise, "and the page names who let it pass")
	list, err := os.ReadFile(exercises)
	require.NoError(t, err)
	for _, want := range []string{
		`"2.6","name":"checkHeader","file":"02-jwt-basics/header.go","line":\d+,"whose":"red"`,
		`"2.5","name":"HS256.Verify","file":"02-jwt-basics/hs256.go","line":\d+,"whose":"green"`,
		`"1.3","name":"Chain","file":"01-middleware/chain.go","line":\d+,"whose":"reference"`,
	} {
		assert.Regexp(t, want, string(list))
	}
}

// spoil puts a wrong answer in the place of an exercise.
func spoil(t *testing.T, s *session, name string) {
	t.Helper()
	ch, err := s.course.Chapter(name[:1])
	require.NoError(t, err)
	answers, err := ch.WrongAnswers()
	require.NoError(t, err)
	i := slices.IndexFunc(answers, func(w course.WrongAnswer) bool { return w.Short() == name })
	require.GreaterOrEqual(t, i, 0)
	e, ok := course.Find(ch.Exercises, answers[i].ID)
	require.True(t, ok)
	wrong, err := ch.Disk.Put(e, answers[i].Text, answers[i].Imports, nil)
	require.NoError(t, err)
	require.NoError(t, s.course.Write(filepath.Join(ch.Dir, e.File), wrong[e.File]))
}

// askLab posts JSON and reads the answer.
func askLab(t *testing.T, url string, body, answer any) {
	t.Helper()
	text, err := json.Marshal(body)
	require.NoError(t, err)
	res, err := http.Post(url, "application/json", strings.NewReader(string(text)))
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.NoError(t, json.NewDecoder(res.Body).Decode(answer))
}
