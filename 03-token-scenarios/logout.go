package tokens

import (
	"context"
	"errors"

	"example.com/authbook/internal/problem"
)

// LogOut ends the session of each token, be it a refresh token of any
// generation or an access token, expired or not. A token that this server did
// not issue ends nothing and is no error (RFC 7009 section 2.2): the client
// wanted to be logged out, and it is.
//
// It returns the sessions that the tokens name, for the audit log: those that
// it ended, and with an error also the one that it could not end.
//
//workbook:exercise 3.10 TestSessions_LogOut(_.*)?|TestHandlers_LogOut(_.*)?|TestSessions_tellTheScenarios/log-out|TestModel_agreesWithTheService
func (s *Sessions) LogOut(ctx context.Context, tokens ...string) (named []Session, err error) {
	for _, token := range tokens {
		id, err := s.sessionOf(token)
		if err != nil {
			continue
		}
		named = append(named, s.whose(ctx, id))
		if err := s.end(ctx, id); err != nil {
			return named, refusal(err)
		}
	}
	return named, nil
}

// LogOutAll ends every session of the user.
func (s *Sessions) LogOutAll(ctx context.Context, userID string) error {
	return s.EndOthers(ctx, userID, "")
}

// End ends one live session of the user. It is NOT_FOUND for any other id, be
// it another user's or nobody's.
func (s *Sessions) End(ctx context.Context, userID, id string) error {
	err := s.store.RevokeOwn(context.WithoutCancel(ctx), userID, id)
	if errors.Is(err, ErrNoSession) {
		return problem.Wrap(problem.NotFound, err)
	}
	if err != nil {
		return refusal(err)
	}
	return nil
}

// EndOthers ends every session of the user but the one named current.
func (s *Sessions) EndOthers(ctx context.Context, userID, current string) error {
	if err := s.store.RevokeAll(context.WithoutCancel(ctx), userID, current); err != nil {
		return refusal(err)
	}
	return nil
}

// sessionOf returns the id of the session that a genuine token of either kind
// belongs to.
func (s *Sessions) sessionOf(token string) (string, error) {
	if refresh, err := unseal(s.mac, token); err == nil {
		return refresh.sessionID, nil
	}
	claims, err := s.jwt.VerifyIgnoringExpiry(token)
	return claims.SessionID, err
}

// whose returns the session, or no more than its ID where the store can't say:
// a log-out does not fail because nobody knows whose session it ends.
func (s *Sessions) whose(ctx context.Context, id string) Session {
	found, err := s.store.Load(context.WithoutCancel(ctx), id)
	if err != nil {
		return Session{ID: id}
	}
	return found.Session
}

// end revokes the session even if the client hangs up meanwhile: neither a
// thief nor a closing tab can stop it.
func (s *Sessions) end(ctx context.Context, id string) error {
	return s.store.Revoke(context.WithoutCancel(ctx), id)
}
