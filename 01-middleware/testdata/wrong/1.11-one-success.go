// Wrong: The table holds one success.
//
// Hint: One row finds what is wrong with every answer. Most impostors are right about an
// ordinary success. Read the comment of ResponseTime again: each sentence of it is a row.
//
// Fails:
//   - TestResponseTimeRows/unmasks/adds-another
//   - TestResponseTimeRows/unmasks/counts-what-comes-later
//   - TestResponseTimeRows/unmasks/drops-microseconds
//   - TestResponseTimeRows/unmasks/forgets-204
//   - TestResponseTimeRows/unmasks/forgets-panics
//   - TestResponseTimeRows/unmasks/forgets-refusals
//   - TestResponseTimeRows/unmasks/forgets-silence
//   - TestResponseTimeRows/unmasks/keeps-another
package middleware_test

var responseTimeRows = []timeRow{
	{"a success", []step{works(250 * ms), says}, "250.000ms"},
}
