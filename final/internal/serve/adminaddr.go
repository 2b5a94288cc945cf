package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
)

// adminRetry is how often a taken ADMIN_ADDR is tried again.
const adminRetry = time.Second

// listenAdmin opens ADMIN_ADDR. Where another process has it, that is no reason
// not to start: the listener is nil then. It may be the release that this one
// replaces, which goes in a moment.
func listenAdmin(c config.Config, l listeners) (net.Listener, error) {
	if c.AdminAddr == "" {
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
	return listener, nil
}

// admin answers on ADMIN_ADDR.
type admin struct {
	addr    string // "": nowhere
	handler http.Handler
	log     *slog.Logger
}

// serve answers on the listener until ctx ends, and closes it then, so that the
// next release can have it. Where another process has the address, the listener
// is nil, and serve waits for the address.
func (a admin) serve(ctx context.Context, listener net.Listener) {
	if a.addr == "" {
		return
	}
	if listener == nil {
		a.log.Warn("no metrics yet: another process listens on ADMIN_ADDR; "+
			"they come when it has gone, or set another address, or off", "addr", a.addr)
		if listener = awaitListener(ctx, a.addr, adminRetry); listener == nil {
			return
		}
		a.log.Info("the metrics are there now", "addr", a.addr)
	}
	server := deploy.NewServer(a.handler, a.log)
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
