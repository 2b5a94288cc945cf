package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// announce says where the server is and, a line each, what it chose by itself.
func announce(w io.Writer, c config) {
	fmt.Fprintf(w, "authbook is ready: %s\n", c.publicURL)
	if c.swagger {
		fmt.Fprintf(w, "Swagger UI:        %s/swagger/\n", c.publicURL)
	}
	if c.metricsURL != "" {
		fmt.Fprintf(w, "Metrics:           %s\n", c.metricsURL)
	}
	for _, v := range variables {
		if chosen := c.chosen(v); slices.Contains(c.unset, v.name) && chosen != "none" {
			fmt.Fprintf(w, "  %s is not set, using %s\n", v.name, chosen)
		}
	}
	if !c.secure() && !strings.HasPrefix(c.publicURL, "http://localhost") {
		fmt.Fprintf(w, "WARNING: %s is plain HTTP: passwords and tokens can be read on the way, and the refresh cookie is not Secure\n", c.publicURL)
	}
}

// chosen says what holds for a variable that is not set.
func (c *config) chosen(v variable) string {
	switch v.name {
	case "ADDR":
		return c.addr
	case "AUTH_SECRET":
		return "the secret kept in " + c.secretPath
	case "PUBLIC_URL":
		if c.secure() {
			return c.publicURL
		}
		return c.publicURL + ", so the refresh cookie is not Secure"
	case "ADMIN_ADDR":
		if c.metricsURL == "" {
			return "none" // the log says why
		}
		return c.adminAddr
	case "HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY":
		return c.chosenForHTTPS(v)
	}
	return v.standard
}

func (c *config) chosenForHTTPS(v variable) string {
	switch {
	case c.domain == "":
		return "none"
	case v.name == "HTTPS_ADDR":
		return c.httpsAddr
	case v.name == "CERT_DIR":
		return c.certDir
	}
	return v.standard
}
