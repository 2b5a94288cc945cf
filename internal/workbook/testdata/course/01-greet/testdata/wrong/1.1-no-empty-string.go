// Wrong: the table has no row for the empty string.
//
// Hint: One impostor shouts even when there is nothing to say. Which call shows it?
//
// Fails:
//   - TestLoud/unmasks_shouts_at_nobody
package greet

var loudCases = []loudCase{
	{"hello", "HELLO!"},
}
