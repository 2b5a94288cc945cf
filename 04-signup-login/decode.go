package accounts

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"example.com/authbook/internal/problem"
)

const (
	// maxBody is in bytes: 128 code points of password, escaped, are 1,536.
	maxBody = 16 << 10
	// maxWrongFields bounds an error answer: a body has room for thousands of
	// unknown members.
	maxWrongFields = 20
	// maxFieldName is the most of an unknown member's name, in code points,
	// that an answer repeats.
	maxFieldName = 64
)

// decode reads the request's body, one JSON object, into the struct that dst
// points to. Members match fields by their json tag, exactly. It returns the
// members that are unknown or of the wrong type; the error is for a body that
// can't be read at all.
func decode(w http.ResponseWriter, r *http.Request, dst any) ([]problem.Field, error) {
	if err := checkMediaType(r.Header); err != nil {
		return nil, err
	}
	if err := checkEncoding(r.Header); err != nil {
		return nil, err
	}
	text, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	if err := checkJSON(text); err != nil {
		return nil, err
	}
	list, err := members(text)
	if err != nil {
		return nil, err
	}
	return assign(list, dst), nil
}

// checkMediaType takes application/json, which is UTF-8 whether it says so or
// not (RFC 8259 section 8.1).
func checkMediaType(h http.Header) error {
	wrong := problem.New(problem.UnsupportedMediaType, "")
	if len(h.Values("Content-Type")) != 1 {
		return wrong
	}
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return wrong
	}
	for name, value := range params {
		if name != "charset" || !strings.EqualFold(value, "utf-8") {
			return wrong
		}
	}
	return nil
}

// checkEncoding takes a body that is sent as it is. What else Content-Encoding
// names would have to be undone first, to a size that nobody knows, and to read
// it as it came would read another text than was meant (RFC 9110 section 15.5.16).
func checkEncoding(h http.Header) error {
	for coding := range strings.SplitSeq(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		coding = strings.TrimSpace(coding)
		if coding != "" && !strings.EqualFold(coding, "identity") {
			return problem.New(problem.UnsupportedMediaType, "Send the body without a Content-Encoding.")
		}
	}
	return nil
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, problem.New(problem.PayloadTooLarge, "")
	}
	if err != nil {
		return nil, malformed("The body could not be read to its end.")
	}
	return text, nil
}

// checkJSON says what is wrong with text that is not one JSON value in Unicode.
// encoding/json's own message is not used: it repeats what was sent.
func checkJSON(text []byte) error {
	if len(text) == 0 {
		return malformed("The body is empty; send a JSON object.")
	}
	if !utf8.Valid(text) {
		return malformed("The body is not valid UTF-8.")
	}
	var whole json.RawMessage
	err := json.Unmarshal(text, &whole)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return malformed(fmt.Sprintf("The body is not one JSON value; look at byte %d.", syntax.Offset))
	}
	if err != nil {
		return malformed("The body is not one JSON value.")
	}
	if hasLoneSurrogate(text) {
		return malformed(`The body has a \u escape that is half of a surrogate pair.`)
	}
	return nil
}

// assign puts the members into the fields that bear their names.
func assign(list []member, dst any) []problem.Field {
	fields := map[string]reflect.Value{}
	for field, value := range reflect.ValueOf(dst).Elem().Fields() {
		fields[field.Tag.Get("json")] = value
	}
	var wrong []problem.Field
	for _, m := range list {
		switch field, known := fields[m.name]; {
		case !known:
			wrong = append(wrong, problem.Field{Field: clip(m.name), Code: codeUnknownField,
				Message: "This request has no such member; names are case-sensitive."})
		case !m.into(field):
			wrong = append(wrong, problem.Field{Field: m.name, Code: codeWrongType,
				Message: "Send " + describe(field.Kind()) + "."})
		}
	}
	return wrong
}

// into reports whether the value has the field's type. null has none: what it
// would mean is left out instead.
func (m member) into(field reflect.Value) bool {
	return string(m.value) != "null" && json.Unmarshal(m.value, field.Addr().Interface()) == nil
}

func describe(kind reflect.Kind) string {
	if kind == reflect.Slice {
		return "an array of strings"
	}
	return "a string"
}

func clip(name string) string {
	if runes := []rune(name); len(runes) > maxFieldName {
		return string(runes[:maxFieldName]) + "…"
	}
	return name
}
