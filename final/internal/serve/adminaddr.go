package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/web"
)

// adminRetry is how often a taken ADMIN_ADDR is tried again.
const adminRetry = time.Second

// listenAdmin opens ADMIN_ADDR. Where another process has it, that is no reason
// not to start: the listener is nil then. It may be the release that this one
// replaces, which goes in a moment. It notes in c where the metrics are.
func listenAdmin(c *config.Config, l listeners) (net.Listener, error) {
	if c.AdminAddr == config.AdminOff {
		return nil, nil
	}
	if err := l.apart("ADMIN_ADDR", c.AdminAddr); err != nil {
		return nil, fmt.Errorf("%w; ADMIN_ADDR may also be off", err)
	}
	listener, err := net.Listen("tcp", c.AdminAddr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ADMIN_ADDR: cannot listen on %q: %w", c.AdminAddr, err)
	}
	c.MetricsURL = "http://" + listener.Addr().String() + "/metrics"
	return listener, nil
}

// ServeAdmin answers on ADMIN_ADDR until ctx ends, and closes it then, so that
// the next release can have it.
func ServeAdmin(ctx context.Context, a *web.App, listener net.Listener) {
	if a.Config.AdminAddr == config.AdminOff {
		return
	}
	if listener == nil {
		a.Log.Warn("no metrics yet: another process listens on ADMIN_ADDR; they come when it has gone, or set another address, or off",
			"addr", a.Config.AdminAddr)
		if listener = awaitListener(ctx, a.Config.AdminAddr, adminRetry); listener == nil {
			return
		}
		a.Log.Info("the metrics are there now", "addr", a.Config.AdminAddr)
	}
	server := deploy.NewServer(a.Metrics.Handler(), a.Log)
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); ctx.Err() == nil {
		a.Log.Error("the metrics are gone", "error", err)
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
