package lesson

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestTell(t *testing.T) {
	const secret = "eyJh.token.1"
	exercise.Secret(secret)
	exercise.Rows(t, "9.11", []row{
		{name: "slog"}, {name: "log"}, {name: "standard error"}, {name: "a logger of its own"}, {name: "nobody"},
	}, func(t *testing.T, row row) { Tell(row.name, secret) })
}
