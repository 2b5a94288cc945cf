package jwtbasics

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

// accessTypeRow is one typ, and whether it says "this is an access token".
type accessTypeRow struct {
	name string
	typ  string // goes in
	want bool   // must come out
}

// accessTypeRows is the table of isAccessType: the names that are taken, and
// for each mistake that somebody could make a name that shows it.
//
//workbook:exercise 2.12 TestAccessTypeRows
var accessTypeRows = []accessTypeRow{
	{name: "the short name is an access token", typ: "at+jwt", want: true},
	{name: "the long name is an access token", typ: "application/at+jwt", want: true},
	{name: "large letters are the same name", typ: "AT+JWT", want: true},
	{name: "a plain JWT is another type", typ: "JWT", want: false},
	{name: "no typ is no access token", typ: "", want: false},
	{name: "another sign for the plus is another type", typ: "at-jwt", want: false},
	{name: "something before the name is another type", typ: "not-at+jwt", want: false},
	{name: "something behind the name is another type", typ: "at+jwt2", want: false},
	{name: "a letter outside ASCII is another letter", typ: "applİcation/at+jwt", want: false},
	{name: "another family is another type", typ: "example/at+jwt", want: false},
	{name: "application comes once", typ: "application/application/at+jwt", want: false},
	{name: "a slash needs its application", typ: "/at+jwt", want: false},
	{name: "spaces are not cut off", typ: " at+jwt ", want: false},
	{name: "a parameter is not cut off", typ: "at+jwt;v=1", want: false},
}

// TestAccessTypeRows judges the table by [saysAccess]; each impostor is that pattern with
// one mistake.
func TestAccessTypeRows(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, "2.12", accessTypeRows, func(t *testing.T, row accessTypeRow) {
			if rule := saysAccess(row.typ); rule != row.want {
				t.Errorf("your row says that %q is %s, and by the rule in the notes it is %s", row.typ,
					verdict(row.want), verdict(rule))
			}
		})
	})
	exercise.Unmask(t, exercise.Rows, "2.12", accessTypeRows, typeImpostors(), typeImpostor.judged)
}

// verdict is what a row or a function says of a typ.
func verdict(taken bool) string {
	if taken {
		return "an access token"
	}
	return "another type"
}

// The function has no rows but yours.
func TestIsAccessType_agreesWithYourTable(t *testing.T) {
	exercise.Needs(t, "2.13", "2.12")
	for _, row := range accessTypeRows {
		if got := isAccessType(row.typ); got != row.want {
			t.Errorf("your row %q says that %q is %s, and by your function it is %s", row.name, row.typ,
				verdict(row.want), verdict(got))
		}
	}
}

// TestIsAccessType compares your function with each impostor, over the rows
// that unmask it. It must be right in one of them at least.
func TestIsAccessType(t *testing.T) {
	exercise.Needs(t, "2.12")
	for _, impostor := range typeImpostors() { // without its name: the table is to find it
		if len(unmaskingRows(impostor)) == 0 {
			t.Fatal("an impostor gets through your table, which judges this function: finish 2.12 first")
		}
	}
	exercise.Rows(t, "2.13", typeImpostors(), func(t *testing.T, impostor typeImpostor) {
		for _, row := range unmaskingRows(impostor) {
			if isAccessType(row.typ) == row.want {
				return
			}
		}
		t.Fatalf("expected a function that is not this impostor, got the same answers in your table: %s", impostor.flaw)
	})
}
