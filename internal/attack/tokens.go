package attack

import "example.com/authbook/internal/text"

// invalid is how the reference answers a token that it does not believe.
const invalid = "GET /me 401 INVALID_TOKEN"

// ofTokens are the attacks of chapter 02.
func ofTokens() []Attack {
	return []Attack{oneByte(), keyConfusion(), kid(), none(), pictures(), noExp(), unpinned()}
}

func oneByte() Attack {
	return Attack{
		Exercise: "2.5", Name: "one-byte", Flaw: "02-jwt-basics/testdata/wrong/2.5-prefix.diff",
		Story: "A signature of 32 bytes can't be guessed. This server compares yours with the right one and is " +
			"content when it has found no difference. How long must a signature be for that?",
		Known: []Known{ownToken(), victimIDs()},
		Hints: []text.Key{
			"The server compares as many bytes as you send. Send a short signature.",
			"Write a token for JIN HO with forge, and put a signature of one byte behind it. There are 256.",
			"One byte is two characters in base64url, the second one of A, Q, g and w. With T for header.payload. of " +
				"your token: for a in {A..Z} {a..z} {0..9} - _; do for b in A Q g w; do curl …$T$a$b; done; done",
		},
		Held: Held{Answer: invalid, Times: 256},
		Case: "Nintendo Wii, 2008: hashes were compared as C strings, which end at a zero byte. Some 256 tries found a " +
			"signature that began with one.",
	}
}

func keyConfusion() Attack {
	return Attack{
		Exercise: "2.6", Name: "key-confusion", Flaw: "flaws/key-confusion.diff", RSA: true,
		Story: "The server signs with a private RSA key, and publishes the other half. So everybody can check a token, " +
			"and nobody else can write one. Which algorithm a token was made with, the server reads in its header.",
		Known: []Known{ownToken(), victimIDs(), {"public.pem", "the public key, as every client gets it"}},
		Hints: []text.Key{
			"RS256 has two keys, HS256 has one. What does the server take for that one, if the token says HS256?",
			"It takes the only key it has for checking. You have the same one, byte by byte.",
			"Save it with curl -so /tmp/public.pem, and sign with it: " +
				`forge -key /tmp/public.pem '{"alg":"HS256","typ":"JWT"}' PAYLOAD`,
		},
		Held: Held{Answer: invalid},
		Case: "CVE-2015-9235: a library used by thousands of packages checked HS256 with an RSA public key.",
	}
}

func kid() Attack {
	return Attack{
		Exercise: "2.6", Name: "kid", Flaw: "flaws/kid.diff",
		Story: "This server can change its key. The header's member kid says which key a token was signed with, and the " +
			"server looks that key up in a table. Nobody asked what the table says for a name that it does not have.",
		Known: []Known{ownToken(), victimIDs()},
		Hints: []text.Key{
			"Send any kid. Your token is refused, and the reason is no longer that the key is unknown.",
			"In Go, a map answers a name that it does not have with the zero value. Here that is a key of no bytes.",
			`Sign with an empty secret: forge -secret "" '{"alg":"HS256","kid":"x","typ":"JWT"}' PAYLOAD`,
		},
		Held: Held{Answer: invalid},
		Case: "A classic: the kid is the name of a file, and /dev/null is a key of no bytes.",
	}
}

func none() Attack {
	return Attack{
		Exercise: "2.7", Name: "none", Flaw: "flaws/none.diff",
		Story: "A standard says that a token may have no signature at all, and what its header says then. This server " +
			"follows the standard to the letter.",
		Known: []Known{ownToken(), victimIDs()},
		Hints: []text.Key{
			"Read your own token with inspect. Which member of its header speaks of the signature?",
			"The algorithm none means: not signed (RFC 7518 section 3.6). The payload may say what you like then.",
			`forge '{"alg":"none"}' PAYLOAD, with your token's payload and JIN HO's sub and sid in it.`,
		},
		Held: Held{Answer: invalid},
		Case: "2015: a researcher found it in several JWT libraries at once.",
	}
}

func pictures() Attack {
	return Attack{
		Exercise: "2.9", Name: "pictures", Flaw: "02-jwt-basics/testdata/wrong/2.9-contains.diff",
		Story: "One sign-in serves two services: authbook and authbook-pictures. The second one is yours. JIN HO has " +
			"just looked at a picture there, so the token lies in your log.",
		Known: []Known{ownToken(), {"pictures-token", "JIN HO's token for authbook-pictures"}},
		Hints: []text.Key{
			"Read both tokens with inspect, and compare the claims that have the same name.",
			"aud says for whom a token is. This one is for you, not for authbook. Does authbook notice?",
			"Change nothing. Send the token as it is: -H \"Authorization: Bearer $T\"",
		},
		Held: Held{Answer: invalid},
		Case: "A service that takes tokens for its neighbour: why RFC 8725 section 3.9 was written.",
	}
}

func noExp() Attack {
	return Attack{
		Exercise: "2.11", Name: "no-exp", Flaw: "02-jwt-basics/testdata/wrong/2.11-no-exp.diff", Library: true,
		Story: "Two years ago somebody wrote a token for a test, and pasted it into a ticket. The library checks the " +
			"date of every token that has one.",
		Known: []Known{ownToken(), {"old-token", "the token of the ticket"}},
		Hints: []text.Key{
			"Read the old token with inspect. When was it issued, and when does it end?",
			"A claim that is missing is not checked, unless the library is told that it must be there.",
			"Send the old token as it is: -H \"Authorization: Bearer $T\"",
		},
		Held: Held{Answer: invalid},
		Case: "Twelve of thirteen submissions to a public exercise took a token without exp.",
	}
}

func unpinned() Attack {
	return Attack{
		Exercise: "2.11", Name: "unpinned", Flaw: "flaws/unpinned.diff", RSA: true, Library: true,
		Story: "The server signs with RS256 since last spring. Before, it was HS256, with the secret that stood in the " +
			"tutorial. Nobody took the old way out: the library picks the algorithm that a token names.",
		Known: []Known{ownToken(), victimIDs()},
		Hints: []text.Key{
			"You need no RSA key. Which algorithm was there before, and what does it sign with?",
			"Write alg HS256 into the header. The secret of a tutorial is a short English word, and it says what it is.",
			`forge -secret secret '{"alg":"HS256","typ":"JWT"}' PAYLOAD`,
		},
		Held: Held{Answer: invalid},
		Case: "Ten of thirteen submissions took another algorithm than the one meant, and all kept the default secret.",
	}
}
