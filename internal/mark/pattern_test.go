package mark

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPattern_matches(t *testing.T) {
	tests := []struct {
		name, pattern, test string
		want                bool
	}{
		{"the test itself", "TestSign", "TestSign", true},
		{"its rows", "TestSign", "TestSign/a_row/deeper", true},
		{"not a longer name", "TestSign", "TestSigner", false},
		{"one branch of subtests", "TestVerify/library", "TestVerify/library/a_row", true},
		{"not the other branch", "TestVerify/library", "TestVerify/by_hand/a_row", false},
		{"a test that failed before its subtests", "TestVerify/library", "TestVerify", true},
		{"alternatives", "TestA|TestB/x", "TestB/x", true},
		{"spaces as go test writes them", "TestA/two words", "TestA/two_words", true},
		{"regular expressions", "TestA/un.*", "TestA/unmasks", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := ParsePattern(tt.pattern)
			require.NoError(t, err)
			assert.Equal(t, tt.want, p.Matches(tt.test), "a row must count for its own exercise and no other")
		})
	}
}

func TestPatternOf(t *testing.T) {
	for name, want := range map[string]string{
		"Chain": "TestChain", "Issuer.Issue": "TestIssuer_Issue", "levelRows": "TestLevelRows", "box.pick": "TestBox_[pP]ick",
	} {
		assert.Equal(t, want, patternOf(name), "an exercise without a pattern is tested by name")
	}
}

func TestParseID(t *testing.T) {
	for _, text := range []string{"", "1", "1.", "01.3", "1.03", "1.3.1", "a.b", "1.3 ", "-1.3", "1.99999"} {
		_, ok := ParseID(text)
		assert.False(t, ok, "%q is no exercise", text)
	}
	got, ok := ParseID("1.10")
	assert.True(t, ok)
	assert.Equal(t, ID{1, 10}, got)
	assert.Negative(t, ID{1, 9}.Compare(ID{1, 10}), "1.9 comes before 1.10")
}
