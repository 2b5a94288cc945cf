package main

import (
	"io"
	"path/filepath"
	"regexp"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"example.com/authbook/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// englishWords are three in a row.
var englishWords = regexp.MustCompile(`[a-z]{2,},? [a-z]{2,},? [a-z]{2,}`)

// A start says in Korean what it chose and what it warns of.
func TestRun_startsInKorean(t *testing.T) {
	dir := t.TempDir()
	_, printed, stop := startProgram(t, run, map[string]string{"LANG": "ko_KR.UTF-8", "ADDR": "127.0.0.1:0",
		"DATABASE_URL": filepath.Join(dir, "a.db"), "TRUSTED_PROXIES": "::/0", "CERT_DIR": dir})
	stop()
	assert.Contains(t, printed.String(), "authbook 준비됨:   http://")
	assert.Contains(t, printed.String(), "  AUTH_SECRET을 설정하지 않아 쓰는 값: "+filepath.Join(dir, "secret")+"에 보관된 비밀 키\n")
	assert.Contains(t, printed.String(), "\n주의: TRUSTED_PROXIES가 모든 주소를 믿습니다.")
	assert.Contains(t, printed.String(), "\n주의: DOMAIN이 없으면 CERT_DIR는 아무 일도 하지 않습니다\n")
	assert.NotRegexp(t, englishWords, printed.String())
}

// What refuses a start names the variable and the fix in Korean, and no secret. A reason of
// the system stays.
func TestOfServer_refusals(t *testing.T) {
	dir := t.TempDir()
	rows := []struct{ name, variable, value, want string }{
		{"a number", "RATE_LIMIT", "fast", "RATE_LIMIT에는 0보다 큰 수를 씁니다. 0.1부터 1000000까지이고, 예를 들면 30입니다"},
		{"one of two", "SWAGGER", "yes", "SWAGGER에는 on 또는 off만 쓸 수 있습니다"},
		{"a text in a text", "ADMIN_ADDR", "localhost",
			`ADMIN_ADDR: "localhost"는 host:port 형식이 아닙니다. 예를 들어 127.0.0.1:9090 또는 off처럼 쓰세요`},
		{"a secret", "AUTH_SECRET", "hunter2",
			"AUTH_SECRET이 너무 짧습니다. 7바이트인데, 적어도 32바이트여야 합니다. 이 명령으로 만드세요: openssl rand -base64 48"},
		{"what a chapter says", "DOMAIN", "https://a.example",
			`DOMAIN: "https://a.example"은 URL입니다. 도메인에는 스킴도 경로도 없습니다. auth.example.com처럼 쓰세요`},
		{"what the store says", "DATABASE_URL", "mysql://a:hunter2@b/c",
			`DATABASE_URL: 데이터베이스: 스킴 "mysql"을 모릅니다. 파일의 경로나 postgres:// URL을 쓰세요`},
		{"a percent sign", "DATABASE_URL", "postgres://a:hunter2@b/c@d",
			"DATABASE_URL: 데이터베이스: URL에서 데이터베이스 이름에 @가 있습니다. 비밀번호의 /와 @는 %2F, %40처럼 쓰세요"},
		{"a reason of the system", "AUDIT_DIR", filepath.Join(dir, "a.db", "audit"),
			"AUDIT_DIR: " + filepath.Join(dir, "a.db", "audit") + "에 감사 로그를 보관할 수 없습니다: not a directory"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "a.db"),
				"AUTH_SECRET": testkit.Secret}
			env[row.variable] = row.value
			err := run(t.Context(), nil, testkit.Env(env), io.Discard, io.Discard)
			require.Error(t, err)
			assert.Equal(t, row.want, text.Korean.OfServer(err.Error()))
			assert.Equal(t, err.Error(), text.English.OfServer(err.Error()))
		})
	}
}
