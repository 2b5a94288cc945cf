package web

import (
	"context"
	"log/slog"

	deploy "example.com/authbook/05-deploy"
)

// reuse is the event that deserves an alarm each time: two parties held one refresh
// token.
const reuse = "refresh_reuse"

// countedAs is the name under which the metrics count an event. Each ship's contract
// checks use a refresh token twice on purpose; an alarm at each deploy is one that
// nobody hears. The audit log has the event as it is.
func (a *App) countedAs(ctx context.Context, event string, attrs []slog.Attr) string {
	if event != reuse {
		return event
	}
	for _, attr := range attrs {
		if attr.Key != "user_id" {
			continue
		}
		u, err := a.dummies.users.ByID(ctx, attr.Value.String())
		if err == nil && deploy.IsCheckUser(u.Username) {
			return event + "_of_check"
		}
	}
	return event
}
