package tokens

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// impostor is a model with one flaw. A table of scenarios unmasks it when one
// of its rows fails on it.
type impostor struct {
	name     string // the model's flaw
	survived string // what it did while the table passed
	seen     string // where it was met outside this workbook
}

// holdAgainst runs a table of scenarios twice: it must pass on the reference,
// and it must unmask every impostor.
func holdAgainst(t *testing.T, id string, table []scenario, impostors []impostor) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, id, table, func(t *testing.T, row scenario) {
			if err := row.playInBubble(t, newModel(honest)); err != nil {
				t.Error(err)
			}
		})
	})
	var unmaskers []string
	t.Run("unmasks", func(t *testing.T) {
		exercise.Rows(t, id, impostors, func(t *testing.T, row impostor) {
			if broken, _ := failures(t, table, honest); len(broken) > 0 {
				t.Fatalf("correct the table first: %d of its rows fail on a correct server, see %s/reference",
					len(broken), strings.Split(t.Name(), "/")[0])
			}
			caught, how := failures(t, table, row.name)
			if len(caught) == 0 {
				t.Fatalf("expected a row to fail on this impostor, got none: %s, and your table still passed\n%s",
					row.survived, nearest(t, table, row.name))
			}
			t.Logf("unmasked by\n%s", strings.Join(how, "\n"))
			exercise.Unmasked(t, caught, row.seen)
			unmaskers = append(unmaskers, caught[0])
		})
	})
	exercise.Idle(t, table, unmaskers, len(impostors))
}

// failures returns the rows of the table that fail on the model, and how.
func failures(t *testing.T, table []scenario, flaw string) (names, how []string) {
	for _, row := range table {
		if err := row.playInBubble(t, newModel(flaw)); err != nil {
			names = append(names, row.name)
			how = append(how, fmt.Sprintf("  %q: %v", row.name, err))
		}
	}
	return names, how
}

// nearest says which row meets the flaw most often, and where first.
func nearest(t *testing.T, table []scenario, flaw string) string {
	steps := func(row scenario) int { return len(row.steps) }
	row, n := exercise.Nearest(table, steps, func(row scenario, n int) int64 {
		var met atomic.Int64
		_ = scenario{row.name, row.steps[:n]}.playInBubble(t, newObserved(flaw, &met)) // it passes; part of it may not
		return met.Load()
	})
	if n == 0 {
		return "none of your rows comes near it"
	}
	return fmt.Sprintf("your row %q comes nearest: it meets the flaw in step %d, %s, and sees nothing wrong",
		row.name, n, row.steps[n-1].text)
}

// accessImpostors get access tokens wrong.
var accessImpostors = []impostor{
	{
		name:     neverExpires,
		survived: "it accepted an access token for ever",
		seen:     "12 of 13 public solutions of one Go challenge accept a token without exp.",
	},
	{
		name:     livesTooLong,
		survived: "its access token lived for ten days instead of fifteen minutes",
		seen:     "A course project passed milliseconds where seconds were meant: 60 minutes became 41.7 days.",
	},
	{
		name:     livesTooShort,
		survived: "its access token was dead after a second",
		seen:     "Another course project had it the other way round: a token of 36 seconds.",
	},
	{
		name:     oneSecondLate,
		survived: "it still accepted an access token in the second it expired",
		seen:     "RFC 7519 section 4.1.4 says \"on or after\"; code that asks now > exp forgets the \"on\".",
	},
	{
		name:     oneSecondEarly,
		survived: "its access token was dead in its last second",
		seen:     "Our own: a client that was told expires_in uses the token until then, and gets 401s nobody can repeat.",
	},
	{
		name:     takesRefreshAsAccess,
		survived: "it accepted a refresh token as an access token, so its 15 minutes became 14 days",
		seen:     "5 of 13 public solutions of one Go challenge, and projects of the course, there followed by a 500.",
	},
	{
		name:     skipsAccessSignature,
		survived: "it stopped checking the signature",
		seen:     "Libraries offer it: golang-jwt has ParseUnverified, and its result looks like that of Parse.",
	},
	{
		name:     mixesUsersUp,
		survived: "it answered with another person's account",
		seen:     "A course project wrote the nickname into sub and looked up by username: everybody was logged out.",
	},
	{
		name:     callsExpiredInvalid,
		survived: "it called an expired token INVALID_TOKEN, so that no client knew it had only to refresh",
		seen:     "A course project answered 500 for whatever its filter threw, even on /refresh.",
	},
	{
		name:     renewsExpiredSilently,
		survived: "it renewed an expired access token on the token's own word",
		seen:     "The filter of a course project did, with nothing but the expired token in hand.",
	},
}

// rotationImpostors get the ordinary life of a session wrong.
var rotationImpostors = []impostor{
	{
		name:     forgetsTheSuccessor,
		survived: "it handed out a new refresh token and never stored it: the second refresh looks like a theft",
		seen:     "A course project; its tests refreshed only once.",
	},
	{
		name:     neverRotates,
		survived: "it gave the same refresh token back every time, so a stolen one works for ever",
		seen:     "The default of Django's simplejwt: ROTATE_REFRESH_TOKENS is off until somebody sets it.",
	},
	{
		name:     takesAccessAsRefresh,
		survived: "it took an access token for a refresh token, so 15 minutes became 14 days",
		seen:     "Our own: one key for both kinds of token, and no look at the kind.",
	},
	{
		name:     skipsRefreshSignature,
		survived: "it stopped checking the signature of refresh tokens",
		seen:     "Our own: a server that decodes the refresh token and trusts the id inside.",
	},
	{
		name:     hasNoIdleLimit,
		survived: "a browser that was forgotten for two weeks was still logged in",
		seen:     "Our own: one expiry column, set at log-in.",
	},
	{
		name:     hasNoAbsoluteLimit,
		survived: "its session went on for ever, as long as somebody refreshed",
		seen:     "Our own: a sliding expiry without an end. OWASP ASVS 5.0 asks for both limits in 7.3.",
	},
	{
		name:     idleSecondShort,
		survived: "it ended a session in the last second of its two weeks",
		seen:     "Our own: a limit that is compared with \"on or after the second before\".",
	},
	{
		name:     idleSecondLong,
		survived: "it still refreshed a session in the second its two weeks were over",
		seen:     "Our own: a now.After(expires) where \"on or after\" was meant.",
	},
	{
		name:     absoluteSecondShort,
		survived: "it ended a session in the last second of its thirty days",
		seen:     "Our own: a limit counted from the second before the log-in.",
	},
	{
		name:     absoluteSecondLong,
		survived: "it still refreshed a session in the second its thirty days were over",
		seen:     "Our own: a limit counted from the first refresh, not from the log-in.",
	},
	{
		name:     neverSlides,
		survived: "it ended the session 14 days after the log-in, refreshed or not",
		seen:     "Our own: a refresh that copies the expiry of the old token into the new one.",
	},
	{
		name:     logsOutOnRefresh,
		survived: "a refresh on the phone logged the laptop out",
		seen:     "Our own: one refresh token per user instead of one per log-in.",
	},
	{
		name:     refreshedIsDead,
		survived: "its refresh gave an access token that it did not accept",
		seen:     "Our own: the access token was stored at the log-in, and forgotten at the refresh.",
	},
}

// theftImpostors get lost responses and stolen tokens wrong.
var theftImpostors = []impostor{
	{
		name:     acceptsReuse,
		survived: "it accepted a refresh token that was used long ago",
		seen:     "Our own: signed refresh tokens that no table knows, so nothing remembers that one was used.",
	},
	{
		name:     refusesButKeeps,
		survived: "it refused the old token, and the thief who had refreshed first stayed logged in",
		seen:     "RFC 9700 section 4.14.2 asks to end the session, because the server can't tell who is who.",
	},
	{
		name:     hasNoGrace,
		survived: "a lost response, or a second tab, logged the person out",
		seen:     "Strict rotation in single-page applications; Auth0 and Okta added a grace period for it.",
	},
	{
		name:     graceSecondShort,
		survived: "it called a lost response a theft in the last second of the grace",
		seen:     "Our own: a now.Before(end) where \"until and with\" was meant.",
	},
	{
		name:     graceSecondLong,
		survived: "it still forgave a token in the second after the grace",
		seen:     "Our own: whole seconds on one side of a comparison, and fractions on the other.",
	},
	{
		name:     graceFromLogIn,
		survived: "its grace was over half a minute after the log-in",
		seen:     "Our own: the column of the log-in and that of the rotation are both called created.",
	},
	{
		name:     graceForAll,
		survived: "it forgave a token two generations old, which no lost response explains",
		seen:     "Our own: the grace asks when the last rotation was, and forgets to ask which token came.",
	},
	{
		name:     forksInGrace,
		survived: "it gave the second tab a successor of its own, so a thief could keep one unseen",
		seen:     "Our own: a grace that mints a new token instead of repeating the one it gave.",
	},
	{
		name:     repeatedIsDead,
		survived: "the second tab got an access token that nobody accepted",
		seen:     "Our own: the grace repeats the refresh token, and signs the access token with a name that no table has.",
	},
	{
		name:     revokesOnGarbage,
		survived: "anybody who knew a session's id could log its owner out",
		seen:     "Our own: reuse detection that runs before the signature is checked.",
	},
	{
		name:     failureClearsCookie,
		survived: "a refresh that failed took the cookie away, and with it what another tab had just renewed",
		seen:     "A course project: the loser of two parallel refreshes cleared the winner's cookie.",
	},
}

// logOutImpostors get the end of a session wrong.
var logOutImpostors = []impostor{
	{
		name:     logOutDoesNothing,
		survived: "its log-out ended nothing",
		seen:     "A blacklist that was documented, in an application that was never installed.",
	},
	{
		name:     logOutKeepsRefresh,
		survived: "a refresh token still worked after the log-out",
		seen:     "11 of 13 public solutions of one Go challenge: log-out looks at the access token alone.",
	},
	{
		name:     logOutKeepsAccess,
		survived: "an access token still worked after the log-out",
		seen:     "A course project; its test asserted that a map has the key and called no protected route.",
	},
	{
		name:     logOutNeedsLive,
		survived: "an expired access token, sent without the cookie, logged nobody out",
		seen:     "Our own: a log-out route behind the ordinary bearer check.",
	},
	{
		name:     logOutIgnoresBearer,
		survived: "a client without the cookie could not log out",
		seen:     "Our own: a log-out that was written for browsers alone.",
	},
	{
		name:     logOutStopsAtCookie,
		survived: "it ended one session where the request carried tokens of two",
		seen:     "Our own: if there is a cookie, else if there is a bearer.",
	},
	{
		name:     logOutEndsAll,
		survived: "log-out on the phone logged the laptop out",
		seen:     "Our own: DELETE … WHERE user_id, where WHERE id was meant.",
	},
	{
		name:     logOutTwiceFails,
		survived: "a second click on log-out answered with an error",
		seen:     "Our own. RFC 7009 section 2.2 answers success for a token that has already ended.",
	},
	{
		name:     logOutTrustsAnything,
		survived: "anybody who knew a session's id could log its owner out",
		seen:     "Our own: a log-out that decodes the token and skips the signature, because \"it only logs out\".",
	},
	{
		name:     graceOutlivesLogOut,
		survived: "for half a minute after the log-out an old refresh token gave new tokens",
		seen:     "Our own: the grace is looked at before the end of the session.",
	},
	{
		name:     logOutAllEndsOne,
		survived: "\"log out everywhere\" ended one device",
		seen:     "Our own: both routes on one handler.",
	},
	{
		name:     logOutAllEndsOthers,
		survived: "\"log out everywhere\" logged everybody out",
		seen:     "Our own: an UPDATE that lost its WHERE.",
	},
	{
		name:     disabledStays,
		survived: "a disabled user went on with the access token",
		seen:     "Our own: a server that believes a JWT without a look at the user.",
	},
	{
		name:     disabledRefreshes,
		survived: "a disabled user still got new tokens",
		seen:     "Our own: a refresh that looks at the session and not at its user.",
	},
}

func TestImpostors_haveTwoSentencesAndOneName(t *testing.T) {
	names := map[string]bool{}
	for _, i := range slices.Concat(accessImpostors, rotationImpostors, theftImpostors, logOutImpostors) {
		assert.NotEmpty(t, i.survived, "%s: the learner must hear what went unnoticed", i.name)
		assert.NotEmpty(t, i.seen, "%s: the learner must hear that it happens", i.name)
		assert.False(t, names[i.name], "%s is in two tables", i.name)
		names[i.name] = true
	}
}
