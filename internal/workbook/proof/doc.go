// Package proof shows that the course teaches: each exercise, when blank, fails
// for the right reason with every row listed; no test is content with zero
// values; each wrong answer fails exactly the rows that it names; notes and code
// agree. It works on the reference through overlays, so it may run beside a
// learner's work.
package proof
