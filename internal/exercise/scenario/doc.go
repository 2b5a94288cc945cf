// Package scenario is the language of the tables that learners write: stories
// in steps, which every correct server must pass and every impostor must fail.
//
// A chapter adds its verbs. Its step embeds [Told], which has the step's text as
// the table has it and the slips in it; its functions and methods make steps; and
// Take does one on the chapter's world. The rest is here: [Tell] makes a
// scenario, [Trial.Hold] holds a table against a correct server and impostors.
//
//	tell("a token that was exchanged is spent",
//		logIn("a"), refresh("a").gives("b"), wait(time.Hour), refresh("a").fails("INVALID_TOKEN"))
//
// What a learner writes may be wrong in any way. Each mistake is told in words, at
// the line of its row: a table with a slip must not pass for one that unmasks.
package scenario
