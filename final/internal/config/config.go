package config

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"

	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/store"
	"golang.org/x/crypto/acme/autocert"
)

// Variable is one environment variable that the server reads.
type Variable struct {
	Name     string
	Standard string // what holds when it is unset
	Meaning  string
}

// Variables is the whole configuration. --help prints it, and a test holds
// README.md to it.
var Variables = [...]Variable{
	{"ADDR", ":8080, or :80 with DOMAIN", "address to listen on; a listener from systemd goes before it"},
	{"DOMAIN", "none", "name that points to this server, such as auth.example.com; turns HTTPS on"},
	{"HTTPS_ADDR", ":443", "with DOMAIN: address to listen on for HTTPS; a listener from systemd goes before it"},
	{"CERT_DIR", "certificates, beside the SQLite file or in ./data", "with DOMAIN: folder that keeps the certificate and its key"},
	{"ACME_DIRECTORY", autocert.DefaultACMEDirectory, "with DOMAIN: the authority that makes the certificate (RFC 8555)"},
	{"DATABASE_URL", "./data/authbook.db", "a SQLite file, or postgres://… for PostgreSQL"},
	{"AUTH_SECRET", "generated, kept beside the SQLite file", "secret that signs every token, at least 32 bytes; required with PostgreSQL and with DOMAIN"},
	{"AUTH_SECRET_PREVIOUS", "none", "the secret before a rotation; its tokens are still accepted"},
	{"PUBLIC_URL", "http://localhost and the port of ADDR", "how clients reach the server; https makes the refresh cookie Secure"},
	{"ADMIN_ADDR", "127.0.0.1:9090", "address of GET /metrics, for Prometheus and not for the public; off for none"},
	{"TRUSTED_PROXIES", "none", "addresses or prefixes, comma-separated, whose X-Forwarded-For counts"},
	{"RATE_LIMIT", "30", "requests with a password a second from one address; ten times as many at once"},
	{"SWAGGER", "on", "off takes /swagger/ and /openapi.json away"},
	{"PASSWORD_BLOCKLIST", "none", "file of passwords that nobody may choose, one a line"},
	{"LOG_FORMAT", "text", "text or json, on standard error"},
}

// Config is what the environment says, checked.
type Config struct {
	Addr           string
	Domain         string // "": HTTPS is off
	HTTPSAddr      string
	CertDir        string // "": beside the database
	ACMEDirectory  string
	AdminAddr      string // AdminOff: none
	MetricsURL     string // where the metrics are; "" while ADMIN_ADDR is taken
	DatabaseURL    string
	Secret         []byte // nil: generate one, or use the one kept
	SecretPath     string // where a generated secret is kept; "": it came from outside
	PreviousSecret []byte // nil: none
	PublicURL      string // an origin such as https://auth.example; "": from addr
	TrustedProxies []netip.Prefix
	RatePerSecond  float64
	Blocklist      Blocklist // nil: none
	Swagger        bool
	JSONLog        bool
	Unset          []string // the variables for which a default was chosen

	// hasher has the production cost; tests put a cheaper one in its place.
	Hasher accounts.Hasher
	// acmeClient talks to the authority; tests have one of their own to trust.
	// nil: http.DefaultClient
	ACMEClient *http.Client
}

// minSecret is the least length of a secret: that of the hash it keys
// (RFC 7518 section 3.2).
const minSecret = 32

// Read reads and checks the environment. The error names the variable and
// what would be right, and never repeats a secret.
func Read(getenv func(string) string) (Config, error) {
	c := Config{
		DatabaseURL:    DatabaseURL(getenv),
		PreviousSecret: []byte(getenv("AUTH_SECRET_PREVIOUS")),
		Hasher:         accounts.ProductionCost(),
	}
	for _, check := range []func(*Config, func(string) string) error{
		checkDomain, checkAddr, checkAdminAddr, checkSecrets, checkPublicURL, checkTrustedProxies, checkBlocklist, checkRateLimit, checkSwitches,
	} {
		if err := check(&c, getenv); err != nil {
			return Config{}, err
		}
	}
	for _, v := range Variables {
		isSet := getenv(v.Name) != "" || (v.Name == "AUTH_SECRET" && c.Secret != nil)
		if !isSet {
			c.Unset = append(c.Unset, v.Name)
		}
	}
	return c, nil
}

func DatabaseURL(getenv func(string) string) string {
	return or(getenv("DATABASE_URL"), "./data/authbook.db")
}

// OpenDatabase opens the store. Its error names the variable.
func OpenDatabase(ctx context.Context, databaseURL string) (*store.Store, error) {
	return openWith(ctx, store.Open, databaseURL)
}

// OpenExisting is OpenDatabase for commands that make no new one.
func OpenExisting(ctx context.Context, databaseURL string) (*store.Store, error) {
	return openWith(ctx, store.OpenExisting, databaseURL)
}

func openWith(ctx context.Context, open func(context.Context, string) (*store.Store, error), databaseURL string) (*store.Store, error) {
	db, err := open(ctx, databaseURL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	return db, nil
}

func or(value, standard string) string {
	if value == "" {
		return standard
	}
	return value
}

// checkDomain reads what HTTPS needs.
func checkDomain(c *Config, getenv func(string) string) error {
	c.Domain = getenv("DOMAIN")
	c.CertDir = getenv("CERT_DIR")
	c.ACMEDirectory = or(getenv("ACME_DIRECTORY"), autocert.DefaultACMEDirectory)
	if c.Domain == "" {
		return nil
	}
	if err := deploy.CheckDomain(c.Domain); err != nil {
		return fmt.Errorf("DOMAIN: %w", err)
	}
	if u, err := url.Parse(c.ACMEDirectory); err != nil || u.Scheme != "https" || u.Hostname() == "" {
		return errors.New("ACME_DIRECTORY must be an https URL, such as " + autocert.DefaultACMEDirectory)
	}
	return nil
}

func checkAddr(c *Config, getenv func(string) string) error {
	c.Addr = or(getenv("ADDR"), ":8080")
	if c.Domain == "" {
		return checkHostPort("ADDR", c.Addr, ":8080")
	}
	c.Addr = or(getenv("ADDR"), ":80")
	c.HTTPSAddr = or(getenv("HTTPS_ADDR"), ":443")
	if err := checkHostPort("ADDR", c.Addr, ":80"); err != nil {
		return err
	}
	return checkHostPort("HTTPS_ADDR", c.HTTPSAddr, ":443")
}

// AdminOff is the value of ADMIN_ADDR that switches it off.
const AdminOff = "off"

func checkAdminAddr(c *Config, getenv func(string) string) error {
	c.AdminAddr = or(getenv("ADMIN_ADDR"), "127.0.0.1:9090")
	if c.AdminAddr == AdminOff {
		return nil
	}
	return checkHostPort("ADMIN_ADDR", c.AdminAddr, "127.0.0.1:9090, or off")
}

func checkHostPort(name, addr, example string) error {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%s: %q is not host:port; use for example %s", name, addr, example)
	}
	if !isPort(port) {
		return fmt.Errorf("%s: %q has no port between 0 and 65535; use for example %s", name, addr, example)
	}
	return nil
}

func isPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

// onPostgreSQL reports whether several servers may share the database, so that
// none of them may invent a secret.
func (c *Config) onPostgreSQL() bool {
	return store.IsPostgres(c.DatabaseURL)
}

func checkSecrets(c *Config, getenv func(string) string) (err error) {
	if c.Secret, err = secretFrom(getenv); err != nil {
		return err
	}
	switch {
	case c.Secret == nil && c.onPostgreSQL():
		return errors.New("AUTH_SECRET is required with PostgreSQL, and must be the same on every server; make one with: openssl rand -base64 48")
	case c.Secret == nil && c.Domain != "":
		return errors.New("AUTH_SECRET is required with DOMAIN; make one with: openssl rand -base64 48")
	case c.Secret != nil:
		if err := checkSecret("AUTH_SECRET", c.Secret); err != nil {
			return err
		}
	}
	if len(c.PreviousSecret) == 0 {
		c.PreviousSecret = nil
		return nil
	}
	if hmac.Equal(c.Secret, c.PreviousSecret) {
		return errors.New("AUTH_SECRET_PREVIOUS is the same as AUTH_SECRET; leave it unset, or set AUTH_SECRET to a new one")
	}
	return checkSecret("AUTH_SECRET_PREVIOUS", c.PreviousSecret)
}

// checkSecret refuses a secret that somebody could guess.
func checkSecret(name string, secret []byte) error {
	if len(secret) < minSecret {
		return fmt.Errorf("%s is too short: %d bytes, and at least %d are needed; make one with: openssl rand -base64 48", name, len(secret), minSecret)
	}
	if isGuessable(secret) {
		return fmt.Errorf("%s is an example or a pattern that others know; make one with: openssl rand -base64 48", name)
	}
	return nil
}

func checkPublicURL(c *Config, getenv func(string) string) error {
	text := getenv("PUBLIC_URL")
	if c.Domain != "" {
		c.PublicURL = "https://" + c.Domain
		if text != "" && strings.TrimSuffix(text, "/") != c.PublicURL {
			return fmt.Errorf("PUBLIC_URL must be %s with this DOMAIN; leave it unset", c.PublicURL)
		}
		return nil
	}
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	bad := err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil ||
		(u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" || !isPort(or(u.Port(), "0"))
	if bad {
		return errors.New("PUBLIC_URL must be scheme and host alone, such as https://auth.example.com")
	}
	c.PublicURL = origin(u)
	return nil
}

// origin writes scheme and host as browsers do in the header Origin (RFC 6454
// section 6.2): in small letters, and without the scheme's own port.
func origin(u *url.URL) string {
	own := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	host := strings.TrimSuffix(strings.ToLower(u.Host), ":")
	return u.Scheme + "://" + strings.TrimSuffix(host, own)
}

// Secure reports whether clients reach the server over HTTPS. It decides the
// cookie once, for the server's whole life.
func (c *Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

func checkTrustedProxies(c *Config, getenv func(string) string) error {
	text := getenv("TRUSTED_PROXIES")
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		prefix, err := parsePrefix(strings.TrimSpace(part))
		if err != nil {
			return fmt.Errorf("TRUSTED_PROXIES: %q is neither an address nor a prefix; use for example 10.0.0.0/8,192.0.2.7", strings.TrimSpace(part))
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix)
	}
	return nil
}

// parsePrefix reads 10.0.0.0/8, or 192.0.2.7 as the prefix of one address. IPv4
// inside IPv6 is IPv4, as it is in a client's address.
func parsePrefix(s string) (netip.Prefix, error) {
	if !strings.Contains(s, "/") {
		addr, err := netip.ParseAddr(s)
		if err != nil {
			return netip.Prefix{}, err
		}
		return addr.Unmap().Prefix(addr.Unmap().BitLen())
	}
	p, err := netip.ParsePrefix(s)
	if err == nil && p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96), nil
	}
	return p, err
}

func checkRateLimit(c *Config, getenv func(string) string) error {
	rate, err := strconv.ParseFloat(or(getenv("RATE_LIMIT"), "30"), 64)
	if err != nil || !(rate > 0 && rate <= 1e6) {
		return errors.New("RATE_LIMIT must be a number above 0, such as 30")
	}
	c.RatePerSecond = rate
	return nil
}

func checkSwitches(c *Config, getenv func(string) string) error {
	switch value := or(getenv("SWAGGER"), "on"); value {
	case "on", "off":
		c.Swagger = value == "on"
	default:
		return errors.New("SWAGGER must be on or off")
	}
	switch value := or(getenv("LOG_FORMAT"), "text"); value {
	case "text", "json":
		c.JSONLog = value == "json"
	default:
		return errors.New("LOG_FORMAT must be text or json")
	}
	return nil
}

// PrintVariables writes the table that --help shows.
func PrintVariables(w io.Writer) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range Variables {
		fmt.Fprintf(table, "  %s\t%s (default: %s)\n", v.Name, v.Meaning, v.Standard)
	}
	_ = table.Flush()
}
