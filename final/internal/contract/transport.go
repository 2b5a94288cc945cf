package contract

import (
	"bytes"
	"io"
	"net/http"
)

// T is what the transport needs of a *testing.T.
type T interface {
	Helper()
	Errorf(format string, args ...any)
}

// Transport returns a transport that sends requests through next and fails t
// for each answer that the document does not allow. The answer itself is
// handed on unchanged. It reads bodies whole, so an endless one needs another
// client.
func (s *Spec) Transport(t T, next http.RoundTripper) http.RoundTripper {
	return &transport{spec: s, t: t, next: next}
}

type transport struct {
	spec *Spec
	t    T
	next http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (c *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	c.t.Helper()
	sent, body, err := read(r.Body)
	if err != nil {
		return nil, err
	}
	request := r.Clone(r.Context()) // a RoundTripper leaves its request alone
	request.Body = body
	response, err := c.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	received, body, err := read(response.Body)
	if err != nil {
		return nil, err
	}
	response.Body = body
	if err := c.spec.check(exchange{r, sent, response, received}); err != nil {
		c.t.Errorf("%s %s answered %s, and clients that trust the document break:\n%v\nbody: %s",
			r.Method, r.URL.Path, response.Status, err, received)
	}
	return response, nil
}

// read returns what the body holds, and a body that holds it again.
func read(body io.ReadCloser) ([]byte, io.ReadCloser, error) {
	if body == nil || body == http.NoBody {
		return nil, body, nil
	}
	defer body.Close()
	b, err := io.ReadAll(body)
	return b, io.NopCloser(bytes.NewReader(b)), err
}
