package accounts

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHasLoneSurrogate(t *testing.T) {
	rows := []struct {
		name string
		text string
		want bool
	}{
		{"plain text", `"a"`, false},
		{"a pair", `"\ud83d\ude00"`, false},
		{"two pairs in a row", `"\ud83d\ude00\uD83D\uDE00"`, false},
		{"the replacement character itself, escaped", `"\ufffd"`, false},
		{"a high half at the end", `"\ud83d"`, true},
		{"a high half where the text ends", `\ud83d`, true},
		{"a low half alone", `"\ude00"`, true},
		{"two high halves", `"\ud83d\ud83d"`, true},
		{"the halves the wrong way round", `"\ude00\ud83d"`, true},
		{"a pair and half of one", `"\ud83d\ude00\ud83d"`, true},
		{"a high half before another escape", `"\ud83d\n"`, true},
		{"a high half before a letter", `"\ud83dxxxxxx"`, true},
		{"an escaped backslash before the letters ud83d", `"\\ud83d"`, false},
		{"an escaped backslash and a half", `"\\\ud83d"`, true},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			assert.Equal(t, r.want, hasLoneSurrogate([]byte(r.text)), "half a character is no text")
		})
	}
}
