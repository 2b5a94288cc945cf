package a

import "testing"

func TestTokens(t *testing.T) {
	token, other := "a", "a"
	if token != other {
		t.Error("a test may compare as it likes")
	}
}
