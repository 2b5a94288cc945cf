// Wrong: The table holds the three statuses that everybody knows.
//
// Hint: Some impostors agree with Level about 200, 404 and 500. They differ beside the
// borders, at redirects, and at failures that are not 500. Give each of these a row.
//
// Fails:
//   - TestLevel/unmasks/fails-at-499
//   - TestLevel/unmasks/knows-only-500
//   - TestLevel/unmasks/misses-400
//   - TestLevel/unmasks/refuses-399
//   - TestLevel/unmasks/warns-at-known-redirects
//   - TestLevel/unmasks/warns-at-redirects
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "an unknown page is a warning", status: 404, want: slog.LevelWarn},
	{name: "a failure is an error", status: 500, want: slog.LevelError},
}
