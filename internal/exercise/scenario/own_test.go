package scenario

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// own is an impostor that stops at three, and a row of so many steps.
func own(steps ...step) Own[*counter] {
	return Own[*counter]{
		Exercise: "9.9", Does: "it stops at three", Row: tellCounts("four", steps...),
		Right:  func() *counter { return newCounter("", new(atomic.Int64)) },
		Flawed: func() *counter { return newCounter("stops-at-three", new(atomic.Int64)) },
	}
}

func TestOwn(t *testing.T) {
	good := own(count(), count(), count(), count())
	breaks := good
	breaks.Flawed = func() *counter { panic("no server") }
	none, wordless := good, good
	none.Row, wordless.Does = Scenario[*counter]{}, " "
	at := good.Row.at
	for _, row := range []struct {
		name                  string
		own                   Own[*counter]
		says, passes, unmasks string
	}{
		{"a good one", good, "", "", ""},
		{"it has no words", wordless, "your impostor has no words", "", ""},
		{"it has no row", none, "", "this is no scenario", "the right server fails your row"},
		{"its row is too short", own(count()), "", "", at + ": your impostor passes your row too"},
		{"its row is wrong about the right server", own(count().fails("TOO_MANY_REQUESTS")), "",
			at + ": step 1, count().fails(\"TOO_MANY_REQUESTS\"): the row expects TOO_MANY_REQUESTS, " +
				"and a correct server gives success here: change the row", "the right server fails your row"},
		{"it breaks", breaks, "", "", "your impostor breaks, and an impostor only answers wrongly: panic: no server"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for want, got := range map[string]string{
				row.says: row.own.says(t), row.passes: row.own.passes(t), row.unmasks: row.own.unmasks(t),
			} {
				assert.Contains(t, got, want)
				assert.Equal(t, want == "", got == "", got)
			}
		})
	}
}

func TestInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inside, most, count := 0, 0, 0
		flaw := InTurn(func(n int) int {
			inside++
			most, count = max(most, inside), count+n
			<-time.After(time.Second)
			inside--
			return n
		})
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { flaw(1) })
		}
		wg.Wait()
		assert.Equal(t, 1, most, "one at a time")
		assert.Equal(t, 5, count)
	})
}

func TestOwn_isNewTo(t *testing.T) {
	short, long := tellCounts("two", count(), count()), tellCounts("five", count(), count(), count(), count(), count())
	wrong := tellCounts("wrong", count().fails("TOO_MANY_REQUESTS"))
	assert.Empty(t, own().isNewTo([]Scenario[*counter]{short, wrong})(t), "a row that is wrong itself says nothing")
	assert.Equal(t, "your impostor is not new: it is unmasked by\n  "+long.at+` "five": `+
		"step 4, count(): expected success, got TOO_MANY_REQUESTS: who may do this is turned away",
		own().isNewTo([]Scenario[*counter]{short, long})(t))
}
