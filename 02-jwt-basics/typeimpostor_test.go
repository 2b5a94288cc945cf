package jwtbasics

import (
	"regexp"

	"example.com/authbook/internal/exercise"
)

// typeImpostor judges a typ, with one mistake.
type typeImpostor struct {
	name    string
	differs string // in what
	accepts *regexp.Regexp
	flaw    string
}

// saysAccess is the rule that accessTypeRows is judged by.
func saysAccess(typ string) bool { return pattern(`(application/)?at\+jwt`).MatchString(typ) }

// pattern matches a whole text, in large and small letters.
func pattern(text string) *regexp.Regexp { return regexp.MustCompile(`^(?i:` + text + `)$`) }

func typeImpostors() []typeImpostor {
	return []typeImpostor{
		{"knows-no-long-name", "the long name", pattern(`at\+jwt`), "it refuses the name with application/ before it"},
		{"knows-no-short-name", "the short name", pattern(`application/at\+jwt`), "it refuses the name without application/"},
		{"wants-small-letters", "letters", regexp.MustCompile(`^(application/)?at\+jwt$`),
			"it takes a name in large letters for another name"},
		{"takes-every-jwt", "other names", pattern(`((application/)?at\+)?jwt`),
			"it takes a plain JWT, so a token for any other use is good for access too"},
		{"takes-what-says-nothing", "gaps", pattern(`((application/)?at\+jwt)?`), "it takes a token without typ"},
		{"reads-any-sign-as-plus", "signs", pattern(`(application/)?at.jwt`), "it takes any sign in the place of the plus"},
		{"looks-at-the-end", "beginnings", pattern(`[a-z-]*(application/)?at\+jwt`),
			"it takes a longer name that ends like ours"},
		{"looks-at-the-beginning", "endings", pattern(`(application/)?at\+jwt[a-z0-9-]*`),
			"it takes a longer name that begins like ours"},
		{"makes-letters-small", "letters", pattern(`(appl[iİ]cation/)?at\+jwt`),
			"it makes letters small with strings.ToLower, which turns İ (U+0130) into i"},
		{"takes-any-family", "beginnings", pattern(`([a-z]+/)?at\+jwt`), "it takes any word in the place of application"},
		{"cuts-again-and-again", "beginnings", pattern(`(application/)*at\+jwt`), "it takes application/ more than once"},
		{"needs-no-family", "beginnings", pattern(`((application)?/)?at\+jwt`), "it takes a slash with nothing before it"},
		{"cuts-spaces-off", "spaces", pattern(`\s*(application/)?at\+jwt\s*`), "it cuts off spaces before it compares"},
		{"cuts-parameters-off", "endings", pattern(`(application/)?at\+jwt(;.*)?`),
			"it cuts off a semicolon and what is behind it"},
	}
}

// unmaskingRows are the rows of the learner's table that are right and fail for
// the impostor.
func unmaskingRows(impostor typeImpostor) []accessTypeRow {
	var rows []accessTypeRow
	for _, row := range accessTypeRows {
		if saysAccess(row.typ) == row.want && impostor.accepts.MatchString(row.typ) != row.want {
			rows = append(rows, row)
		}
	}
	return rows
}

// judged is what the learner's table says of the impostor.
func (i typeImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	if rows := unmaskingRows(i); len(rows) > 0 {
		flaw.Row = rows[0].name
	}
	return flaw
}
