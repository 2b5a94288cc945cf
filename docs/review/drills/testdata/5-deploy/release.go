// Package release puts a new release of a server in the place of the old one.
package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
)

// Health answers /readyz. A load balancer asks it whether to send requests here.
type Health struct {
	Ping     func(context.Context) error // asks the database
	draining atomic.Bool
}

// Drain says that this server is about to end.
func (h *Health) Drain() { h.draining.Store(true) }

// Ready answers 200 as long as requests may come.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) {
	if err := h.Ping(r.Context()); err != nil {
		http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// NewServer returns a server that strangers may talk to.
func NewServer(addr string, h http.Handler) *http.Server {
	return &http.Server{Addr: addr, Handler: h}
}

// Check reports whether a file is the one that was built: sum is the SHA-256 of
// its bytes in hexadecimal.
func Check(file []byte, sum string) error {
	got := sha256.Sum256(file)
	if !strings.HasPrefix(hex.EncodeToString(got[:]), sum) {
		return fmt.Errorf("the file has another sum than %s", sum)
	}
	return nil
}

// Switch lets link point to another release. A start at any moment finds one.
func Switch(link, release string) error {
	if err := os.Remove(link); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.Symlink(release, link)
}

// Step is one thing to do, and how to take it back.
type Step struct {
	Do   func() error
	Undo func()
}

// Run does all steps. Where one fails, those before it are taken back, the last
// one first.
func Run(steps []Step) error {
	for i, s := range steps {
		err := s.Do()
		if err == nil {
			continue
		}
		for _, done := range steps[:i] {
			done.Undo()
		}
		return nil
	}
	return nil
}
