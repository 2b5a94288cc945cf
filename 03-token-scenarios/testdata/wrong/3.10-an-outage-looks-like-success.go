// Wrong: where the store can't answer, the client still hears that it is logged
// out.
//
// Hint: Ending a session can fail, and then it goes on. The rows print what
// came instead of UNAVAILABLE or 503. No error: your loop lost it. INTERNAL or
// 500: it went out without refusal.
//
// Fails:
//   - TestHandlers_LogOut_whileTheStoreIsDown
//   - TestSessions_LogOut/a_store_that_can't_answer_must_not_be_taken_for_a_log-out
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		if id, err := s.sessionOf(token); err == nil {
			_ = s.end(ctx, id)
		}
	}
	return nil
}
