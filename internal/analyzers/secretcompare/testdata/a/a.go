// Package a holds comparisons, good and bad.
package a

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/crypto/argon2"
)

type user struct {
	Name, Password, Hash string
	PasswordHash         []byte
	token                [32]byte
}

const apiKey = "not here" // a secret in the source, and compared at once

type kind string

const anyPassword kind = "any-password"

var errWrong = errors.New("wrong")

func bad(u user, password string, r *http.Request, want []byte) error {
	if u.Password != password { // want `Password is compared with !=`
		return errWrong
	}
	if r.Header.Get("X-API-Key") == apiKey { // want `the value of X-API-Key is compared with ==`
		return nil
	}
	if r.FormValue("password") == u.Name { // want `the value of password is compared`
		return nil
	}
	if bytes.Equal(u.PasswordHash, want) { // want `PasswordHash is compared with bytes.Equal`
		return nil
	}
	if strings.Compare(u.Hash, string(want)) == 0 { // want `Hash is compared with strings.Compare`
		return nil
	}
	if reflect.DeepEqual(u.PasswordHash, want) { // want `compared with reflect.DeepEqual`
		return nil
	}
	if slices.Equal(want, u.PasswordHash) { // want `compared with slices.Equal`
		return nil
	}
	switch r.Header.Get("Authorization") {
	case "Bearer " + u.Name: // want `the value of Authorization is compared in a switch`
	case "":
	}
	if os.Getenv("ADMIN_TOKEN") == u.Name { // want `the value of ADMIN_TOKEN is compared`
		return nil
	}
	if name, sent, ok := r.BasicAuth(); ok && name == u.Name && sent == u.Name { // want `the password of r.BasicAuth is compared`
		return nil
	}
	if sent, _ := r.URL.User.Password(); sent == u.Name { // want `the password of r.URL.User.Password is compared`
		return nil
	}
	if _, pass, ok := r.BasicAuth(); ok && pass == u.Name { // want `pass is compared`
		return nil
	}
	return errWrong
}

// Arrays compare with == too, and a hash of a secret is a secret.
func arrays(u user, token string, sent [32]byte) bool {
	if sha256.Sum256([]byte(token)) == sent { // want `token is compared with ==`
		return true
	}
	if sent == sha256.Sum256(append([]byte(token), 'x')) { // want `token is compared with ==`
		return true
	}
	return u.token == sent // want `token is compared with ==`
}

func cookies(r *http.Request, given string) bool {
	c, err := r.Cookie("csrf_token")
	if err == nil && c.Value == given { // want `the value of csrf_token is compared`
		return true
	}
	theme, err := r.Cookie("theme")
	return err == nil && theme.Value == given
}

// The names say nothing; where the values come from does.
func origins(key, message, sent []byte, text string) bool {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	a := h.Sum(nil)
	if bytes.Equal(a, sent) { // want `the MAC of a message is compared with bytes.Equal`
		return true
	}
	if hex.EncodeToString(a) == text { // want `the MAC of a message is compared with ==`
		return true
	}
	if string(tagOf(key, message)) == text { // want `the MAC of a message is compared with ==`
		return true
	}
	b := argon2.IDKey(message, key, 1, 64, 1, 32)
	return bytes.Equal(b, sent) // want `the result of argon2.IDKey is compared`
}

// A list of secrets, and one out of it.
func lists(tokens []string, byID map[string]string, sent, mac1, mac2 string) bool {
	for _, t := range tokens {
		if t == sent { // want `tokens, here t, is compared`
			return true
		}
	}
	if tokens[0] == sent { // want `tokens is compared`
		return true
	}
	if stored, ok := byID["x"]; ok && stored == sent {
		return true // nothing says what is stored
	}
	return mac1 == mac2 // want `mac1 is compared`
}

func forms(newPassword, currentPassword, passwordAgain, stored string) bool {
	if newPassword == currentPassword || newPassword == passwordAgain { // one person typed them
		return false
	}
	return newPassword == stored // want `newPassword is compared`
}

func tagOf(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}

var marker = [2]byte{1, 2}

// What is treated as a secret in one place is one in every place.
type door struct {
	operator, theme string
	stored          []byte
}

func (d door) opens(sent string) bool {
	a, b := sha256.Sum256([]byte(sent)), sha256.Sum256([]byte(d.operator))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

func (d door) opensToo(theme, header string, message []byte) bool {
	if theme == d.theme {
		return false
	}
	h := hmac.New(sha256.New, d.stored)
	h.Write(message)
	copied := d.operator
	if copied == header { // want `operator, which is a secret in line \d+, is compared with ==`
		return true
	}
	if bytes.Equal(d.stored, marker[:]) { // a value that everybody knows
		return true
	}
	if d.String() == header { // a text with a secret in it, such as a stored hash that is checked for its form
		return true
	}
	return header == d.operator || // want `operator, which is a secret in line \d+, is compared with ==`
		string(d.stored) == header // want `stored, which is a secret in line \d+, is compared with ==`
}

func (d door) String() string { return d.theme + "$" + hex.EncodeToString(d.stored) }

// A parameter is what is passed for it.
func equal(got, want []byte) bool {
	return bytes.Equal(got, want) // want `the result of argon2.IDKey is compared with bytes.Equal`
}

func matches(got, want string) bool { return got == want } // want `Password is compared with ==`

func inMaps(stored, sent map[string]string) bool {
	return stored["password"] == sent["password"] // want `the value of password is compared with ==`
}

func loop(got, want string) bool {
	for i := range len(got) {
		if got[i] != want[i] { // want `Password is compared with !=`
			return false
		}
	}
	return true
}

// The time of this one does not depend on what differs.
func loopToItsEnd(got, want string) bool {
	differs := byte(0)
	for i := range len(got) {
		differs |= got[i] ^ want[i]
	}
	return differs == 0
}

func alike(got, want string) bool { return got == want }

// wellFormed compares a text with another spelling of itself.
func wellFormed(text string) bool {
	data, err := hex.DecodeString(text)
	return err == nil && hex.EncodeToString(data) == text
}

func calls(u user, salt, sent []byte, typed string) bool {
	return alike(u.Name, typed) && alike(u.Password, "") && wellFormed(u.Hash) && matches(u.Password, typed) && loop(typed, u.Password) && loopToItsEnd(typed, u.Password) &&
		equal(argon2.IDKey(sent, salt, 1, 64, 1, 32), sent)
}

func signText(string) string { return "" }

func bySign(text, sent string) bool {
	return signText(text) == sent // want `the result of signText is compared`
}

func good(u user, password, confirmPassword, tokenType, publicKey, keyID string, mac, sent, other, file []byte, k kind) error {
	if !hmac.Equal(mac, sent) || subtle.ConstantTimeCompare(mac, sent) != 1 {
		return errWrong
	}
	if password == "" || u.PasswordHash == nil || len(u.PasswordHash) == 0 || u.token == [32]byte{} {
		return errWrong
	}
	if password != confirmPassword { // both were typed by one person
		return errWrong
	}
	if tokenType == u.Name || publicKey == u.Name || keyID == u.Name || k == anyPassword {
		return errWrong
	}
	if password == "12341234" || password == "password" { // a list of weak ones is public
		return errWrong
	}
	sum := sha256.Sum256(file)
	if hex.EncodeToString(sum[:]) == u.Name { // a checksum of a file
		return nil
	}
	h := sha256.New()
	h.Write(file)
	if bytes.Equal(h.Sum(nil), other) {
		return nil
	}
	fileHash, commitHash := u.Name, u.Name
	if fileHash == u.Name || commitHash == u.Name {
		return nil
	}
	if period := 4; bytes.Equal(mac[period:], mac[:len(mac)-period]) { // one value and itself
		return errWrong
	}
	if err := check(password); err != errWrong {
		return err
	}
	return nil
}

func check(password string) error { return nil }
