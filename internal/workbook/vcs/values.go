package vcs

import (
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// Most secrets have no shape of their own. What gives them away is that a value
// looks made by chance, behind a word for a secret.

// longestLine is how much is looked at in one go: the time grows with its square.
const longestLine = 4000

// SecretKind says what secret a line seems to hold, "" if none.
func SecretKind(line string) string {
	for len(line) > longestLine {
		if kind := kindIn(line[:longestLine]); kind != "" {
			return kind
		}
		line = line[longestLine-500:] // a secret may lie across the cut
	}
	return kindIn(line)
}

func kindIn(line string) string {
	for _, s := range secretShapes {
		m := s.form.FindStringSubmatch(line)
		if m != nil && (len(m) == 1 || !isExample(m[1])) {
			return s.kind.String()
		}
	}
	for _, given := range givenTo {
		for _, m := range given.pattern.FindAllStringSubmatch(line, -1) {
			if !isPlaceholder(strings.Join(m[1:], "")) {
				return given.kind.String()
			}
		}
	}
	return valueKind(line)
}

// givenTo are places where any value is a secret, be it made by chance or not.
var givenTo = []struct {
	kind    text.Key
	pattern *regexp.Regexp
}{
	{"a password in an address",
		regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s:/@"'` + "`" + `()|\[]*:([^\s@/"'` + "`" + `$<{()|\[]+)@`)},
	{"the value of AUTH_SECRET", regexp.MustCompile(`\bAUTH_SECRET(?:_PREVIOUS)?\s*[=:]\s*["']?([^\s"'$<{(,)]{8,})`)},
	{"the value of AUTH_SECRET", regexp.MustCompile(`\bAUTH_SECRET(?:_PREVIOUS)?["']\]?\s*[=:,]\s*["'` + "`" +
		`]([^\s"'$<{(,)` + "`" + `]{8,})["'` + "`" + `]`)},
	{"a key that is written in the code", regexp.MustCompile(
		`(?i)(?:secret|key|pepper|seed)\w*\s*(?::=|=|:)\s*\[\]byte\(["` + "`" + `]([^"` + "`" + `]{8,})["` + "`" + `]\)`)},
	{"a key that is written in the code", regexp.MustCompile(
		`(?:SignedString|NewKeyFromSeed)\(\[\]byte\("([^"]{8,})"|hmac\.New\([\w.]+,\s*\[\]byte\("([^"]{8,})"`)},
	{"a key that is written in the code", regexp.MustCompile(
		`(?i)(?:secret|key|seed)\w*\s*(?::=|=|:)\s*\[\d*\](?:byte|uint8)\{\s*((?:0x[0-9a-f]{2},\s*){15})`)},
	{"a secret in the environment", regexp.MustCompile(
		`(?:^|\s|["'])(?:[A-Z0-9]+_)*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_KEY|PRIVATE_KEY|SECRET_KEY|ACCESS_KEY)` +
			`=["']?([^\s"'$<{(,/.]*\d[^\s"'$<{(,]{6,})`)},
	{"a password on a command line", regexp.MustCompile(`\s(?:-u|--user)[ =]?["']?[\w.@-]+:([^\s"'$<{:/]{8,})`)},
}

var (
	// speaksOf is a word for a secret, or a function that takes one.
	speaksOf = regexp.MustCompile(`(?i)secret|passw(?:or)?d|passphrase|\bpass\b|\bpwd\b|token|credential|pepper|` +
		`비밀번호|암호|비밀 ?키|토큰|cookie|authorization|\bseed\b|` +
		`(?:api|private|sign(?:ing)?|jwt|hmac|auth|access|encryption|master|session|cookie|shared|account|dev|refresh)` +
		`[-_ ]?key|key\b|\bauth["']?\s*[=:]|NewHS\d+\(|SignedString\(|hmac\.New\(|\.Sign\(|NewCipher\(|newGCM\(`)
	// isPublic is a word for what looks like a secret and is none.
	isPublic = regexp.MustCompile(`(?i)public|sha(?:256|512)?(?:sum|:|-)|digest|checksum|fingerprint|hash|integrity|` +
		`argon2|bcrypt|\$2[aby]\$|uses: |MustCompile|\bh1:`)
	// intoFile is a value that is written to a file for a secret.
	intoFile = regexp.MustCompile(`(?i)["'\s]([\w+/=.-]{16,})["']?\s*(?:\|.*)?>\s*\S*(?:secret|token|key|passw)`)
	// candidates are values: in quotes of each kind, or behind a sign, a flag or "is".
	candidates = []*regexp.Regexp{
		regexp.MustCompile(`"([^"\s]{8,})"`), regexp.MustCompile(`'([^'\s]{8,})'`),
		regexp.MustCompile("`([^`\\s]{8,})`"), regexp.MustCompile(`(?i)\b(?:bearer|basic|password)\s+([^\s"'(){}<>]{8,})`),
		regexp.MustCompile(`(?::=|=>|[=:]|\bis|\bwas|--?\w+)\s*([^\s"'` + "`" + `,;()<>{}\[\]]{8,})(?:[\s.,;"'#]|$)`),
	}
)

// valueKind looks for values behind a word for a secret.
func valueKind(line string) string {
	if isPublic.MatchString(line) {
		return ""
	}
	if m := intoFile.FindStringSubmatch(line); m != nil && isByChance(m[1]) {
		return text.T("a random value in a file for a secret")
	}
	for _, word := range speaksOf.FindAllStringIndex(line, -1) {
		for _, pattern := range candidates {
			for _, m := range pattern.FindAllStringSubmatchIndex(line[word[0]:], -1) {
				from, to := word[0]+m[2], word[0]+m[3]
				if from < word[1] {
					continue // the word is in the value
				}
				if isSecret(line[word[0]:word[1]], line[word[1]:from], strings.TrimRight(line[from:to], ".,;")) {
					name := strings.ToLower(strings.Trim(line[word[0]:word[1]], " :=_-(.\"'"))
					return text.T("a random value of something called %s", name)
				}
			}
		}
	}
	return ""
}

// isSecret judges a value behind a word. A short one counts only close behind the
// word for a password: people think of those, and chance makes longer ones.
func isSecret(word, between, value string) bool {
	if isByChance(value) {
		return true
	}
	isPassword := slices.ContainsFunc([]string{"pass", "pwd", "비밀번호", "암호"},
		func(start string) bool { return strings.HasPrefix(strings.ToLower(word), start) })
	return isPassword && len(between) <= 40 && isThoughtOf(value)
}

// placeholder is what stands for a secret in examples.
var placeholder = regexp.MustCompile(
	`(?i)^(pass(word)?|pw|secret|user|example|change.?me|xxx+|\*+|\.\.\.+|your.*|%[sqvw].*|(new|current)-password)$`)

func isPlaceholder(text string) bool {
	inCapitals := text == strings.ToUpper(text) && !strings.ContainsAny(text, "0123456789") // PASSWORD
	return inCapitals || placeholder.MatchString(text)
}
