// Wrong: Each group is tested with its first status only.
//
// Hint: Some impostors agree with Level wherever a group begins. Look at
// the other end: the last status of each group, the redirects, and failures other than
// 500.
//
// Fails:
//   - TestLevel/unmasks/fails-at-499
//   - TestLevel/unmasks/knows-only-500
//   - TestLevel/unmasks/refuses-399
//   - TestLevel/unmasks/warns-at-known-redirects
//   - TestLevel/unmasks/warns-at-redirects
package middleware_test

import "log/slog"

var levelRows = []levelRow{
	{name: "a success is information", status: 200, want: slog.LevelInfo},
	{name: "a bad request is a warning", status: 400, want: slog.LevelWarn},
	{name: "a failure is an error", status: 500, want: slog.LevelError},
}
