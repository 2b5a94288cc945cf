package config

import (
	"fmt"
	"net/netip"
	"slices"
)

// Warnings says, a line each, what works and is most likely not meant.
func (c Config) Warnings() []string {
	var warnings []string
	if slices.ContainsFunc(c.TrustedProxies, func(p netip.Prefix) bool { return p.Bits() == 0 }) {
		warnings = append(warnings, "WARNING: TRUSTED_PROXIES trusts every address, so anybody can choose the address "+
			"that RATE_LIMIT and the audit log see")
	}
	for _, name := range []string{"HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY"} {
		if c.Domain == "" && !slices.Contains(c.Unset, name) {
			warnings = append(warnings, fmt.Sprintf("WARNING: %s does nothing without DOMAIN", name))
		}
	}
	return warnings
}
