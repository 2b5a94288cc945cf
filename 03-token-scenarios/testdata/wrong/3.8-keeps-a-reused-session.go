// Wrong: a reused token is refused and the session goes on, for the thief too.
//
// Hint: judge tells you what happened and changes nothing. The failing rows
// look at the session after the refusal: who ends it?
//
// Fails:
//   - TestSessions_Refresh/a_reuse_that_can't_be_recorded_is_no_answer_yet
//   - TestSessions_Refresh/after_the_grace_it_ends_the_session
//   - TestSessions_Refresh/two_generations_old_ends_the_session_at_once
//   - TestSessions_Refresh/two_refreshes_that_come_before_the_update_make_it_a_reuse
//   - TestSessions_Refresh_endsAReusedSessionThoughTheThiefHangsUp
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
		err = judge(presented.generation, found)
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
