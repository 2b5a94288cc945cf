package middleware_test

import (
	"log/slog"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
)

// levelRow is one case of TestLevel.
type levelRow struct {
	name   string
	status int        // goes in
	want   slog.Level // must come out
}

// levelRows is the table of TestLevel: a status goes in, and its level must come out.
// Error is for failures (5xx), Warn for refusals (4xx), Info for all others.
//
//workbook:exercise 1.5 TestLevel
var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "a redirect is information", status: 308, want: slog.LevelInfo},
	{name: "the last status before the errors is information", status: 399, want: slog.LevelInfo},
	{name: "the first status of a refusal is a warning", status: 400, want: slog.LevelWarn},
	{name: "the last status of a refusal is a warning", status: 499, want: slog.LevelWarn},
	{name: "the first status of a failure is an error", status: 500, want: slog.LevelError},
	{name: "an overloaded server is an error", status: 503, want: slog.LevelError},
}

// levelImpostor is a version of Level with one mistake. The table must tell it
// from the real one.
type levelImpostor struct {
	name    string
	differs string // in what
	level   func(status int) slog.Level
	flaw    string
}

func levelImpostors() []levelImpostor {
	levels := func(warnFrom, errorFrom int) func(int) slog.Level {
		return func(status int) slog.Level {
			switch {
			case status >= errorFrom:
				return slog.LevelError
			case status >= warnFrom:
				return slog.LevelWarn
			default:
				return slog.LevelInfo
			}
		}
	}
	return []levelImpostor{
		{"hides-successes", "successes", func(status int) slog.Level {
			if status < 300 {
				return slog.LevelDebug
			}
			return levels(400, 500)(status)
		}, "it calls successes (2xx) a detail that only developers read"},
		{"never-warns", "refusals", levels(500, 500), "it calls refusals (4xx) information"},
		{"never-alarms", "failures", levels(400, 600), "it calls failures (5xx) a warning"},
		{"alarms-at-refusals", "refusals", levels(400, 400), "it calls refusals (4xx) an error"},
		{"warns-at-redirects", "redirects", levels(300, 500), "it warns about redirects (3xx)"},
		{"warns-at-known-redirects", "redirects", func(status int) slog.Level {
			if status >= 300 && status <= 308 {
				return slog.LevelWarn
			}
			return levels(400, 500)(status)
		}, "it warns about the redirects that have a name, 300 to 308"},
		{"misses-400", "a border", levels(401, 500), "it takes 400 for a success"},
		{"misses-500", "a border", levels(400, 501), "it takes 500 for a refusal"},
		{"refuses-399", "a border", levels(399, 500), "it takes 399 for a refusal"},
		{"fails-at-499", "a border", levels(400, 499), "it takes 499 for a failure"},
		{"knows-only-500", "failures", func(status int) slog.Level {
			if status == 500 {
				return slog.LevelError
			}
			return levels(400, 600)(status)
		}, "it knows one failure, 500, and no other"},
	}
}

func TestLevel(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, "1.5", levelRows, func(t *testing.T, row levelRow) {
			if got := middleware.Level(row.status); got != row.want {
				t.Errorf("your row says %s, and Level(%d) is %s: the function is right, its comment says why",
					row.want, row.status, got)
			}
		})
	})
	exercise.Unmask(t, exercise.Rows, "1.5", levelRows, levelImpostors(), levelImpostor.judged)
}

// judged is what the table says of the impostor: the first row that holds for the
// real function and fails for it.
func (i levelImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	for _, row := range levelRows {
		if middleware.Level(row.status) == row.want && i.level(row.status) != row.want {
			flaw.Row = row.name
			break
		}
	}
	return flaw
}
