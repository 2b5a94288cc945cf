// Wrong: only Shutdown is called, as most servers do: clients that wake up
// meanwhile get no answer.
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
)

func (s *serving) stop(drain Drain) error {
	ctx, cancel := context.WithTimeout(context.Background(), drain.Busy)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		_ = s.server.Close()
		return errors.New("stopped with requests still in progress")
	}
	return nil
}
