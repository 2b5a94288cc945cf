package deploy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Result is what one contract check found.
type Result struct {
	Name string
	Err  error // what was expected and what came instead; nil: as it should be
}

// Report is what [Verify] found.
type Report struct {
	Version Version // of the server that answered
	Results []Result
}

// Err returns nil if every check passed, and else the failures in one line.
func (r Report) Err() error {
	var failures []string
	for _, result := range r.Results {
		if result.Err != nil {
			failures = append(failures, result.Name+": "+result.Err.Error())
		}
	}
	if len(failures) == 0 {
		return nil
	}
	all := strings.Join(failures, "; ")
	return fmt.Errorf("%d of %d contract checks failed: %s", len(failures), len(r.Results), all)
}

// Print writes one line for each check.
func (r Report) Print(w io.Writer) {
	for _, result := range r.Results {
		if result.Err == nil {
			fmt.Fprintf(w, "  ok      %s\n", result.Name)
		} else {
			fmt.Fprintf(w, "  FAILED  %s: %v\n", result.Name, result.Err)
		}
	}
}

// Verify checks from outside that the server at baseURL, such as
// https://auth.example.com, keeps the HTTP contract. It signs up a user with a
// random name, goes the whole way of a session with it, and removes it again,
// also when a check fails. It stops at the first check that gets no answer.
func Verify(ctx context.Context, baseURL string) Report {
	transport := &http.Transport{DisableKeepAlives: true} // each check has its own connection
	return verify(ctx, baseURL, transport)
}

// VerifyMaintenance checks that the server at baseURL is alive, and closed to
// everybody.
func VerifyMaintenance(ctx context.Context, baseURL string) Report {
	origin, err := CheckOrigin(baseURL)
	if err != nil {
		return Report{Results: []Result{{"the address", err}}}
	}
	return newVisitor(origin, &http.Transport{DisableKeepAlives: true}).runAll(ctx, maintenance)
}

func verify(ctx context.Context, baseURL string, transport http.RoundTripper) Report {
	origin, err := CheckOrigin(baseURL)
	if err != nil {
		return Report{Results: []Result{{"the address", err}}}
	}
	v := newVisitor(origin, transport)
	return v.runAll(ctx, slices.Concat(surface, v.swagger(ctx), roundTrip))
}

// runAll runs the checks until one gets no answer, and leaves no user behind.
func (v *visitor) runAll(ctx context.Context, checks []check) (report Report) {
	for _, check := range checks {
		err := v.run(ctx, check)
		report.Results = append(report.Results, Result{check.name, err})
		if errors.Is(err, errNoAnswer) {
			break
		}
	}
	if err := v.leave(ctx); err != nil {
		report.Results = append(report.Results, Result{"the checks leave nothing behind", err})
	}
	report.Version = v.version
	return report
}

// swagger returns the checks of what the server shows of its documentation. It
// shows all or nothing: half of it is a mistake.
func (v *visitor) swagger(ctx context.Context) []check {
	for _, check := range swaggerOff {
		if v.run(ctx, check) != nil {
			return swaggerOn
		}
	}
	return swaggerOff
}

// visitor is the client of the checks: one user with a random name, and the
// tokens that the user was given.
type visitor struct {
	origin   string
	client   *http.Client
	username string
	password string
	mayExist bool          // the sign-up was sent, and the user not removed yet
	patience time.Duration // for waits that the server asks for
	version  Version
	access   map[string]string // access tokens by the name under which a check keeps them
	refresh  map[string]string // refresh tokens likewise
}

// answerLimit is how long one answer may take. The first one over HTTPS may
// wait until the certificate is made.
const answerLimit = 30 * time.Second

// maxWait is how long all the waits together may take that a server asks for.
const maxWait = 2 * time.Minute

func newVisitor(origin string, transport http.RoundTripper) *visitor {
	return &visitor{
		origin: origin,
		client: &http.Client{
			Transport:     transport,
			Timeout:       answerLimit,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		username: checkUser + strings.ToLower(rand.Text()[:20]),
		password: rand.Text(),
		patience: maxWait,
		access:   map[string]string{},
		refresh:  map[string]string{},
	}
}

// checkUser begins the name of each user of the checks.
const checkUser = "check-"

var checkUserPattern = regexp.MustCompile(`^` + checkUser + `[a-z2-7]{20}$`)

// IsCheckUser reports whether a username is one that [Verify] makes up. Nobody else
// has such a name by accident.
func IsCheckUser(username string) bool { return checkUserPattern.MatchString(username) }

// leave removes the user, if it is still there.
func (v *visitor) leave(ctx context.Context) error {
	if !v.mayExist {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerLimit)
	defer cancel()
	for _, check := range cleanUp {
		if err := v.run(ctx, check); err != nil {
			return fmt.Errorf("the user %s may still be there (%w); remove it with: final admin delete %s",
				v.username, err, v.username)
		}
	}
	return nil
}
