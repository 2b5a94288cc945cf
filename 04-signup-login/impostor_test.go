package accounts

// impostor is a model with one flaw.
type impostor struct {
	name    string // the flaw's name in model, and the subtest
	flaw    string // what a table has missed if the impostor survives it
	shipped string // where it shipped
}

func signUpImpostors() []impostor {
	return []impostor{
		{"swaps-username-and-nickname", "it stored the nickname as the username, so that nobody can log in",
			"a public course project: constructor arguments in the wrong order, under tests that mocked the service."},
		{"takes-the-role-from-the-client", "it made everybody who asked for it an administrator",
			"public course projects that bound the request body straight to the user: mass assignment."},
		{"looks-first-inserts-later", "it gave one name to several people who signed up at once",
			"public course projects with a check before the insert and no UNIQUE constraint."},
		{"answers-500-to-a-taken-name", "it called a taken name the server's own fault",
			"a public course project that let the constraint's error through."},
		{"calls-every-bad-request-a-taken-name", "it answered USER_ALREADY_EXISTS to a request that was only wrong",
			"a public course project with one error code for all of sign-up."},
		{"refuses-the-course-sample", "it refused a name with a space, and with it JIN HO",
			"a public course project whose pattern allowed letters and digits only."},
		{"saves-before-it-validates", "it kept the user whose nickname it refused",
			"a public course project that validated the nickname after the insert."},
		{"takes-case-for-another-person", "it let jin ho sign up beside JIN HO",
			"Spotify, 2013: two forms of one name were two accounts, and the one could reset the password of the other."},
		{"shows-the-hash", "it sent the password's hash along with the user",
			"a classic: the database's own type is written out as JSON, with all its fields."},
		{"takes-any-password", "it took a password of one character",
			"a classic: the rule is in the form of the browser and nowhere else."},
		{"takes-seven-characters", "it took a password of seven characters",
			"a classic: the limit itself is on the wrong side of the comparison."},
		{"counts-bytes-for-characters", "it took four Korean syllables for twelve characters",
			"a classic of Go: len of a string counts bytes."},
	}
}

func logInImpostors() []impostor {
	return []impostor{
		{"never-compares-the-password", "it logged everybody in with any password",
			"a public course project, deployed like this."},
		{"finds-users-by-their-password", "it logged a stranger in who typed a name that nobody has, and a password that somebody has",
			"a classic: hashes without a salt, and a query that asks for the hash alone."},
		{"tells-unknown-from-wrong", "it told strangers which names exist",
			"most public projects of the course: 404 for the name, 401 for the password."},
		{"cuts-the-password-at-72-bytes", "it ignored what comes after the 72nd byte",
			"bcrypt projects without a check of the length: 25 Hangul syllables are 75 bytes."},
		{"trims-the-password", "it took a password with spaces around it for the one without",
			"a classic: the form library trims every field."},
		{"never-throttles", "it let a guesser guess for ever",
			"6 of 13 accepted answers to a public Go challenge: the counter was written to a copy."},
		{"throttles-only-names-that-exist", "it throttled known names only, which tells which they are",
			"a classic: the counter is a column of the user's row."},
		{"locks-the-owner-out-with-the-guesser", "it locked the owner out because somebody else guessed",
			"a classic: one counter for each name, for all who guess."},
		{"counts-each-spelling-apart", "it gave a guesser five new guesses for each way to write the name",
			"a classic: users are found by the folded name, and failures are counted under the typed one."},
		{"waiting-starts-anew-with-each-attempt", "it made the wait longer for asking during the wait",
			"a classic: a phone with an old password keeps its owner out for days."},
		{"never-forgets-a-failure", "it counted the failures from before the last success",
			"a classic: the success path never resets the counter."},
	}
}

func accountImpostors() []impostor {
	return []impostor{
		{"changes-the-password-of-a-copy", "it answered 204 and the old password still worked",
			"4 of 13 accepted answers to a public Go challenge: for _, u := range users { return &u }."},
		{"changes-the-password-without-the-old-one", "it let a stolen token take the account over",
			"a classic: being logged in is taken for being the owner."},
		{"leaves-the-other-sessions-open", "it left the thief's session open after the password changed",
			"a classic: the new password is stored and nothing else happens."},
		{"deletes-without-the-password", "it let a stolen token delete the account",
			"a classic: DELETE has no body, so nothing is asked."},
		{"deletes-nothing", "it answered 204 and the account was still there",
			"4 of 13 accepted answers changed a copy; the tests looked at the status alone."},
		{"lets-a-deleted-token-work", "it accepted the token of an account that is gone",
			"a classic: the token is checked and the user is not."},
		{"changes-the-roles-of-a-copy", "it answered 200 with the new roles and stored none of them",
			"4 of 13 accepted answers to a public Go challenge: a pointer to a copy."},
		{"lets-anybody-set-roles", "it let every user become an administrator",
			"a classic: permitAll was left on from debugging."},
		{"takes-any-role", "it stored a role that does not exist",
			"a classic: roles are free text in the database."},
		{"lets-the-last-administrator-go", "it let the last administrator go, and nobody can make a new one",
			"a classic: every step is allowed, and together they lock everybody out."},
	}
}
