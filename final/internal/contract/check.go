package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// exchange is one request and its answer, with the bodies read.
type exchange struct {
	request  *http.Request
	sent     []byte
	response *http.Response
	received []byte
}

// check returns everything that the document does not allow.
func (s *Spec) check(x exchange) error {
	route, params := s.route(x.request)
	status := x.response.StatusCode
	if status == http.StatusRequestEntityTooLarge && route.Operation.RequestBody == nil {
		route = s.outside
	}
	response := route.Operation.Responses.Value(strconv.Itoa(status))
	if response == nil {
		return errors.New("the document does not list this status here")
	}
	input := requestInput(x, route, params)
	err := errors.Join(
		checkRequest(input, status),
		checkHeaders(x.response.Header, response.Value.Headers),
		checkBody(x, response.Value.Content),
		checkResponse(input, x),
	)
	if err == nil && x.request.Method == route.Method {
		s.seen(route, status)
	}
	return err
}

func requestInput(x exchange, route *routers.Route, params map[string]string) *openapi3filter.RequestValidationInput {
	r := x.request.Clone(context.Background()) // the request's own may have ended
	r.Body = io.NopCloser(bytes.NewReader(x.sent))
	r.GetBody = nil
	if r.Method == http.MethodHead {
		r.Method = http.MethodGet
	}
	return &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: params,
		Route:      route,
		Options: &openapi3filter.Options{
			RejectWhenRequestBodyNotSpecified: true,
			SkipSettingDefaults:               true,
			AuthenticationFunc:                hasCredential,
			ExcludeResponseBody:               x.request.Method == http.MethodHead,
		},
	}
}

// checkRequest holds the request to the document if the server accepted it.
// A refused one may be wrong on purpose: that it is refused is the test.
func checkRequest(input *openapi3filter.RequestValidationInput, status int) error {
	if status >= 400 {
		return nil
	}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
		return fmt.Errorf("the server accepted a request that the document forbids: %w", err)
	}
	return nil
}

// hasCredential tells whether the request carries what the security scheme
// asks for, good or bad. A cookie may have the prefix __Host-, which the
// document names in words.
func hasCredential(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	r, scheme := input.RequestValidationInput.Request, input.SecurityScheme
	found := false
	switch {
	case scheme.Type == "http" && scheme.Scheme == "bearer":
		kind, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		found = strings.EqualFold(kind, "Bearer")
	case scheme.Type == "apiKey" && scheme.In == "cookie":
		found = len(r.CookiesNamed(scheme.Name))+len(r.CookiesNamed("__Host-"+scheme.Name)) > 0
	}
	if !found {
		return input.NewError(nil)
	}
	return nil
}

// general are the headers that any answer may carry: they speak of the
// transport or of safety, not of the operation.
var general = []string{
	"Cache-Control", "Connection", "Content-Length", "Content-Security-Policy", "Content-Type",
	"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Date", "Referrer-Policy",
	"Strict-Transport-Security", "Vary", "X-Content-Type-Options", "X-Frame-Options",
}

// setCookie is the one header that may come several times (RFC 9110 section 5.3).
// The document describes each of them.
const setCookie = "Set-Cookie"

// checkHeaders refuses headers that the document does not name, and those that
// it names if they come twice: checkResponse would look at the first alone.
func checkHeaders(got http.Header, documented openapi3.Headers) error {
	var errs []error
	named := func(header string) bool {
		for name := range documented {
			if http.CanonicalHeaderKey(name) == header {
				return true
			}
		}
		return false
	}
	for header, values := range got {
		switch {
		case named(header) && len(values) > 1 && header != setCookie:
			errs = append(errs, fmt.Errorf("the header %s comes %d times", header, len(values)))
		case !named(header) && !slices.Contains(general, header):
			errs = append(errs, fmt.Errorf("the document does not name the header %s here", header))
		}
	}
	return errors.Join(errs...)
}

// checkBody refuses a body where the document describes none.
func checkBody(x exchange, documented openapi3.Content) error {
	if len(documented) == 0 && len(x.received) > 0 {
		return fmt.Errorf("the document describes no body here, and %d bytes came", len(x.received))
	}
	return nil
}

// checkResponse looks at an answer once for each of its cookies.
func checkResponse(input *openapi3filter.RequestValidationInput, x exchange) error {
	errs := []error{checkOnce(input, x, x.response.Header)}
	for _, cookie := range x.response.Header.Values(setCookie) {
		header := x.response.Header.Clone()
		header.Set(setCookie, cookie)
		errs = append(errs, checkOnce(input, x, header))
	}
	return errors.Join(errs...)
}

func checkOnce(input *openapi3filter.RequestValidationInput, x exchange, header http.Header) error {
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 x.response.StatusCode,
		Header:                 header,
		Body:                   io.NopCloser(bytes.NewReader(x.received)),
		Options:                input.Options,
	})
}
