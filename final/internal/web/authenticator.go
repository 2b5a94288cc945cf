package web

import (
	"context"

	middleware "example.com/authbook/01-middleware"
	tokens "example.com/authbook/03-token-scenarios"
)

// authenticator plugs chapter 03 into chapter 01: a [tokens.Snapshot] is the
// principal of a request.
type authenticator struct {
	sessions *tokens.Sessions
	room     func() bool // for the audit record of a token that is refused
}

// Authenticate implements [middleware.Authenticator].
func (a authenticator) Authenticate(ctx context.Context, token string) (middleware.Principal, error) {
	who, err := a.sessions.Authenticate(ctx, token)
	if isBadToken(err) && !a.room() {
		return nil, errNoRoom()
	}
	if err != nil {
		return nil, err
	}
	return who, nil
}
