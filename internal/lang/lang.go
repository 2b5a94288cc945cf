// Package lang chooses the language of a page, English or Korean: those of the server, and
// of the workbook's book.
package lang

import (
	"cmp"
	"net/http"

	"golang.org/x/text/language"
)

// The languages of the pages, as an attribute lang names them (BCP 47).
const (
	English = "en"
	Korean  = "ko"
)

const name = "lang" // of the member of a query, and of the cookie

// Choose returns the language that the reader wants, and tells caches what it depends on. A
// link with ?lang=ko decides, and a cookie keeps that for a year: with secure, over https
// alone. Else the browser's Accept-Language does (RFC 9110 section 12.5.4), or if it names
// neither, otherwise.
//
// What a script asks for with ?lang=ko is in that language too, but nothing is kept: the
// reader may have chosen another in another tab since.
func Choose(w http.ResponseWriter, r *http.Request, secure bool, otherwise string) string {
	w.Header().Add("Vary", "Accept-Language, Cookie")
	if asked := r.URL.Query().Get(name); known(asked) {
		if r.Header.Get("Sec-Fetch-Dest") != "empty" { // a script's (Fetch Metadata)
			keep(w, asked, secure)
		}
		return asked
	}
	if kept, err := r.Cookie(name); err == nil && known(kept.Value) {
		return kept.Value
	}
	return cmp.Or(best(r.Header.Get("Accept-Language")), otherwise)
}

func keep(w http.ResponseWriter, tag string, secure bool) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: tag, Path: "/", MaxAge: 365 * 24 * 60 * 60,
		Secure: secure, HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

func known(tag string) bool { return tag == English || tag == Korean }

// best is the first language of the browser's that there is, "" for none.
func best(accepted string) string {
	tags, _, err := language.ParseAcceptLanguage(accepted)
	if err != nil {
		return ""
	}
	for _, tag := range tags {
		if base, _ := tag.Base(); known(base.String()) {
			return base.String()
		}
	}
	return ""
}
