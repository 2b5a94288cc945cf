package config

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIsGuessable(t *testing.T) {
	for name, secret := range map[string]string{
		"an example of jwt.io":       "a-string-secret-at-least-256-bits-long",
		"an older one":               "your-256-bit-secret-your-256-bit-secret!",
		"to be changed":              "ChangeMe-0f3c19aa7e5d4b21-ChangeMe",
		"to be changed, with spaces": "please change me before you deploy it",
		"Django's prefix":            "django-insecure-x9$k2!mvq7w#z0r@tj4hb8",
		"a secret key":               "my_super_secret_key_for_jwt_signing_1",
		"a long password":            "correct-password-horse-battery-staple",
		"digits in order":            "12345678901234567890123456789012",
		"letters in order":           "abcdefghijklmnopqrstuvwxyzabcdef",
		"one letter":                 strings.Repeat("x", 64),
		"zeros and a one":            strings.Repeat("0", 63) + "1",
		"a word over and over":       strings.Repeat("hunter2", 6),
		"a long part twice":          "kV3zP8wq0mJx5tYb" + "kV3zP8wq0mJx5tYb",
		"spaces":                     strings.Repeat(" ", 40),
		"a keyboard":                 "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
		"a magic number":             strings.Repeat("deadbeefcafe", 3),
		"a name for what it is":      "this-is-the-secret-of-my-application!",
	} {
		t.Run(name, func(t *testing.T) {
			require.GreaterOrEqual(t, len(secret), jwtbasics.MinSecretBytes,
				"long enough, so that only this check can refuse it")
			assert.True(t, isGuessable([]byte(secret)))
		})
	}
	for range 2000 {
		random := make([]byte, 32)
		_, _ = rand.Read(random)
		assert.False(t, isGuessable(random), "%x", random)
		assert.False(t, isGuessable([]byte(hex.EncodeToString(random))), "%x", random)
		assert.False(t, isGuessable([]byte(base64.StdEncoding.EncodeToString(random))), "%x", random)
	}
}

// No file of this repository has a secret in it that would let a server start:
// somebody would copy it.
func TestRepository_holdsNoSecret(t *testing.T) {
	assignment := regexp.MustCompile(`AUTH_SECRET(?:_PREVIOUS)?["']?\s*[=:]\s*["']?([^\s"'$<>(){}]{32,})`)
	err := filepath.WalkDir("../../..", func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); name == ".git" || name == "node_modules" || name == "data" {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, "_test.go") || !entry.Type().IsRegular() {
			return nil
		}
		info, err := entry.Info()
		if err != nil || info.Size() > 1<<20 {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range assignment.FindAllSubmatch(text, -1) {
			assert.True(t, checkSecret("", match[1]) != nil, "%s sets a secret that a server would take: %s", path, match[0])
		}
		return nil
	})
	require.NoError(t, err)
}
