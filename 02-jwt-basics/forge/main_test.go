package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun_signs(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key.pem")
	require.NoError(t, os.WriteFile(key, []byte("in a file\n"), 0o600))
	for _, row := range []struct {
		name string
		args []string
		key  string
	}{
		{"with a text", []string{"-secret", "s", `{"alg":"HS256"}`}, "s"},
		{"with no text", []string{"-secret", "", `{"alg":"HS256"}`}, ""},
		{"with a longer hash", []string{"-secret", "s", `{"alg":"HS512"}`}, "s"},
		{"with the bytes of a file, the last line's end too", []string{"-key", key, `{"alg":"HS256"}`}, "in a file\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			token, err := run(append(row.args, `{"sub":"x"}`))
			require.NoError(t, err)
			got, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return []byte(row.key), nil })
			require.NoError(t, err, "golang-jwt believes it")
			assert.Equal(t, jwt.MapClaims{"sub": "x"}, got.Claims)
		})
	}
}

func TestRun_doesNotSign(t *testing.T) {
	got, err := run([]string{`{"alg":"none"}`, `{}`})
	require.NoError(t, err)
	assert.Equal(t, "eyJhbGciOiJub25lIn0.e30.dW5zaWduZWQ", got)
}

func TestRun_refuses(t *testing.T) {
	for _, row := range []struct {
		name string
		args []string
		want string
	}{
		{"one part", []string{`{}`}, "HEADER PAYLOAD"},
		{"a call for help", []string{"-h"}, "HEADER PAYLOAD"},
		{"a header that is no JSON", []string{"-secret", "s", "x", "{}"}, "not JSON"},
		{"an algorithm with two keys", []string{"-secret", "s", `{"alg":"RS256"}`, "{}"}, `alg is "RS256"`},
		{"a file that is not there", []string{"-key", "nowhere", "{}", "{}"}, "nowhere"},
	} {
		t.Run(row.name, func(t *testing.T) {
			token, err := run(row.args)
			assert.ErrorContains(t, err, row.want)
			assert.Empty(t, token)
		})
	}
}
