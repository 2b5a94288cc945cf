package web

import "net/http"

// closeWhereUnclear ends the connection after a request whose end a proxy before
// us may have seen elsewhere: what follows on the connection may be half of
// another client's request. RFC 9112 section 6.1 wants it closed then.
//
// One is a request whose body came in chunks: it may have had a Content-Length
// too. The other is any request of HTTP/1.0, which knows no chunks: it may have
// had the header all the same. net/http drops both headers without a trace, and
// so can't be asked which requests had them.
func closeWhereUnclear(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.TransferEncoding) > 0 || !r.ProtoAtLeast(1, 1) {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
