package term

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUnwrap(t *testing.T) {
	assert.Equal(t, "Look here:\n  x := 1\n\nThen go on.", Unwrap("Look\nhere:\n```go\nx := 1\n```\n\nThen go\non."))
}

func TestPlain(t *testing.T) {
	for markdown, want := range map[string]string{
		"see [alive](alive.go), then go on": "see alive, then go on",
		"**twice**, never *three times*":    "twice, never three times",
		"`wait` takes `AccessTTL - x`":      "'wait' takes 'AccessTTL - x'",
		"run `m[0](Chain(m[1:]...)(x))`":    "run 'm[0](Chain(m[1:]...)(x))'",
		"**`*p`** and [`a`](a.go) of *`b`*": "'*p' and 'a' of 'b'",
		"2 * 3 * 4 and a *Box or a *Bag":    "2 * 3 * 4 and a *Box or a *Bag",
	} {
		assert.Equal(t, want, plain(markdown), "a terminal shows no Markdown")
	}
}
