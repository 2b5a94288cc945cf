package a

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// What public projects compare, each as its smallest case.

type failure string

const expiredToken failure = "expired_token"

const fieldPassword = "password"

type problem struct{ Kind failure }

type field struct{ Name string }

// The name of a constant says what its own value is, not what a field holds.
func constants(p, q problem, f field, asked string) bool {
	_, _ = problem{Kind: expiredToken}, field{Name: fieldPassword}
	switch asked {
	case f.Name:
		return true
	}
	return p.Kind == q.Kind
}

type account struct {
	Password string
	values   map[string]string
}

func (a account) Get(key string) string { return a.values[key] }

type form struct{ Password string }

// Has it changed? Both sides are the same field of one type, read the same way.
func changed(before, after *account) bool {
	old := before.Get(fieldPassword + ":hash")
	now := after.Get(fieldPassword + ":hash")
	return before.Password != after.Password || old != now || before.Get("password") != after.Get("password")
}

// What a stranger has just sent is no earlier value.
func decoded(body io.Reader, stored account) bool {
	var sent account
	if json.NewDecoder(body).Decode(&sent) != nil {
		return false
	}
	return sent.Password == stored.Password // want `Password is compared with ==`
}

func logsIn(f form, a account) bool {
	return f.Password == a.Password && // want `Password is compared with ==`
		a.Get("password") == f.Password // want `the value of password is compared with ==`
}

// Where a list goes on is no secret.
func pages(pageToken, nextPageToken, cursorToken, last string) bool {
	return pageToken == last || nextPageToken == last || cursorToken == last
}

// A plain hash of what is no secret is a checksum, whatever its name is.
func checksums(line, hash string, body, lastHash []byte) bool {
	h := sha256.New()
	h.Write([]byte(line + "|v1"))
	calculatedHash := strings.ToLower(hex.EncodeToString(h.Sum(nil)))
	if calculatedHash != strings.ToLower(hash) {
		return false
	}
	sum := sha256.Sum256(body)
	return bytes.Equal(sum[:], lastHash)
}

func hashesOfSecrets(password, hash string, body, lastHash []byte) bool {
	h := sha256.New()
	_, _ = io.WriteString(h, "v1|"+password)
	if hex.EncodeToString(h.Sum(nil)) != hash { // want `hash is compared with !=`
		return false
	}
	sum := sha256.Sum256([]byte(password))
	return bytes.Equal(sum[:], lastHash) // want `password, here sum, is compared with bytes.Equal`
}

// A list of what is no secret has none in it, whatever its elements are called.
func icons(size, name, sent string) bool {
	hashes := []string{size, name}
	for _, hash := range hashes {
		if hash == sent {
			return true
		}
	}
	return false
}

type letter struct{ Dest, Mail string }

// What holds a secret here and an address there may hold either.
func (l *letter) address(a account, f form) {
	l.Dest = f.Password
	l.Dest = l.Mail
}

func (l *letter) goesTo(mail string) bool { return l.Dest == mail }

type row struct{ Hash, PreHash, Name string }

func md5Hex(text string) string { return text }

func (r row) sum() string { return md5Hex(strings.Join([]string{r.Name}, "|")) }

// A row of a table has its own hash beside it.
func synced(r, other row) bool {
	sum := other.sum()
	return r.Hash == r.PreHash || r.Hash == sum || r.PreHash == sum
}

func syncedPassword(r row, password string) bool {
	return r.Hash == md5Hex(password) // want `Hash is compared with ==`
}

// The challenge of PKCE was sent in the open, and so may be its answer.
func challenges(codeChallenge, tokenHash string) bool { return codeChallenge == tokenHash }

type keys struct{}

// VerifySignature returns what was signed.
func (keys) VerifySignature(text []byte) ([]byte, error) { return text, nil }

func (keys) Signature(text []byte) []byte { return text }

func (k keys) verbs(payload []byte) error {
	signed, err := k.VerifySignature(payload)
	if err != nil || !bytes.Equal(signed, payload) {
		return errors.New("another payload")
	}
	if bytes.Equal(k.Signature(payload), payload) { // want `the result of k.Signature is compared`
		return nil
	}
	return nil
}

type person struct{ EmailChange, Stored string }

// A hash that hides a mail address, somewhere, makes no secret of the address.
func (p *person) forget() {
	p.EmailChange = hidden(p.EmailChange)
}

func hidden(value string) string {
	hash := sha256.Sum256([]byte(value))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

func (p *person) isMail(email string) bool { return strings.EqualFold(p.EmailChange, email) }

func (p *person) remember(token string) { p.Stored = token }

func (p *person) isKnown(given string) bool {
	return p.Stored == given // want `token, here Stored, is compared with ==`
}

type verificationRecord struct{ Code, CountryCode string }

// A code that was sent to a telephone.
func checkVerificationCode(record verificationRecord, code, countryCode string) bool {
	if record.CountryCode != countryCode {
		return false
	}
	return record.Code == code // want `Code is compared with ==`
}

func names(otpCode, recoveryCode, verificationCode, sent string) bool {
	return otpCode == sent || // want `otpCode is compared with ==`
		recoveryCode == sent || // want `recoveryCode is compared with ==`
		verificationCode == sent // want `verificationCode is compared with ==`
}

// A code in a catalogue.
func findProduct(code string, all []verificationRecord) bool {
	for _, r := range all {
		if r.Code == code {
			return true
		}
	}
	return false
}

func verifyPin(pin, stored string) bool { return pin == stored } // want `pin is compared with ==`
