// Wrong: the table holds one list.
//
// Hint: One list finds only what is wrong in every answer. Read the comment above
// longestUnused again: each of its sentences is a row, and some are two.
//
// Fails:
//   - TestUnusedRows/unmasks/compares-minutes
//   - TestUnusedRows/unmasks/crashes-where-there-is-room
//   - TestUnusedRows/unmasks/ends-one-at-most
//   - TestUnusedRows/unmasks/ends-the-oldest
//   - TestUnusedRows/unmasks/ends-the-smaller-id
//   - TestUnusedRows/unmasks/names-the-last-used-first
//   - TestUnusedRows/unmasks/takes-the-first-of-equals
//   - TestUnusedRows/unmasks/takes-the-last-of-equals
//   - TestUnusedRows/unmasks/takes-zero-for-no-limit
package tokens

var unusedRows = []unusedRow{
	{"the longest unused ends", []Session{device("a", 2*day, day), device("b", 9*day, 3*day)}, 1, []string{"b"}},
}
