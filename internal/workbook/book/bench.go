package book

import (
	"context"
	"maps"
	"slices"
	"sync"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// bench runs tests, one exercise at a time, and keeps what they said last.
type bench struct {
	runner *gorun.Runner
	tell   func(gorun.Report) string
	turn   sync.Mutex         // of a run
	texts  map[mark.ID]string // of the exercises at the last run
	mu     sync.Mutex         // of last
	last   map[spoken]result
}

// spoken names something that was said in a language: what a run says is for the
// reader who waited for it, and a reader of the other language has a run of their own.
type spoken struct {
	in text.Language
	of string
}

// result is what a run said about an exercise.
type result struct {
	state  string // of the chapter's files
	report gorun.Report
	said   string // what check prints
}

// of is the last result of an exercise, an empty one before the first.
func (b *bench) of(ch *course.Chapter, id mark.ID) result {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last[spoken{ch.Language, id.String()}]
}

// check runs the tests of an exercise, unless nothing was saved since.
func (b *bench) check(ctx context.Context, ch *course.Chapter, id mark.ID) {
	b.turn.Lock()
	defer b.turn.Unlock()
	state, saved := gorun.Saved(ch.Dir, b.of(ch, id).state)
	if !saved {
		return
	}
	r := b.run(ctx, ch, id)
	if ctx.Err() != nil {
		return // the page is gone
	}
	r.state = state
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last[spoken{ch.Language, id.String()}] = r
}

func (b *bench) run(ctx context.Context, asked *course.Chapter, id mark.ID) result {
	runner := b.runner.Over(b.runner.Course.In(asked.Language))
	ch, err := runner.Course.Read(asked.Name)
	if err != nil {
		return result{said: err.Error()}
	}
	e, ok := course.Find(ch.Exercises, id)
	if !ok || !ch.Started {
		return result{}
	}
	before := runner.Course.ReadProgress().Current
	report, err := runner.Examine(ctx, ch, []mark.Exercise{e}, gorun.Effort{})
	if err != nil {
		return result{said: err.Error()}
	}
	r := result{report: report, said: b.tell(report)}
	b.stay(ch, before)
	return r
}

// stay keeps the learner's place: reading on does not move it, writing elsewhere does,
// and so does green.
func (b *bench) stay(ch *course.Chapter, before string) {
	b.runner.Course.Note(b.runner.Out, func(p *course.Progress) {
		changed, now := ch.Rewritten(b.texts, *p)
		maps.Copy(b.texts, now)
		id, _ := mark.ParseID(before)
		next, open := course.NextFrom(ch, *p, id, false)
		switch {
		case len(changed) > 0 && !slices.Contains(changed, id):
			p.Current = changed[0].String()
		case open && id.Chapter == ch.Number:
			p.Current = next.ID.String()
		case before != "":
			p.Current = before
		}
	})
}
