package config

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// Config is what the environment says, checked. [Read] fills it, and nothing
// changes it later: what the start chooses where it leaves something open is
// kept elsewhere.
type Config struct {
	Addr           string
	Domain         string // "": HTTPS is off
	HTTPSAddr      string
	CertDir        string // "": beside the database
	ACMEDirectory  string
	AdminAddr      string   // "": none
	AdminHosts     []string // in small letters
	DatabaseURL    string
	Secret         []byte // nil: generate one, or use the one kept
	PreviousSecret []byte // nil: none
	PublicURL      Origin // "": from the listener
	TrustedProxies []netip.Prefix
	RatePerSecond  float64
	Blocklist      Blocklist // of the operator; nil: none
	Common         Blocklist // that everybody tries first; nil: none
	Swagger        bool
	Lab            bool // the page that shows the learner's code at work
	LabExercises   string
	Maintenance    bool // nobody is let in, and health alone is answered
	JSONLog        bool
	AuditDir       string // "": beside the database
	AuditDays      int    // how long it is kept
	BackupCommand  string // the units run it; "": none
	BackupEvery    time.Duration
	Unset          []string // the variables that are not set

	// Hasher has the production cost; tests put a cheaper one in its place.
	Hasher accounts.Hasher
	// ACMEClient talks to the authority; tests have one of their own to trust.
	// nil: http.DefaultClient
	ACMEClient *http.Client
}

// Origin is scheme and host, such as https://auth.example.com, as browsers write
// it in the header Origin (RFC 6454 section 6.2).
type Origin string

// Secure reports whether clients reach the server over HTTPS. It decides the
// cookie once, for the server's whole life.
func (o Origin) Secure() bool { return strings.HasPrefix(string(o), "https://") }

// Read reads and checks the environment. The error names the variable and
// what would be right, and never repeats a secret.
func Read(getenv func(string) string) (Config, error) {
	get := environment(getenv)
	if err := get.checkEnds(); err != nil {
		return Config{}, err
	}
	c := Config{
		DatabaseURL: get.value("DATABASE_URL"), AuditDir: get.value("AUDIT_DIR"),
		BackupCommand: get.value("BACKUP_COMMAND"), Hasher: accounts.ProductionCost(),
	}
	for _, read := range []func(*Config, environment) error{
		(*Config).readDomain, (*Config).readAddrs, (*Config).readAdminAddr, (*Config).readAdminHosts,
		(*Config).readSecret, (*Config).readPreviousSecret, (*Config).readPublicURL,
		(*Config).readProxies, (*Config).readBlocklist, (*Config).readCommon, (*Config).readRateLimit,
		(*Config).readAuditDays, (*Config).readBackupEvery, (*Config).readSwitches,
		(*Config).readLab,
	} {
		if err := read(&c, get); err != nil {
			return Config{}, err
		}
	}
	c.Unset = c.unset(get)
	return c, nil
}

// unset names the variables that are not set. A secret that systemd hands over
// counts as set.
func (c *Config) unset(get environment) []string {
	var names []string
	for _, v := range Variables {
		isSet := get(v.Name) != "" || (v.Name == "AUTH_SECRET" && c.Secret != nil)
		if !isSet {
			names = append(names, v.Name)
		}
	}
	return names
}

func (c *Config) readRateLimit(get environment) error {
	rate, err := strconv.ParseFloat(get.value("RATE_LIMIT"), 64)
	// With less than 0.1, ship's own checks would wait for minutes, and go back.
	if err != nil || !(rate >= 0.1 && rate <= 1e6) {
		return fmt.Errorf("RATE_LIMIT must be a number above 0, from 0.1 to 1000000, such as %s", defaultOf("RATE_LIMIT"))
	}
	c.RatePerSecond = rate
	return nil
}

// readBackupEvery reads BACKUP_EVERY, by which the units go. With off they make one
// copy a night.
func (c *Config) readBackupEvery(get environment) error {
	const day = 24 * time.Hour
	text := get.value("BACKUP_EVERY")
	if text == "off" {
		c.BackupEvery = day
		return nil
	}
	every, err := time.ParseDuration(text)
	if err != nil || every < time.Minute || every > day {
		return errors.New("BACKUP_EVERY must be a time from 1m to 24h, such as 15m, or off")
	}
	c.BackupEvery = every
	return nil
}

func (c *Config) readSwitches(get environment) (err error) {
	if c.Swagger, err = get.choice("SWAGGER", "on", "off"); err != nil {
		return err
	}
	if c.Maintenance, err = get.choice("MAINTENANCE", "on", "off"); err != nil {
		return err
	}
	text, err := get.choice("LOG_FORMAT", "text", "json")
	c.JSONLog = !text
	return err
}

// choice reports whether the first of two values counts, and not the second.
func (get environment) choice(name, first, second string) (isFirst bool, err error) {
	value := get.value(name)
	if value != first && value != second {
		return false, fmt.Errorf("%s must be %s or %s", name, first, second)
	}
	return value == first, nil
}
