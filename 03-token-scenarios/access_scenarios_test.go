package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/problem"
)

// accessScenarios say what an access token is good for, and for how long.
//
//workbook:exercise 3.2 TestAccessScenarios
var accessScenarios = []scenario{
	{name: "an access token works until its last second", steps: []step{
		logIn("a"), wait(AccessTTL - time.Second), me("a"),
	}},
	{name: "and has expired in the next one", steps: []step{
		logIn("a"), wait(AccessTTL), me("a").fails(problem.TokenExpired),
	}},
	{name: "a refresh token is no access token", steps: []step{
		logIn("a"), me("a").wrongKind().fails(problem.InvalidToken),
	}},
	{name: "a changed signature is noticed", steps: []step{
		logIn("a"), me("a").tampered().fails(problem.InvalidToken),
	}},
	{name: "two people stay two people", steps: []step{
		logIn("a"), logIn("b").as("MIN SU"), me("b"), me("a"),
	}},
}

func TestAccessScenarios(t *testing.T) {
	holdAgainst(t, "3.2", accessScenarios, accessImpostors)
}
