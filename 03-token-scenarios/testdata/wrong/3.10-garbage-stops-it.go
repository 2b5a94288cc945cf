// Wrong: the first token that is not genuine ends the loop, and the next one is
// never looked at.
//
// Hint: Two tokens come, and the first is garbage. Follow your loop by hand:
// what becomes of the second?
//
// Fails:
//   - TestSessions_LogOut/garbage_does_not_keep_the_next_token_from_counting
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		id, err := s.sessionOf(token)
		if err != nil {
			return nil
		}
		if err := s.end(ctx, id); err != nil {
			return refusal(err)
		}
	}
	return nil
}
