// Wrong: it stops after the first session that it ended.
//
// Hint: A request can carry a cookie of one session and a bearer of another.
// Look for the place at which your loop is content.
//
// Fails:
//   - TestHandlers_LogOut/both
//   - TestHandlers_LogOut/both_of_two_cookies
//   - TestModel_agreesWithTheService/in_250_random_stories
//   - TestSessions_LogOut/two_tokens_end_two_sessions
//   - TestSessions_tellTheScenarios/log-out
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		id, err := s.sessionOf(token)
		if err != nil {
			continue
		}
		if err := s.end(ctx, id); err != nil {
			return refusal(err)
		}
		return nil
	}
	return nil
}
