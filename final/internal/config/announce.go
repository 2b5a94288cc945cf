package config

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Announce says where the server is and, a line each, what it chose by itself.
func Announce(w io.Writer, c Config) {
	fmt.Fprintf(w, "authbook is ready: %s\n", c.PublicURL)
	if c.Swagger {
		fmt.Fprintf(w, "Swagger UI:        %s/swagger/\n", c.PublicURL)
	}
	if c.MetricsURL != "" {
		fmt.Fprintf(w, "Metrics:           %s\n", c.MetricsURL)
	}
	for _, v := range Variables {
		if chosen := c.chosen(v); slices.Contains(c.Unset, v.Name) && chosen != "none" {
			fmt.Fprintf(w, "  %s is not set, using %s\n", v.Name, chosen)
		}
	}
	if !c.Secure() && !strings.HasPrefix(c.PublicURL, "http://localhost") {
		fmt.Fprintf(w, "WARNING: %s is plain HTTP: passwords and tokens can be read on the way, and the refresh cookie is not Secure\n", c.PublicURL)
	}
}

// chosen says what holds for a variable that is not set.
func (c *Config) chosen(v Variable) string {
	switch v.Name {
	case "ADDR":
		return c.Addr
	case "AUTH_SECRET":
		return "the secret kept in " + c.SecretPath
	case "PUBLIC_URL":
		if c.Secure() {
			return c.PublicURL
		}
		return c.PublicURL + ", so the refresh cookie is not Secure"
	case "ADMIN_ADDR":
		if c.MetricsURL == "" {
			return "none" // the log says why
		}
		return c.AdminAddr
	case "HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY":
		return c.chosenForHTTPS(v)
	}
	return v.Standard
}

func (c *Config) chosenForHTTPS(v Variable) string {
	switch {
	case c.Domain == "":
		return "none"
	case v.Name == "HTTPS_ADDR":
		return c.HTTPSAddr
	case v.Name == "CERT_DIR":
		return c.CertDir
	}
	return v.Standard
}
