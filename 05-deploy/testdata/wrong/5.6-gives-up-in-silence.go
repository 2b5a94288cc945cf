// Wrong: requests that were cut off are no error.
//
// Hint: Shutdown returns an error when its time is up. What has it cost, and
// who should know?
//
// Fails:
//   - TestServe/a_request_that_never_ends_is_given_up
package deploy

import (
	"context"
	"errors"
	"net"
)

func (s *serving) stop(drain Drain) error {
	s.health.Drain()
	_ = s.listener.Close()
	if err := <-s.ended; !errors.Is(err, net.ErrClosed) {
		return err
	}
	s.connections.waitUntilNone(drain.Idle)
	ctx, cancel := context.WithTimeout(context.Background(), drain.Busy)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		_ = s.server.Close()
	}
	return nil
}
