package accounts

// impostor is a model with one flaw.
type impostor struct {
	name    string // the flaw's name in model, and the subtest
	flaw    string // what a table has missed if the impostor survives it
	shipped string // where it shipped
}

func signUpImpostors() []impostor {
	return []impostor{
		{"swaps-username-and-nickname", "It stored the nickname as the username, so that nobody can log in",
			"a public course project: constructor arguments in the wrong order, under tests that mocked the service."},
		{"takes-the-role-from-the-client", "It made everybody who asked for it an administrator",
			"public course projects that bound the request body straight to the user: mass assignment."},
		{"looks-first-inserts-later", "It gave one name to several people who signed up at once",
			"public course projects with a check before the insert and no UNIQUE constraint."},
		{"answers-500-to-a-taken-name", "It called a taken name the server's own fault",
			"a public course project that let the constraint's error through."},
		{"calls-every-bad-request-a-taken-name", "It answered USER_ALREADY_EXISTS to a request that was only wrong",
			"a public course project with one error code for all of sign-up."},
		{"refuses-the-course-sample", "It refused a name with a space, and with it JIN HO",
			"a public course project whose pattern allowed letters and digits only."},
		{"saves-before-it-validates", "It kept the user whose nickname it refused",
			"a public course project that validated the nickname after the insert."},
		{"takes-case-for-another-person", "It let jin ho sign up beside JIN HO",
			"Spotify, 2013: two forms of one name were two accounts, and the one could reset the password of the other."},
		{"shows-the-hash", "It sent the password's hash along with the user",
			"a classic: the database's own type is written out as JSON, with all its fields."},
		{"takes-any-password", "It took a password of one character",
			"a classic: the rule is in the form of the browser and nowhere else."},
		{"takes-seven-characters", "It took a password of seven characters",
			"a classic: the limit itself is on the wrong side of the comparison."},
		{"counts-bytes-for-characters", "It took four Korean syllables for twelve characters",
			"a classic of Go: len of a string counts bytes."},
	}
}

func logInImpostors() []impostor {
	return []impostor{
		{"never-compares-the-password", "It logged everybody in with any password",
			"a public course project, deployed like this."},
		{"finds-users-by-their-password", "It logged a stranger in who typed a name that nobody has, and a password that somebody has",
			"a classic: hashes without a salt, and a query that asks for the hash alone."},
		{"tells-unknown-from-wrong", "It told strangers which names exist",
			"most public projects of the course: 404 for the name, 401 for the password."},
		{"cuts-the-password-at-72-bytes", "It ignored what comes after the 72nd byte",
			"bcrypt projects without a check of the length: 25 Hangul syllables are 75 bytes."},
		{"trims-the-password", "It took a password with spaces around it for the one without",
			"a classic: the form library trims every field."},
		{"never-throttles", "It let a guesser guess for ever",
			"6 of 13 accepted answers to a public Go challenge: the counter was written to a copy."},
		{"throttles-only-names-that-exist", "It throttled known names only, which tells which they are",
			"a classic: the counter is a column of the user's row."},
		{"locks-the-owner-out-with-the-guesser", "It locked the owner out because somebody else guessed",
			"a classic: one counter for each name, for all who guess."},
		{"counts-each-spelling-apart", "It gave a guesser five new guesses for each way to write the name",
			"a classic: users are found by the folded name, and failures are counted under the typed one."},
		{"waiting-starts-anew-with-each-attempt", "It made the wait longer for asking during the wait",
			"a classic: a phone with an old password keeps its owner out for days."},
		{"never-forgets-a-failure", "It counted the failures from before the last success",
			"a classic: the success path never resets the counter."},
	}
}

func accountImpostors() []impostor {
	return []impostor{
		{"changes-the-password-of-a-copy", "It answered 204 and the old password still worked",
			"4 of 13 accepted answers to a public Go challenge: for _, u := range users { return &u }."},
		{"changes-the-password-without-the-old-one", "It let a stolen token take the account over",
			"a classic: being logged in is taken for being the owner."},
		{"leaves-the-other-sessions-open", "It left the thief's session open after the password changed",
			"a classic: the new password is stored and nothing else happens."},
		{"deletes-without-the-password", "It let a stolen token delete the account",
			"a classic: DELETE has no body, so nothing is asked."},
		{"deletes-nothing", "It answered 204 and the account was still there",
			"4 of 13 accepted answers changed a copy; the tests looked at the status alone."},
		{"lets-a-deleted-token-work", "It accepted the token of an account that is gone",
			"a classic: the token is checked and the user is not."},
		{"changes-the-roles-of-a-copy", "It answered 200 with the new roles and stored none of them",
			"4 of 13 accepted answers to a public Go challenge: a pointer to a copy."},
		{"lets-anybody-set-roles", "It let every user become an administrator",
			"a classic: permitAll was left on from debugging."},
		{"takes-any-role", "It stored a role that does not exist",
			"a classic: roles are free text in the database."},
		{"lets-the-last-administrator-go", "It let the last administrator go, and nobody can make a new one",
			"a classic: every step is allowed, and together they lock everybody out."},
	}
}
