// Wrong: a token that is not genuine is answered with an error, so a stale
// cookie stops a log-out.
//
// Hint: The client wanted to be logged out. With a token that is worth nothing,
// is it not logged out already?
//
// Fails:
//   - TestHandlers_LogOut/garbage
//   - TestModel_agreesWithTheService/in_250_random_stories
//   - TestSessions_LogOut/garbage_does_not_keep_the_next_token_from_counting
//   - TestSessions_LogOut/tampered_tokens_end_nothing
//   - TestSessions_tellTheScenarios/log-out
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		id, err := s.sessionOf(token)
		if err != nil {
			return badToken(err)
		}
		if err := s.end(ctx, id); err != nil {
			return refusal(err)
		}
	}
	return nil
}
