// Wrong: Each row takes a status from the middle of its group.
//
// Hint: The impostors that are left draw a line too early or too late, and are right
// elsewhere. Only a status beside a line can tell them from Level. Which numbers stand
// on the two sides of each line? And what does Level say of redirects?
//
// Fails:
//   - TestLevel/unmasks/warns-at-redirects
//   - TestLevel/unmasks/misses-400
//   - TestLevel/unmasks/misses-500
//   - TestLevel/unmasks/refuses-399
//   - TestLevel/unmasks/fails-at-499
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "an unknown page is a warning", status: 404, want: slog.LevelWarn},
	{name: "an overloaded server is an error", status: 503, want: slog.LevelError},
}
