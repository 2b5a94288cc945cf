package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// adminOff is the value of ADMIN_ADDR that switches it off.
const adminOff = "off"

// adminRetry is how often a taken ADMIN_ADDR is tried again.
const adminRetry = time.Second

func checkAdminAddr(c *config, getenv func(string) string) error {
	c.adminAddr = or(getenv("ADMIN_ADDR"), "127.0.0.1:9090")
	if c.adminAddr == adminOff {
		return nil
	}
	return checkHostPort("ADMIN_ADDR", c.adminAddr, "127.0.0.1:9090, or off")
}

// listenAdmin opens ADMIN_ADDR. Where another process has it, that is no reason
// not to start: the listener is nil then. It may be the release that this one
// replaces, which goes in a moment. It notes in c where the metrics are.
func listenAdmin(c *config, l listeners) (net.Listener, error) {
	if c.adminAddr == adminOff {
		return nil, nil
	}
	if err := l.apart("ADMIN_ADDR", c.adminAddr); err != nil {
		return nil, fmt.Errorf("%w; ADMIN_ADDR may also be off", err)
	}
	listener, err := net.Listen("tcp", c.adminAddr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ADMIN_ADDR: cannot listen on %q: %w", c.adminAddr, err)
	}
	c.metricsURL = "http://" + listener.Addr().String() + "/metrics"
	return listener, nil
}

// serveAdmin answers on ADMIN_ADDR until ctx ends, and closes it then, so that
// the next release can have it.
func (a *app) serveAdmin(ctx context.Context, listener net.Listener) {
	if a.config.adminAddr == adminOff {
		return
	}
	if listener == nil {
		a.log.Warn("no metrics yet: another process listens on ADMIN_ADDR; they come when it has gone, or set another address, or off",
			"addr", a.config.adminAddr)
		if listener = awaitListener(ctx, a.config.adminAddr, adminRetry); listener == nil {
			return
		}
		a.log.Info("the metrics are there now", "addr", a.config.adminAddr)
	}
	server := deploy.NewServer(a.metrics.handler(), a.log)
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); ctx.Err() == nil {
		a.log.Error("the metrics are gone", "error", err)
	}
}

// awaitListener tries until the address is free. It returns nil when ctx ends.
func awaitListener(ctx context.Context, addr string, retry time.Duration) net.Listener {
	ticker := time.NewTicker(retry)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		if listener, err := net.Listen("tcp", addr); err == nil {
			return listener
		}
	}
}
