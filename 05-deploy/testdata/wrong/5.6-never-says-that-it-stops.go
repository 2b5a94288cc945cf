// Wrong: readiness stays true, and no answer asks its client to leave.
//
// Hint: Read the four steps in the comment of Serve. Which of them come before Shutdown,
// and who is told first?
//
// Fails:
//   - TestServe/a_request_in_progress_is_answered
//   - TestServe/an_idle_connection_that_wakes_during_the_drain_is_answered
//   - TestServe/new_connections_wait_where_somebody_else_holds_the_socket
package deploy

import (
	"context"
	"errors"
	"net"
)

func (s *serving) stop(drain Drain) error {
	_ = s.listener.Close()
	if err := <-s.ended; !errors.Is(err, net.ErrClosed) {
		return err
	}
	s.connections.waitUntilNone(drain.Idle)
	ctx, cancel := context.WithTimeout(context.Background(), drain.Busy)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		_ = s.server.Close()
		return errors.New("stopped with requests still in progress")
	}
	return nil
}
