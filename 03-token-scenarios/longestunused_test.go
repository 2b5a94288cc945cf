package tokens

import (
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/require"
)

// Your own table, told to your function.
func TestLongestUnused_agreesWithYourTable(t *testing.T) {
	exercise.Needs(t, "3.12", "3.11")
	for _, row := range unusedRows {
		if got := answers(longestUnused, row); got != row.expected() {
			t.Errorf("your row %q ends %s, and your function ends %s", row.name, row.expected(), got)
		}
	}
}

// TestLongestUnused compares your function with the model, over lists that nobody
// wrote down. They are the same in every run.
func TestLongestUnused(t *testing.T) {
	type row struct {
		name  string
		keep  func(have int) int
		equal bool // all were used in one moment
		why   string
	}
	exercise.Rows(t, "3.12", []row{
		{"one too many", func(n int) int { return n - 1 }, false, "the one that nobody has used for longest must end"},
		{"two too many", func(n int) int { return n - 2 }, false, "two must end, the longest unused first"},
		{"equal times", func(n int) int { return n - 1 }, true, "of equal ones the one with the largest id must end"},
		{"as many as may stay", func(n int) int { return n }, false, "none is too many"},
		{"room for more", func(n int) int { return n + 1 }, false, "none is too many"},
		{"no room", func(int) int { return 0 }, false, "none may stay"},
	}, func(t *testing.T, row row) {
		random := mathrand.New(mathrand.NewPCG(1, 0))
		for range 50 {
			list := randomList(random, row.equal)
			keep := row.keep(len(list))
			want := unusedModel("")(list, keep)
			got := longestUnused(slices.Clone(list), keep)
			require.Equal(t, inWords(want), inWords(got), "%s; %d may stay of %s", row.why, keep, inTimes(list))
		}
	})
}

func TestLongestUnused_leavesTheListOfItsCaller(t *testing.T) {
	exercise.Needs(t, "3.12")
	list := []Session{device("b", day, 2*time.Hour), device("a", day, time.Hour), device("c", day, 3*time.Hour)}
	given := slices.Clone(list)
	longestUnused(given, 1)
	require.Equal(t, inTimes(list), inTimes(given), "who asks a question does not expect another list afterwards")
}

// randomList makes a list of two to six sessions in any order.
func randomList(random *mathrand.Rand, equal bool) (list []Session) {
	ids := random.Perm(6)[:2+random.IntN(5)]
	uses := random.Perm(6)
	for i, id := range ids {
		used := time.Duration(1+uses[i]) * time.Second
		if equal {
			used = time.Second
		}
		list = append(list, device(string(rune('a'+id)), time.Duration(1+random.IntN(9))*day, used))
	}
	return list
}

// inTimes says of each session how long ago it was used.
func inTimes(list []Session) string {
	var words []string
	for _, s := range list {
		words = append(words, fmt.Sprintf("%s (used %s ago)", s.ID, noon.Sub(s.Rotated)))
	}
	return strings.Join(words, ", ")
}
