package lab

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Before an answer the page has nothing that tells the key; each answer is kept.
func TestQuiz(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answers")
	questions := []Question{
		{ID: "2.5 choose", Exercise: "2.5", Text: "Which?", Because: "So.", Choices: []Choice{
			{Text: "a", Because: "Not a."}, {Text: "b", Right: true}}},
		{ID: "2.6 say", Exercise: "2.6", Text: "How many?", Accepts: []string{"Two `x`", "2"}, Because: "Two."},
	}
	l, err := New(Config{Missing: http.NotFoundHandler(),
		Course: Course{Answers: file, Questions: map[string][]Question{
			"en": questions, "ko": {{ID: "2.6 say", Text: "몇 개?", Accepts: []string{"둘"}}}}}})
	require.NoError(t, err)
	p := page{t, l}
	var ignored any
	assert.JSONEq(t, `[
		{"id":"2.5 choose","exercise":"2.5","text":"Which?","choices":["a","b"]},
		{"id":"2.6 say","exercise":"2.6","text":"How many?","choices":null}]`,
		p.ask("GET", "questions", "", &ignored).Body.String())
	assert.Contains(t, p.ask("GET", "questions?lang=ko", "", &ignored).Body.String(), "몇 개?")
	var inKorean marked
	p.ask("POST", "questions/answer?lang=ko", `{"id":"2.6 say","word":"둘"}`, &inKorean)
	assert.True(t, inKorean.Right)
	for _, row := range []struct {
		name, said string
		want       marked
	}{
		{"a wrong choice is explained", `{"id":"2.5 choose","choice":0}`, marked{Key: "b", Yours: "Not a.", Because: "So."}},
		{"the right one", `{"id":"2.5 choose","choice":1}`, marked{Right: true, Key: "b", Because: "So."}},
		{"none is wrong", `{"id":"2.5 choose","choice":-1}`, marked{Key: "b", Because: "So."}},
		{"a word, written otherwise", `{"id":"2.6 say","word":"TWO X"}`, marked{Right: true, Key: "Two `x`", Because: "Two."}},
		{"another spelling", `{"id":"2.6 say","word":"2"}`, marked{Right: true, Key: "Two `x`", Because: "Two."}},
		{"a wrong word", `{"id":"2.6 say","word":"3"}`, marked{Key: "Two `x`", Because: "Two."}},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.want.Noted = true
			var got marked
			page{t, l}.ask("POST", "questions/answer", row.said, &got)
			assert.Equal(t, row.want, got)
		})
	}
	assert.Equal(t, http.StatusNotFound, p.ask("POST", "questions/answer", `{"id":"2.7 none"}`, &ignored).Code)
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(kept), `{"id":"2.5 choose","right":false}`+"\n"+`{"id":"2.5 choose","right":true}`+"\n")
	assert.Equal(t, 7, strings.Count(string(kept), "\n"))

	require.NoError(t, os.Remove(file))
	require.NoError(t, os.Mkdir(file, 0o700))
	var lost marked
	p.ask("POST", "questions/answer", `{"id":"2.6 say","word":"2"}`, &lost)
	assert.True(t, lost.Right && !lost.Noted)
}

// What needs a run of the tests comes from the workbook that started the server, and is
// answered as the others are.
func TestQuiz_predicts(t *testing.T) {
	dir := t.TempDir()
	l, err := New(Config{Missing: http.NotFoundHandler(),
		Course: Course{Answers: filepath.Join(dir, "answers"), Asks: filepath.Join(dir, "ask")}})
	require.NoError(t, err)
	p := page{t, l}
	ask := func() (got prediction) {
		p.ask("POST", "questions/predict?lang=ko", `{"chapters":"45"}`, &got)
		return got
	}
	assert.Equal(t, prediction{}, ask(), "nobody is there")

	listener, err := net.Listen("unix", filepath.Join(dir, "ask"))
	require.NoError(t, err)
	status := http.StatusAccepted
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "chapters=45&lang=ko", r.URL.RawQuery)
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(Question{ID: "4.4 predict-x", Exercise: "4.4", Text: "몇 개?",
			Choices: []Choice{{Text: "하나", Right: true}, {Text: "둘"}}, Because: "하나입니다."})
	})}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	assert.Equal(t, prediction{Waits: true}, ask())
	status = http.StatusNotFound
	assert.Equal(t, prediction{}, ask(), "nothing is due")
	status = http.StatusOK
	want := &asked{ID: "4.4 predict-x", Exercise: "4.4", Text: "몇 개?", Choices: []string{"하나", "둘"}}
	assert.Equal(t, want, ask().Question)
	var got marked
	p.ask("POST", "questions/answer?lang=ko", `{"id":"4.4 predict-x","choice":0}`, &got)
	assert.Equal(t, marked{Right: true, Key: "하나", Because: "하나입니다.", Noted: true}, got)
	assert.Equal(t, http.StatusNotFound, p.ask("POST", "questions/answer?lang=en", `{"id":"4.4 predict-x"}`, &got).Code)
}
