package middleware_test

import (
	"testing"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// TestResponseTime tells your table to your middleware, and then compares it
// with timeModel. Write your own table first: it is exercise 1.11.
func TestResponseTime(t *testing.T) {
	type row struct {
		name    string
		needs   []string
		handler []step
	}
	rows := []row{
		{"your own table holds", []string{"1.11"}, nil},
		{"no work is no time", nil, []step{says}},
		{"a second is a thousand milliseconds", nil, []step{works(time.Second), says}},
		{"half a millisecond is no whole one", nil, []step{works(500 * time.Microsecond), says}},
		{"an hour of work after the first word", nil, []step{says, works(time.Hour), says}},
		{"a status alone", nil, []step{sends(204)}},
		{"a refusal", nil, []step{sends(403), says}},
		{"not a word", nil, []step{}},
		{"a panic", nil, []step{crashes}},
		{"a value of the handler's own", nil, []step{sets("7.000ms"), says}},
	}
	exercise.SynctestRows(t, "1.12", rows, func(t *testing.T, row row) {
		table := responseTimeRows
		if row.handler != nil {
			table = []timeRow{{row.name, row.handler, timeHeader(timeModel(""), row.handler)}}
		}
		for _, r := range table {
			assert.Equal(t, r.want, timeHeader(middleware.ResponseTime, r.handler),
				"the header X-Response-Time that the client reads (%s): the comment above ResponseTime has the rules", r.name)
		}
	})
}
