// Wrong: The table holds the names that are taken, and one that everybody knows.
//
// Hint: Some impostors take too much. A table that only shows what is right can't see
// that. For each of them write a name that it takes and the rule refuses.
//
// Fails:
//   - TestAccessTypeRows/unmasks/cuts-again-and-again
//   - TestAccessTypeRows/unmasks/cuts-parameters-off
//   - TestAccessTypeRows/unmasks/cuts-spaces-off
//   - TestAccessTypeRows/unmasks/looks-at-the-beginning
//   - TestAccessTypeRows/unmasks/looks-at-the-end
//   - TestAccessTypeRows/unmasks/makes-letters-small
//   - TestAccessTypeRows/unmasks/needs-no-family
//   - TestAccessTypeRows/unmasks/reads-any-sign-as-plus
//   - TestAccessTypeRows/unmasks/takes-any-family
//   - TestAccessTypeRows/unmasks/takes-what-says-nothing
package jwtbasics

var accessTypeRows = []accessTypeRow{
	{name: "short", typ: "at+jwt", want: true},
	{name: "long", typ: "application/at+jwt", want: true},
	{name: "large", typ: "AT+JWT", want: true},
	{name: "plain", typ: "JWT", want: false},
}
