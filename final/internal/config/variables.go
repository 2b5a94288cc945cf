package config

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/crypto/acme/autocert"
)

// Variable is one environment variable that the server reads.
type Variable struct {
	Name    string
	Default string // the value that counts where none is set; "" if there is no such value
	Words   string // what --help says instead of it, where it depends on something else
	Meaning string
}

// addrWithDomain is the default of ADDR where DOMAIN is set.
const addrWithDomain = ":80"

// Variables is the whole configuration, and the one place for its names, its
// defaults and what they mean: the server reads them by this table, --help
// prints it, and a test holds README.md to it.
var Variables = [...]Variable{
	{"ADDR", ":8080", ":8080, or :80 with DOMAIN",
		"address to listen on; a listener from systemd goes before it"},
	{"DOMAIN", "", "", "name that points to this server, such as auth.example.com; turns HTTPS on"},
	{"HTTPS_ADDR", ":443", "",
		"with DOMAIN: address to listen on for HTTPS; a listener from systemd goes before it"},
	{"CERT_DIR", "", "certificates, beside the SQLite file or in ./data",
		"with DOMAIN: folder that keeps the certificate and its key"},
	{"ACME_DIRECTORY", autocert.DefaultACMEDirectory, "",
		"with DOMAIN: the authority that makes the certificate (RFC 8555)"},
	{"DATABASE_URL", "./data/authbook.db", "", "a SQLite file, or postgres://… for PostgreSQL"},
	{"AUTH_SECRET", "", "generated, kept beside the SQLite file",
		"secret that signs every token, at least 32 bytes; required with PostgreSQL and with DOMAIN"},
	{"AUTH_SECRET_PREVIOUS", "", "", "the secret before a rotation; its tokens are still accepted"},
	{"PUBLIC_URL", "", "http://localhost and the port of ADDR",
		"how clients reach the server; https makes the refresh cookie Secure"},
	{"ADMIN_ADDR", "127.0.0.1:9090", "",
		"address of GET /metrics, for Prometheus and not for the public; off for none"},
	{"ADMIN_HOSTS", "", "", "names, comma-separated, that ADMIN_ADDR answers to beside localhost and IP addresses"},
	{"TRUSTED_PROXIES", "", "", "addresses or prefixes, comma-separated, whose X-Forwarded-For counts"},
	{"RATE_LIMIT", "30", "", "requests with a password a second from one address; ten times as many at once"},
	{"SWAGGER", "on", "", "off takes /swagger/ and /openapi.json away"},
	{"LAB", "off", "", "on serves /lab/, to this machine alone; go tool workbook run sets it, a public server never"},
	{"LAB_EXERCISES", "", "", "with LAB=on: file that says whose exercises this server has; workbook run writes it"},
	{"MAINTENANCE", "off", "", "on answers 503 to everything but /healthz and /readyz"},
	{"PASSWORD_BLOCKLIST", "", "", "file of passwords that nobody may choose, one a line"},
	{"LOG_FORMAT", "text", "", "text or json, on standard error"},
	{"BACKUP_COMMAND", "", "", "on a machine of ship's: takes each backup, as its standard input, elsewhere"},
	{"BACKUP_EVERY", "1m", "",
		"on a machine of ship's: how often a changed database is copied, 1m to 24h; off for each night alone"},
	{"AUDIT_DIR", "", "audit, beside the SQLite file or in ./data", "folder that keeps the audit log"},
	{"AUDIT_DAYS", "90", "", "days that the audit log is kept; it takes up to 16 MiB for each"},
}

// CheckName refuses the name of a variable that the server does not read.
func CheckName(name string) error {
	if slices.ContainsFunc(Variables[:], func(v Variable) bool { return v.Name == name }) {
		return nil
	}
	return fmt.Errorf("%s is no variable of this release; final --help lists them", name)
}

// None is what a person reads of a variable that has no default.
const None = "none"

// Shown is the default as a person reads it.
func (v Variable) Shown() string {
	switch {
	case v.Words != "":
		return v.Words
	case v.Default != "":
		return v.Default
	}
	return None
}

// PrintVariables writes the table that --help shows, each line in two writes: the name
// and the meaning.
func PrintVariables(w io.Writer) {
	for _, v := range Variables {
		fmt.Fprintf(w, "  %-*s  ", len("AUTH_SECRET_PREVIOUS"), v.Name) // the longest
		fmt.Fprintf(w, "%s (default: %s)\n", v.Meaning, v.Shown())
	}
}

// environment is os.Getenv, or the environment of a test.
type environment func(name string) string

// value returns what is set, and the default of the table where nothing is.
func (get environment) value(name string) string {
	if set := get(name); set != "" {
		return set
	}
	return defaultOf(name)
}

// checkEnds refuses a blank or a quote at an end of any value: it is no part of
// what the operator means, and came with it from a file or a shell.
func (get environment) checkEnds() error {
	for _, v := range Variables {
		if set := get(v.Name); strings.TrimFunc(set, isBlankOrQuote) != set {
			return fmt.Errorf("%s begins or ends with a blank or a quote; write it without", v.Name)
		}
	}
	return nil
}

func isBlankOrQuote(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`", r) }

// defaultOf is the default of a variable. A name that the table does not have is
// a mistake in this program.
func defaultOf(name string) string {
	for _, v := range Variables {
		if v.Name == name {
			return v.Default
		}
	}
	panic("config: the table has no " + name)
}
