package vcs

import (
	"strings"
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

		{"a key in Go", `var jwtKey = []byte("f3Kd92jsL0xQw81Zb7")`, "a key that is written in the code"},

		{"a value without quotes", "export DB_PASSWORD=f3Kd92jsL0xQw81Zb7", "a secret in the environment"},
		{"a password that somebody thought of", `password := "Autumn2031!"`, "a random value of something called password"},
		{"a literal for a signer", `s, err := t.SignedString([]byte("f3Kd92jsL0xQw81Zb7"))`,
			"a key that is written in the code"},
		{"a literal for a MAC", `m := hmac.New(sha256.New, []byte("f3Kd92jsL0xQw81Zb7"))`,
			"a key that is written in the code"},
		{"a key of words", `secret := []byte("correct horse battery staple")`, "a key that is written in the code"},
		{"a key in numbers", "key := []byte{" + strings.Repeat("0x1f, ", 16) + "}", "a key that is written in the code"},
		{"a header", `req.Header.Set("Authorization", "Bearer f3Kd92jsL0xQw81Zb7")`,
			"a random value of something called authorization"},
		{"in Korean", "서버 비밀번호: qT7!bump9Zed", "a random value of something called 비밀번호"},
		{"an environment that is set in code", `os.Setenv("AUTH_SECRET", "not-for-everybody")`,
			"the value of AUTH_SECRET"},
		{"a bare name of a field", `Config{Key: "f3Kd92jsL0xQw81Zb7"}`, "a random value of something called key"},
		{"a password that is told", "The password is `qT7!bump9Zed`.", "a random value of something called password"},
		{"a name and a password for curl", "curl -u ann:correct-horse https://x.example", "a password on a command line"},
		{"a value that goes into a file", "echo f3Kd92jsL0xQw81Zb7 > /etc/x/token", "a random value in a file for a secret"},
		{"a key of an AI's provider", "sk-ant-api03-abcdefghijklmnopqrst", "a key of an AI's provider"},
		{"behind a very long line", strings.Repeat("x ", 9000) + `apiKey = "f3Kd92jsL0xQw81Zb7"`,
			"a random value of something called apikey"},

		{"a variable of a program", `"AUTH_SECRET": testkit.Secret,`, ""},
		{"an import", `tokens "example.com/authbook/03-token-scenarios"`, ""},
		{"the name of a test", "`TestVerifier_boundsItsWork/10_MB_of_dots` holds the token's length", ""},
		{"JSON of a token's header", "token: b64(`{\"alg\":\"HS256\",\"typ\":\"JWT\"}`)", ""},
		{"the hash of a password", `passwordHash = "f3Kd92jsL0xQw81Zb7"`, ""},
		{"an example", `token: "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, ""},
		{"a password of an example", "postgres://user:password@localhost/app", ""},
		{"a placeholder in capitals", "DATABASE_URL=postgres://app:PASSWORD@db/app", ""},
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
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, SecretKind(row.line)) })
	}
}

func TestLeaks(t *testing.T) {
	diff := `diff --git a/x.go b/x.go
--- a/x.go
+++ b/x.go
@@ -1,3 +10,4 @@ func f() {
 same
-AUTH_SECRET=taken-out-again
+fine
+AUTH_SECRET=not-for-everybody
 +++ b/nothing
@@ -40 +50 @@
-a
+AUTH_SECRET=not-for-everybody
diff --git a/keys/server.pem b/keys/server.pem
new file mode 100644
Binary files /dev/null and b/keys/server.pem differ
`
	files, err := parseDiff(diff)
	require.NoError(t, err)
	assert.Equal(t, []Leak{
		{File: "keys/server.pem", Line: 1, Kind: "a file of keys"},
		{File: "x.go", Line: 12, Kind: "the value of AUTH_SECRET"},
		{File: "x.go", Line: 50, Kind: "the value of AUTH_SECRET"},
	}, leaks(files), "added lines count, with their numbers in the new file")
}
