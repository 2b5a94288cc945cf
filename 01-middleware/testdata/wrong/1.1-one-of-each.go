// Wrong: Each row takes a status from the middle of its group.
//
// Hint: Your rows agree with Level, and so do functions that draw the line one status
// too early or too late. Those differ from Level at a border and nowhere else. Which
// numbers stand on the two sides of each border?
//
// Fails:
//   - TestLevel/unmasks/warns-at-redirects
//   - TestLevel/unmasks/misses-400
//   - TestLevel/unmasks/misses-500
//   - TestLevel/unmasks/starts-too-early
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "an unknown page is a warning", status: 404, want: slog.LevelWarn},
	{name: "an overloaded server is an error", status: 503, want: slog.LevelError},
}
