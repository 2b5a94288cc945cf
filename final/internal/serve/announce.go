package serve

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/authbook/final/internal/config"
)

// chosen is what the start chose where the configuration leaves it open.
type chosen struct {
	publicURL  config.Origin
	secretPath string // where a generated secret is kept; "": it came from outside
	certDir    string
	auditDir   string
	metricsURL string // "" while nobody listens there
	inherited  bool   // a service manager holds the listeners
}

// announce says where the server is and, a line each, what it chose by itself.
func announce(w io.Writer, c config.Config, by chosen) {
	fmt.Fprintf(w, "authbook is ready: %s\n", by.publicURL)
	if c.Swagger {
		fmt.Fprintf(w, "Swagger UI:        %s/swagger/\n", by.publicURL)
	}
	if c.Lab {
		fmt.Fprintf(w, "Lab:               %s/lab/\n", by.publicURL)
	}
	if by.metricsURL != "" {
		fmt.Fprintf(w, "Metrics:           %s\n", by.metricsURL)
	}
	for _, v := range config.Variables {
		if text := using(v, c, by); slices.Contains(c.Unset, v.Name) && text != config.None {
			fmt.Fprintf(w, "  %s is not set, using %s\n", v.Name, text)
		}
	}
	for _, warning := range c.Warnings() {
		fmt.Fprintln(w, warning)
	}
	if !by.publicURL.Secure() && !strings.HasPrefix(string(by.publicURL), "http://localhost") {
		fmt.Fprintf(w, "WARNING: %s is plain HTTP: passwords and tokens can be read on the way, "+
			"and the refresh cookie is not Secure\n", by.publicURL)
	}
}

// using says what holds for a variable that is not set: its default, but where
// that depends on something else.
func using(v config.Variable, c config.Config, by chosen) string {
	switch v.Name {
	case "ADDR":
		return by.listener(c.Addr)
	case "AUTH_SECRET":
		return fmt.Sprintf("the secret kept in %s", by.secretPath)
	case "PUBLIC_URL":
		if by.publicURL.Secure() {
			return string(by.publicURL)
		}
		return fmt.Sprintf("%s, so the refresh cookie is not Secure", by.publicURL)
	case "AUDIT_DIR":
		return by.auditDir
	case "ADMIN_ADDR":
		if by.metricsURL == "" {
			return config.None // the log says why
		}
	case "HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY":
		return usingForHTTPS(v, c, by)
	}
	return v.Shown()
}

func usingForHTTPS(v config.Variable, c config.Config, by chosen) string {
	switch {
	case c.Domain == "":
		return config.None
	case v.Name == "HTTPS_ADDR":
		return by.listener(c.HTTPSAddr)
	case v.Name == "CERT_DIR":
		return by.certDir
	}
	return v.Shown()
}

// listener says where requests come in, where the configuration says addr.
func (by chosen) listener(addr string) string {
	if by.inherited {
		return "the listener of the service manager"
	}
	return addr
}
