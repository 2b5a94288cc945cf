package attack

import (
	"math/rand/v2"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// wrongPassword is how the reference answers a log-in that fails.
const wrongPassword = "POST /login 401 INVALID_CREDENTIALS"

// ofAccounts are the attacks of chapter 04.
func ofAccounts() []Attack {
	return []Attack{truncated(), massAssignment(), guess(), whoIsHere(), anyPassword()}
}

func truncated() Attack {
	return Attack{
		Exercise: "4.4", Name: "truncated", Flaw: "flaws/truncated.diff",
		Story: "JIN HO has a password of 25 Hangul syllables, one of the longest there is. On a photo of the desk you can " +
			"read 24 of them. There are 11,172 syllables, and the server slows down whoever guesses.",
		Known: []Known{{"photo", "the first 24 syllables of JIN HO's password"}},
		Hints: []text.Key{
			"How many bytes does a Hangul syllable take in UTF-8? Count the bytes that you have.",
			"24 syllables are 72 bytes. The hash of this server, like bcrypt, reads no more than that.",
			`Log in with what you have, or with anything behind it: --json '{"username":"JIN HO","password":"…"}'`,
		},
		Held:  Held{Answer: wrongPassword},
		Case:  "Servers of this course hash with bcrypt, and none checks its limit: 72 bytes of the password are enough.",
		adapt: func(w *World) { w.Victim.Password = syllables(25) },
	}
}

// syllables draws Hangul, each three bytes in UTF-8.
func syllables(n int) string {
	var text strings.Builder
	for range n {
		text.WriteRune('가' + rand.N(rune(11172)))
	}
	return text.String()
}

func massAssignment() Attack {
	return Attack{
		Exercise: "4.5", Name: "mass-assignment", Flaw: "flaws/mass-assignment.diff",
		Story: "Everybody who signs up becomes a USER. The server reads the body of the sign-up into a struct, and stores " +
			"what the struct has. An answer shows you which members a user has.",
		Known: []Known{ownToken()},
		Goal:  "GET /admin/flag, which answers to an administrator alone.",
		Hints: []text.Key{
			"Sign up with username, password and nickname, and read the answer. Which member did you not send?",
			"Send it. The role of an administrator is ADMIN, and a body may have an array of names.",
			`POST /signup with "roles":["ADMIN"] beside the other three. Then log in, and send the token to /admin/flag.`,
		},
		Held: Held{Answer: "POST /signup 400 VALIDATION_FAILED"},
		Case: "GitHub, 2012: a user gave himself the right to write to a project. Servers of this course did the same.",
	}
}

func guess() Attack {
	return Attack{
		Exercise: "4.6", Name: "guess", Flaw: "04-signup-login/testdata/wrong/4.8-past-the-throttle.diff",
		Story: "Every year somebody publishes the passwords that people use most. JIN HO's is on the list of this year. " +
			"The server checks each password right, as often as you ask.",
		Known: []Known{{"passwords", "the list, one a line"}},
		Hints: []text.Key{
			"A right password answers 200, a wrong one 401. How many are on the list?",
			"Let the shell try them: while read -r p; do curl …; done < passwords",
			`curl -s -o out -w '%{http_code}' --json "{\"username\":\"JIN HO\",\"password\":\"$p\"}" …/login; ` +
				"stop at 200: out has the token.",
		},
		Held:  Held{Answer: "POST /login 429 TOO_MANY_REQUESTS"},
		Case:  "Six of thirteen submissions had a lock-out that counted in a copy, and so never locked.",
		adapt: drawPassword,
	}
}

// drawPassword takes one from the end of the list: the first five guesses are free
// on every server.
func drawPassword(w *World) {
	for _, word := range []string{"sunshine", "football", "dragon", "princess", "shadow", "monkey"} {
		for _, year := range []string{"2021", "2022", "2023", "2024", "2025", "123"} {
			w.Candidates = append(w.Candidates, word+year)
		}
	}
	w.Victim.Password = w.Candidates[12+rand.N(len(w.Candidates)-12)]
}

func whoIsHere() Attack {
	return Attack{
		Exercise: "4.7", Name: "who-is-here", Flaw: "04-signup-login/testdata/wrong/4.7-answers-at-once.diff",
		Story: "Eight people, and one of them has an account here. It is a server for an illness that nobody talks about. " +
			"A wrong log-in answers 401, whether there is such a user or not.",
		Known: []Known{{"names", "the eight names, one a line"}},
		Goal:  "The name of the one who has an account. The name is the flag.",
		Hints: []text.Key{
			"The answers are equal, byte by byte. What else can you measure?",
			"A password is hashed so that it costs time. For whom is nothing hashed? Ask three times: the shortest counts.",
			`curl -s -o /dev/null -w '%{time_total} ' --json "{\"username\":\"$n\",\"password\":\"x\"}" …/login`,
		},
		Held:  Held{Answer: wrongPassword, Times: 8},
		Case:  "CVE-2016-6210: the time of an SSH log-in told which users exist.",
		adapt: drawName,
	}
}

func drawName(w *World) {
	w.Candidates = []string{"amelia", "bruno", "chiara", "daniel", "eunji", "farid", "greta", "haruto"}
	w.Victim.Username = w.Candidates[rand.N(len(w.Candidates))]
	w.Victim.Nickname = "somebody"
	w.Flag = w.Victim.Username
}

func anyPassword() Attack {
	return Attack{
		Exercise: "4.8", Name: "any-password",
		Flaw: "04-signup-login/testdata/wrong/4.8-never-compares-the-password.diff",
		Story: "The log-in finds the user and opens a session. Its test logs in with the right password, and is green. " +
			"It has been on the internet for a year.",
		Known: []Known{},
		Hints: []text.Key{
			"You know a username: JIN HO. What does the test never try?",
			"Log in with a password that is wrong.",
			`curl -s --json '{"username":"JIN HO","password":"x"}' …/login answers a token. Send that to GET /me.`,
		},
		Held: Held{Answer: wrongPassword},
		Case: "A server of this course, deployed: the log-in never compared the password.",
	}
}

// Find returns the attacks that a word means: a name, or all of an exercise.
func Find(word string) []Attack {
	return slices.DeleteFunc(All(), func(a Attack) bool { return a.Name != word && a.Exercise != word })
}
