package serve

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"time"
)

const (
	// lookEvery is how often the server looks at its certificate. autocert tries a
	// renewal that failed again after half an hour to an hour.
	lookEvery = time.Hour
	// lookAfterSwitch is when it looks first where a service manager holds the
	// ports: the release that served before may still answer there, and the
	// authority would hear nothing of us.
	lookAfterSwitch = time.Minute
)

// watch looks at the certificate until ctx ends: autocert renews it in the
// background, and tells nobody when that fails. The first look gets the
// certificate before a visitor has to wait for it.
func (c *certificates) watch(ctx context.Context, first time.Duration) {
	timer := time.NewTimer(first)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		c.look()
		timer.Reset(lookEvery)
	}
}

// look tells the operator of a certificate that is not there or not renewed.
func (c *certificates) look() {
	certificate, err := c.make(&tls.ClientHelloInfo{ServerName: c.domain})
	if err != nil {
		c.log.Error("there is no certificate yet; does the domain point to this machine, "+
			"and are the ports 80 and 443 open?", "domain", c.domain, "error", err)
		return
	}
	leaf := certificate.Leaf
	if time.Now().Before(overdue(leaf)) {
		return
	}
	c.log.Error("the certificate is not renewed; browsers refuse it after its end", "domain", c.domain,
		"ends", leaf.NotAfter.UTC().Format(time.RFC3339), "days_left", int(time.Until(leaf.NotAfter).Hours()/24),
		"authority", c.authority.complaint())
}

// overdue is when autocert has tried to renew a certificate at least once: it
// begins when a third of its time is left, but no more than 30 days, and up to an
// hour later.
func overdue(leaf *x509.Certificate) time.Time {
	left := min(leaf.NotAfter.Sub(leaf.NotBefore)/3, 30*24*time.Hour)
	return leaf.NotAfter.Add(-left).Add(min(left/2, 2*time.Hour))
}
