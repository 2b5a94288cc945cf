// Wrong: of two refreshes at once the second is refused, though its owner is
// honest.
//
// Hint: Two tabs of one person refresh together, and one of them is logged out.
// What does it mean that the store did not move the session, and who decides
// that?
//
// Fails:
//   - TestHandlers_Refresh/a_session_whose_time_is_over
//   - TestHandlers_Refresh/the_cookie_gets_the_next_pair
//   - TestSessions_Refresh/a_disabled_user
//   - TestSessions_Refresh/a_log-out_that_comes_before_the_update_wins
//   - TestSessions_Refresh/a_reuse_that_can't_be_recorded_is_no_answer_yet
//   - TestSessions_Refresh/a_session_that_changes_between_the_update_and_the_read
//   - TestSessions_Refresh/a_session_that_was_ended
//   - TestSessions_Refresh/after_the_grace_it_ends_the_session
//   - TestSessions_Refresh/the_one_before_too,_within_the_grace
//   - TestSessions_Refresh/two_generations_old_ends_the_session_at_once
//   - TestSessions_Refresh/two_refreshes_that_come_before_the_update_make_it_a_reuse
//   - TestSessions_Refresh_endsAReusedSessionThoughTheThiefHangsUp
//   - TestSessions_Refresh_fiftyTimesAtOnce
//   - TestSessions_Refresh_inTheGraceGivesAFreshAccessToken
//   - TestSessions_tellTheScenarios/rotation
//   - TestSessions_tellTheScenarios/theft
package tokens

import "context"

func (s *Sessions) Refresh(ctx context.Context, token string) (Pair, error) {
	presented, err := unseal(s.mac, token)
	if err != nil {
		return Pair{}, badToken(err)
	}
	found, moved, err := s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	if err == nil && !moved {
		err = ErrInvalid
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
