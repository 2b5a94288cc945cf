package web

import "net/http"

// closeAfterChunked ends the connection after a request whose body came in
// chunks. If such a request also has a Content-Length, a proxy before us may
// have believed that one, and what follows on the connection may be half of
// another client's request. RFC 9112 section 6.1 wants the connection closed
// then; net/http drops the Content-Length without a trace, and so cannot be
// asked which requests had both.
func closeAfterChunked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TransferEncoding) > 0 {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
