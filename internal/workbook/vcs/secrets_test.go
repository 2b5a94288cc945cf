package vcs

import (
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
