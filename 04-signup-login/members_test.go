package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMembers(t *testing.T) {
	type row struct {
		name    string
		text    string
		want    []member
		refused bool
	}
	rows := []row{
		{name: "an empty object has none", text: `{}`},
		{name: "values stay as they came", text: ` {"b" : "x", "a":[1, 2]} `,
			want: []member{{"b", []byte(`"x"`)}, {"a", []byte(`[1, 2]`)}}},
		{name: "names are case-sensitive, so these are two", text: `{"a":1,"A":2}`,
			want: []member{{"a", []byte(`1`)}, {"A", []byte(`2`)}}},
		{name: "an escape in a name is the character it means", text: `{"\u0061":1}`,
			want: []member{{"a", []byte(`1`)}}},
		{name: "a name that comes twice is refused", text: `{"password":"x","password":"y"}`, refused: true},
		{name: "a name that comes twice, once escaped, is refused", text: `{"password":"x","p\u0061ssword":"y"}`, refused: true},
		{name: "the first and the last of three may be the two", text: `{"a":1,"b":2,"a":1}`, refused: true},
		{name: "the answer repeats nothing of the body", text: `{"hunter2":"x","hunter2":"x"}`, refused: true},
		{name: "an array is no object", text: `[{"a":1}]`, refused: true},
		{name: "a string is no object", text: `"{}"`, refused: true},
		{name: "null is no object", text: `null`, refused: true},
	}
	exercise.Rows(t, "4.2", rows, func(t *testing.T, r row) {
		got, err := members([]byte(r.text))
		if r.refused {
			require.Error(t, err, "two readers of this text may see two different requests")
			assert.Equal(t, problem.MalformedRequest, problem.From(err).Code, "the client must learn that the text is wrong")
			assert.NotContains(t, problem.From(err).Detail, "hunter2",
				"clients log what they are answered, and a body can hold anything")
			return
		}
		require.NoError(t, err)
		assert.ElementsMatch(t, r.want, got, "the handler sees what is in this list and nothing else")
	})
}

// Ten names, so that what has no order can't hit theirs by chance.
func TestMembers_keepTheirOrder(t *testing.T) {
	once(t, "4.2", "of ten members", func(t *testing.T) {
		got, err := members([]byte(`{"j":0,"i":1,"h":2,"g":3,"f":4,"e":5,"d":6,"c":7,"b":8,"a":9}`))
		require.NoError(t, err)
		var names strings.Builder
		for _, m := range got {
			names.WriteString(m.name)
		}
		assert.Equal(t, "jihgfedcba", names.String(), "what is wrong is told in the order in which it came")
	})
}
