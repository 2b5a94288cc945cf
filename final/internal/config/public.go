package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	deploy "example.com/authbook/05-deploy"
)

// readDomain reads what HTTPS needs.
func (c *Config) readDomain(get environment) error {
	c.Domain = get.value("DOMAIN")
	c.CertDir = get.value("CERT_DIR")
	c.ACMEDirectory = get.value("ACME_DIRECTORY")
	if c.Domain == "" {
		return nil
	}
	if err := deploy.CheckDomain(c.Domain); err != nil {
		return fmt.Errorf("DOMAIN: %w", err)
	}
	if u, err := url.Parse(c.ACMEDirectory); err != nil || u.Scheme != "https" || u.Hostname() == "" {
		return fmt.Errorf("ACME_DIRECTORY must be an https URL, such as %s", defaultOf("ACME_DIRECTORY"))
	}
	return nil
}

// readPublicURL reads how clients reach the server. With a domain there is one
// answer to that.
func (c *Config) readPublicURL(get environment) error {
	text := get.value("PUBLIC_URL")
	origin, err := deploy.CheckOrigin(text)
	if c.Domain != "" {
		c.PublicURL = Origin("https://" + c.Domain)
		if text != "" && Origin(origin) != c.PublicURL {
			return fmt.Errorf("PUBLIC_URL must be %s with this DOMAIN; leave it unset", c.PublicURL)
		}
		return nil
	}
	if text != "" && err != nil {
		return errors.New("PUBLIC_URL must be scheme and host alone, such as https://auth.example.com")
	}
	c.PublicURL = Origin(origin)
	return nil
}

// readProxies reads whom the server believes about a client's address.
func (c *Config) readProxies(get environment) error {
	text := get.value("TRUSTED_PROXIES")
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		prefix, err := parsePrefix(part)
		if err != nil {
			return fmt.Errorf(
				"TRUSTED_PROXIES: %q is neither an address nor a prefix; use for example 10.0.0.0/8,192.0.2.7", part)
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
