// Wrong: it asks the ordinary bearer check, which knows no refresh token and
// refuses an expired access token.
//
// Hint: The bearer check answers whether somebody may come in. Somebody who
// wants to leave may hold less than that: which tokens does the check refuse?
//
// Fails:
//   - TestHandlers_LogOut/both
//   - TestHandlers_LogOut/both_of_two_cookies
//   - TestHandlers_LogOut/the_cookie's_session
//   - TestHandlers_LogOut_whileTheStoreIsDown
//   - TestModel_agreesWithTheService/in_250_random_stories
//   - TestSessions_LogOut/a_refresh_token_ends_its_session
//   - TestSessions_LogOut/a_store_that_can't_answer_must_not_be_taken_for_a_log-out
//   - TestSessions_LogOut/an_expired_one_too
//   - TestSessions_LogOut/and_a_refresh_token_that_was_exchanged
//   - TestSessions_LogOut/garbage_does_not_keep_the_next_token_from_counting
//   - TestSessions_LogOut/two_tokens_end_two_sessions
//   - TestSessions_LogOut_racingARefresh
//   - TestSessions_LogOut_thoughTheClientHangsUp
//   - TestSessions_tellTheScenarios/log-out
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		who, err := s.Authenticate(ctx, token)
		if err != nil {
			continue
		}
		if err := s.end(ctx, who.SessionID); err != nil {
			return refusal(err)
		}
	}
	return nil
}
