// Wrong: The table knows one line break and nothing else that is not printed.
//
// Hint: Your texts break a line in the usual way. What else does the comment of OneLine
// name: which characters, and which bytes?
//
// Fails:
//   - TestOneLineRows/unmasks/counts-bytes
//   - TestOneLineRows/unmasks/cuts-silently
//   - TestOneLineRows/unmasks/cuts-what-fits
//   - TestOneLineRows/unmasks/keeps-broken-bytes
//   - TestOneLineRows/unmasks/keeps-one-more
//   - TestOneLineRows/unmasks/keeps-other-line-breaks
//   - TestOneLineRows/unmasks/keeps-the-direction
//   - TestOneLineRows/unmasks/keeps-the-escape
//   - TestOneLineRows/unmasks/knows-ascii-alone
package accounts

var oneLineRows = []lineRow{
	{"a second line can't be written", "jin\r\nlevel=INFO", "jin??level=INFO"},
}
