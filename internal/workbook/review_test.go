package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretKind(t *testing.T) {
	rows := []struct{ name, line, want string }{
		{"a private key", "-----BEGIN EC PRIVATE KEY-----", "a private key"},
		{"an AWS key", `key := "AKIAQWERTYUIOPASDFGH"`, "an AWS access key"},
		{"a GitHub token", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "a GitHub token"},
		{"a signed token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJlLWluLWJhc2U2NA", "a signed token"},
		{"a server's secret", "export AUTH_SECRET=not-for-everybody", "the value of AUTH_SECRET"},
		{"a secret in YAML", "  AUTH_SECRET: not-for-everybody", "the value of AUTH_SECRET"},
		{"a password in an address", "postgres://app:hunter2@db/authbook", "a password in an address"},
		{"a random value by its name", `apiKey := "f3Kd92jsL0xQw81Zb7"`, "a random value of something called apikey"},
		{"in JSON", `"client_secret": "f3Kd92jsL0xQw81Zb7"`, "a random value of something called secret"},

		{"a key in Go", `var jwtKey = []byte("f3Kd92jsL0xQw81Zb7")`, "a random value of something called jwtkey"},

		{"a key of something else", `publicKey := "f3Kd92jsL0xQw81Zb7"`, ""},
		{"the name alone", `os.Getenv("AUTH_SECRET")`, ""},
		{"a reference to a variable", "AUTH_SECRET=$SECRET", ""},
		{"a placeholder", "AUTH_SECRET=<32 bytes>", ""},
		{"an address without a password", "postgres://localhost/authbook", ""},
		{"the course's sample password", `{"password":"12341234"}`, ""},
		{"a sentence", `secret := "correct horse battery"`, ""},
		{"a word", `token := "aaaaaaaaaaaaaaaaaaaa"`, ""},
		{"a test's secret of words", `secret := "not-a-secret-but-long-enough"`, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, secretKind(row.line)) })
	}
}

func TestAnnotation_holdsOneCommand(t *testing.T) {
	assert.Equal(t, "::error file=a%3Ab.go,line=3,title=1%2C2%0A::x%0A::set-env name=A::b%25",
		annotation("error", "a:b.go", 3, "1,2\n", "x\n::set-env name=A::b%"))
}

func TestParseRubric(t *testing.T) {
	r := parseRubric("1. **3.4 · P2** Who asks,\n   and when?\n2. **3.5 · P1** Why?\n- **3.4** It asks once.\n- **bold** no\n")
	assert.Equal(t, []question{{idOf(3, 4), "P2", "Who asks, and when?"}, {idOf(3, 5), "P1", "Why?"}}, r.questions)
	assert.Equal(t, []praise{{idOf(3, 4), "It asks once."}}, r.praise)
}

// The analyzers find what the wrong answers plant, each at its own exercise,
// and nothing else in the chapter.
func TestAnalyze_wrongAnswers(t *testing.T) {
	a, _ := drillApp(t, "")
	rows := []struct {
		chapter string
		wrong   []string
		want    []string
	}{
		{"01-middleware", []string{"1.10-answers-and-goes-on"}, []string{"missingreturn requirerole.go"}},
		{"02-jwt-basics", []string{"2.5-stops-early", "2.11-defaults"}, []string{"secretcompare hs256.go", "jwtoptions library.go"}},
	}
	for _, row := range rows {
		t.Run(row.chapter, func(t *testing.T) {
			ch, err := a.read(row.chapter)
			require.NoError(t, err)
			found, err := a.analyze(t.Context(), ch, withWrong(t, ch, row.wrong))
			require.NoError(t, err)
			var got []string
			for _, f := range found {
				got = append(got, f.analyzer+" "+filepath.Base(f.file))
			}
			assert.ElementsMatch(t, row.want, got)
		})
	}
}

// withWrong is the reference of a chapter with some wrong answers in it, as an
// overlay.
func withWrong(t *testing.T, ch *chapter, wrong []string) map[string][]byte {
	t.Helper()
	names, err := namesOf(t.Context(), filepath.Dir(ch.dir), ch.reference)
	require.NoError(t, err)
	answers, err := ch.wrongAnswers()
	require.NoError(t, err)
	version, put := ch.reference, 0
	for _, w := range answers {
		if !slices.Contains(wrong, w.short()) {
			continue
		}
		exercises, err := version.exercises()
		require.NoError(t, err)
		e, _ := find(exercises, w.id)
		version, err = version.put(e, w.text, w.imports, names)
		require.NoError(t, err)
		put++
	}
	require.Len(t, wrong, put, "one of the wrong answers is gone")
	overlay := map[string][]byte{}
	for name, text := range version {
		overlay[filepath.Join(ch.dir, name)] = []byte(text)
	}
	return overlay
}

// The guides for reviewers list the wrong answers as they are, and ask about
// exercises that there are.
func TestGuides_areCurrent(t *testing.T) {
	c, err := openCourse(repository)
	require.NoError(t, err)
	a := &app{course: c}
	chapters, err := a.chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		t.Run(ch.name, func(t *testing.T) {
			stale, err := a.guide(ch, false)
			require.NoError(t, err)
			assert.Empty(t, stale)
			r, err := a.rubric(ch)
			require.NoError(t, err)
			assert.Len(t, r.questions, 5)
			assert.NotEmpty(t, r.praise)
			for _, q := range r.questions {
				_, ok := find(ch.exercises, q.id)
				assert.True(t, ok, "there is no exercise %s", q.id)
				assert.Contains(t, q.text, "?", "a comment is a question")
			}
			for _, p := range r.praise {
				_, ok := find(ch.exercises, p.id)
				assert.True(t, ok, "there is no exercise %s", p.id)
			}
		})
	}
}
