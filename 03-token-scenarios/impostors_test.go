package tokens

import (
	"slices"
	"sync/atomic"
	"testing"

	"example.com/authbook/internal/exercise/scenario"
	"github.com/stretchr/testify/assert"
)

// holdAgainst runs a table of stories twice: it must pass on the model, and it must
// unmask every impostor.
func holdAgainst(t *testing.T, id string, table []story, impostors []scenario.Impostor) {
	t.Helper()
	scenario.Trial[*world]{Exercise: id, Model: flawed, Impostors: impostors}.Hold(t, table)
}

// flawed is a fresh world on a model.
func flawed(flaw string, met *atomic.Int64) *world { return newWorld(newObserved(flaw, met)()) }

// accessImpostors get access tokens wrong.
var accessImpostors = []scenario.Impostor{
	scenario.Flaw("never-expires", "time", "it accepted an access token without an end",
		"12 of 13 public solutions of one Go challenge accept a token without exp."),
	scenario.Flaw("lives-a-thousand-times-too-long", "time",
		"its access token lived for ten days instead of fifteen minutes",
		"A course project passed milliseconds where seconds were meant: 60 minutes became 41.7 days."),
	scenario.Flaw("lives-a-thousandth-of-its-time", "time", "its access token was dead after a second",
		"Another course project had it the other way round: a token of 36 seconds."),
	scenario.Flaw("one-second-late", "time", "it still accepted an access token in the second it expired",
		"RFC 7519 section 4.1.4 says \"on or after\"; code that asks now > exp forgets the \"on\"."),
	scenario.Flaw("one-second-early", "time", "its access token was dead in its last second",
		"Our own: a client that was told expires_in uses the token until then, and gets 401s nobody can repeat."),
	scenario.Flaw("takes-a-refresh-token-as-access-token", "the kind of a token",
		"it accepted a refresh token as an access token, so its 15 minutes became 14 days",
		"5 of 13 public solutions of one Go challenge, and projects of the course, there followed by a 500."),
	scenario.Flaw("never-checks-the-access-token-signature", "signatures", "it stopped checking the signature",
		"Libraries offer it: golang-jwt has ParseUnverified, and its result looks like that of Parse."),
	scenario.Flaw("mixes-users-up", "people", "it answered with another person's account",
		"A course project wrote the nickname into sub and looked up by username: everybody was logged out."),
	scenario.Flaw("calls-an-expired-token-invalid", "codes",
		"it called an expired token INVALID_TOKEN, so that no client knew it had only to refresh",
		"A course project answered 500 for whatever its filter threw, even on /refresh."),
	scenario.Flaw("renews-an-expired-access-token", "time", "it renewed an expired access token, and asked nobody",
		"The filter of a course project did, and asked for nothing but the expired token."),
}

// rotationImpostors get the ordinary life of a session wrong.
var rotationImpostors = []scenario.Impostor{
	scenario.Flaw("forgets-the-successor", "the tokens it gives",
		"it handed out a new refresh token and never stored it: the second refresh looks like a theft",
		"A course project; its tests refreshed only once."),
	scenario.Flaw("never-rotates", "the tokens it gives",
		"it gave the same refresh token back every time, so a stolen one works without an end",
		"The default of Django's simplejwt: ROTATE_REFRESH_TOKENS is off until somebody sets it."),
	scenario.Flaw("takes-an-access-token-as-refresh-token", "the kind of a token",
		"it took an access token for a refresh token, so 15 minutes became 14 days",
		"Our own: one key for both kinds of token, and no look at the kind."),
	scenario.Flaw("never-checks-the-refresh-token-signature", "signatures",
		"it stopped checking the signature of refresh tokens",
		"Our own: a server that decodes the refresh token and trusts the id inside."),
	scenario.Flaw("has-no-idle-limit", "time", "a browser that was forgotten for two weeks was still logged in",
		"Our own: one expiry column, set at log-in."),
	scenario.Flaw("has-no-absolute-limit", "time", "its session had no end, as long as somebody refreshed",
		"Our own: a sliding expiry without an end. OWASP ASVS 5.0 asks for both limits in 7.3."),
	scenario.Flaw("idle-limit-a-second-short", "time", "it ended a session in the last second of its two weeks",
		"Our own: a limit that is compared with \"on or after the second before\"."),
	scenario.Flaw("idle-limit-a-second-long", "time", "it still refreshed a session in the second its two weeks were over",
		"Our own: a now.After(expires) where \"on or after\" was meant."),
	scenario.Flaw("absolute-limit-a-second-short", "time", "it ended a session in the last second of its thirty days",
		"Our own: a limit counted from the second before the log-in."),
	scenario.Flaw("absolute-limit-a-second-long", "time",
		"it still refreshed a session in the second its thirty days were over",
		"Our own: a limit counted from the first refresh, not from the log-in."),
	scenario.Flaw("never-extends-the-session", "time", "it ended the session 14 days after the log-in, refreshed or not",
		"Our own: a refresh that copies the expiry of the old token into the new one."),
	scenario.Flaw("ends-other-devices-on-refresh", "devices", "a refresh on the phone logged the laptop out",
		"Our own: one refresh token per user instead of one per log-in."),
	scenario.Flaw("gives-a-dead-access-token-at-a-refresh", "the tokens it gives",
		"its refresh gave an access token that it did not accept",
		"Our own: the access token was stored at the log-in, and forgotten at the refresh."),
}

// theftImpostors get lost responses and stolen tokens wrong.
var theftImpostors = []scenario.Impostor{
	scenario.Flaw("accepts-an-old-refresh-token", "what it ends", "it accepted a refresh token that was used long ago",
		"Our own: signed refresh tokens that no table knows, so nothing remembers that one was used."),
	scenario.Flaw("refuses-the-old-token-but-keeps-the-session", "what it ends",
		"it refused the old token, and the thief who had refreshed first stayed logged in",
		"RFC 9700 section 4.14.2 asks to end the session, because the server can't tell who is who."),
	scenario.Flaw("has-no-grace", "time", "a lost response, or a second tab, logged the person out",
		"Strict rotation in single-page applications; Auth0 and Okta added a grace period for it."),
	scenario.Flaw("grace-a-second-short", "time", "it called a lost response a theft in the last second of the grace",
		"Our own: a now.Before(end) where \"until and with\" was meant."),
	scenario.Flaw("grace-a-second-long", "time", "it still forgave a token in the second after the grace",
		"Our own: whole seconds on one side of a comparison, and fractions on the other."),
	scenario.Flaw("counts-the-grace-from-the-log-in", "time", "its grace was over half a minute after the log-in",
		"Our own: the column of the log-in and that of the rotation are both called created."),
	scenario.Flaw("grants-the-grace-to-any-old-token", "the age of a token",
		"it forgave a token two generations old, which no lost response explains",
		"Our own: the grace asks when the last rotation was, and forgets to ask which token came."),
	scenario.Flaw("gives-a-second-successor", "the tokens it gives",
		"it gave the second tab a successor of its own, so a thief could keep one unseen",
		"Our own: a grace that makes a new token where it should give the same again."),
	scenario.Flaw("repeats-the-refresh-token-alone", "the tokens it gives",
		"the second tab got an access token that nobody accepted",
		"Our own: the grace repeats the refresh token, and signs the access token with a name that no table has."),
	scenario.Flaw("ends-the-session-on-a-tampered-token", "signatures",
		"a stranger who knew a session's id could log its owner out",
		"Our own: reuse detection that runs before the signature is checked."),
	scenario.Flaw("clears-the-cookie-when-a-refresh-fails", "the cookie",
		"a refresh that failed took the cookie away, and with it what another tab had just renewed",
		"A course project: the loser of two parallel refreshes cleared the winner's cookie."),
}

// logOutImpostors get the end of a session wrong.
var logOutImpostors = []scenario.Impostor{
	scenario.Flaw("log-out-does-nothing", "what it ends", "its log-out ended nothing",
		"A blacklist that was documented, in an application that was never installed."),
	scenario.Flaw("log-out-forgets-the-refresh-token", "the kind of a token",
		"a refresh token still worked after the log-out",
		"11 of 13 public solutions of one Go challenge: log-out looks only at the access token."),
	scenario.Flaw("log-out-forgets-the-access-token", "the kind of a token",
		"an access token still worked after the log-out",
		"A course project; its test asserted that a map has the key and called no protected route."),
	scenario.Flaw("an-expired-token-cannot-log-out", "time",
		"an expired access token, sent without the cookie, logged nobody out",
		"Our own: a log-out route behind the ordinary bearer check."),
	scenario.Flaw("log-out-ignores-the-bearer", "the kind of a token", "a client without the cookie could not log out",
		"Our own: a log-out that was written only for browsers."),
	scenario.Flaw("log-out-stops-at-the-cookie", "devices", "it ended one session where the request carried tokens of two",
		"Our own: if there is a cookie, else if there is a bearer."),
	scenario.Flaw("log-out-ends-every-device", "devices", "log-out on the phone logged the laptop out",
		"Our own: DELETE … WHERE user_id, where WHERE id was meant."),
	scenario.Flaw("the-second-log-out-fails", "the second time", "a second click on log-out answered with an error",
		"Our own. RFC 7009 section 2.2 answers success for a token that has already ended."),
	scenario.Flaw("log-out-believes-a-tampered-token", "signatures",
		"a stranger who knew a session's id could log its owner out",
		"Our own: a log-out that decodes the token and skips the signature, because \"it only logs out\"."),
	scenario.Flaw("grants-the-grace-after-log-out", "the age of a token",
		"for half a minute after the log-out an old refresh token still gave new tokens",
		"Our own: the grace is looked at before the end of the session."),
	scenario.Flaw("log-out-all-ends-one-device", "devices", "\"log out everywhere\" ended one device",
		"Our own: both routes on one handler."),
	scenario.Flaw("log-out-all-ends-other-people", "people", "\"log out everywhere\" logged everybody out",
		"Our own: an UPDATE that lost its WHERE."),
	scenario.Flaw("a-disabled-user-stays-logged-in", "people", "a disabled user went on with the access token",
		"Our own: a server that believes a JWT without a look at the user."),
	scenario.Flaw("a-disabled-user-still-refreshes", "people", "a disabled user still got new tokens",
		"Our own: a refresh that looks at the session and not at its user."),
}

func TestImpostors_haveTwoSentencesAndOneName(t *testing.T) {
	names := map[string]bool{}
	for _, i := range slices.Concat(accessImpostors, rotationImpostors, theftImpostors, logOutImpostors) {
		assert.NotEmpty(t, i.Differs, "%s: of the last one the learner hears this alone", i.Name)
		assert.NotEmpty(t, i.Survived, "%s: the learner must hear what went unnoticed", i.Name)
		assert.NotEmpty(t, i.Seen, "%s: the learner must hear that it happens", i.Name)
		assert.False(t, names[i.Name], "%s is in two tables", i.Name)
		names[i.Name] = true
	}
}
