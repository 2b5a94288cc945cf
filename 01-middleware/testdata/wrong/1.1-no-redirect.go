// Wrong: No row asks about a redirect.
//
// Hint: The impostors that are left differ from Level between 300 and 399 alone. What does
// Level say of a redirect?
//
// Fails:
//   - TestLevel/unmasks/warns-at-redirects
//   - TestLevel/unmasks/refuses-399
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "a bad request is a warning", status: 400, want: slog.LevelWarn},
	{name: "the last refusal is a warning", status: 499, want: slog.LevelWarn},
	{name: "a failure is an error", status: 500, want: slog.LevelError},
	{name: "an overloaded server is an error", status: 503, want: slog.LevelError},
}
