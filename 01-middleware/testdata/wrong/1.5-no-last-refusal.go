// Wrong: No row asks about the last status of a refusal.
//
// Hint: One impostor draws the upper line one status too early. Which
// number is just before the failures?
//
// Fails:
//   - TestLevel/unmasks/fails-at-499
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "a redirect is information", status: 301, want: slog.LevelInfo},
	{name: "the last redirect is information", status: 399, want: slog.LevelInfo},
	{name: "a bad request is a warning", status: 400, want: slog.LevelWarn},
	{name: "an unknown page is a warning", status: 404, want: slog.LevelWarn},
	{name: "a failure is an error", status: 500, want: slog.LevelError},
	{name: "a bad gateway is an error", status: 502, want: slog.LevelError},
}
