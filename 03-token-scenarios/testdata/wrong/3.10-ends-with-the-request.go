// Wrong: the session is ended on the request's context, which ends when the tab
// is closed.
//
// Hint: People click log out and close the tab. The last functions of this file
// have something for that.
//
// Fails:
//   - TestSessions_LogOut_thoughTheClientHangsUp
package tokens

import "context"

func (s *Sessions) LogOut(ctx context.Context, tokens ...string) error {
	for _, token := range tokens {
		id, err := s.sessionOf(token)
		if err != nil {
			continue
		}
		if err := s.store.Revoke(ctx, id); err != nil {
			return refusal(err)
		}
	}
	return nil
}
