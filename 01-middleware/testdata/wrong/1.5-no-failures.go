// Wrong: No row asks about a failure of the server.
//
// Hint: Some impostors are right about every 2xx, 3xx and 4xx. Read the
// comment above Level again: it names a third group.
//
// Fails:
//   - TestLevel/unmasks/never-alarms
//   - TestLevel/unmasks/misses-500
//   - TestLevel/unmasks/knows-only-500
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "a redirect is information", status: 302, want: slog.LevelInfo},
	{name: "the last redirect is information", status: 399, want: slog.LevelInfo},
	{name: "a bad request is a warning", status: 400, want: slog.LevelWarn},
	{name: "the last refusal is a warning", status: 499, want: slog.LevelWarn},
}
