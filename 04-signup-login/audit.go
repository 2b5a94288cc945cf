package accounts

import (
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

// audit records an event and where it came from.
func (s *Service) audit(r *http.Request, event string, attrs ...slog.Attr) {
	s.config.Audit(r.Context(), event, append(attrs, slog.String("address", s.config.Address(r)))...)
}

// auditAttempt records an attempt to prove a claim that did not succeed. The
// account has an id of the log: operators see which attempts belong together,
// and no name or password typed into its field reaches the log.
func (s *Service) auditAttempt(r *http.Request, c claim, err error) {
	outcome := "_failed"
	if problem.From(err).Code == problem.TooManyRequests {
		outcome = "_throttled"
	}
	account := slog.String("account", s.config.AccountID(c.account))
	s.audit(r, c.action+outcome, account, userID(c.user), codeOf(err))
}

// refuse records that an action failed after its user was found, and returns
// what the client reads of the reason.
func (s *Service) refuse(r *http.Request, action string, user User, reason error) error {
	err := toProblem(reason)
	s.audit(r, action+"_failed", userID(user), codeOf(err))
	return err
}

func userID(u User) slog.Attr { return slog.String("user_id", u.ID) }

func codeOf(err error) slog.Attr { return slog.String("code", string(problem.From(err).Code)) }
