// Wrong: the table has one time of each unit, somewhere in the middle.
//
// Hint: Each unit works. Read the rules of HowLong again, and ask of each:
// what is the smallest time that it is about, and the largest?
//
// Fails:
//   - TestHowLongRows/unmasks/below-zero
//   - TestHowLongRows/unmasks/days-late
//   - TestHowLongRows/unmasks/drops-the-sign
//   - TestHowLongRows/unmasks/hours-late
//   - TestHowLongRows/unmasks/hours-of-a-clock
//   - TestHowLongRows/unmasks/just-now
//   - TestHowLongRows/unmasks/minutes-late
//   - TestHowLongRows/unmasks/minutes-of-a-clock
//   - TestHowLongRows/unmasks/one-is-enough
//   - TestHowLongRows/unmasks/one-seconds
//   - TestHowLongRows/unmasks/rounds
//   - TestHowLongRows/unmasks/weeks
package deploy

var howLongRows = []howLongRow{
	{"seconds", "30s", "30 seconds"},
	{"minutes", "30m", "30 minutes"},
	{"hours", "10h", "10 hours"},
	{"days", "72h", "3 days"},
}
