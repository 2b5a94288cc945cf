package accounts

import (
	"bytes"
	"encoding/json"

	"example.com/authbook/internal/problem"
)

// member is one name and its value in a JSON object, the value as it came.
type member struct {
	name  string
	value json.RawMessage
}

// members returns the members of the JSON object that text is, in their order.
// A name that comes twice is refused: RFC 8259 section 4 leaves open which one
// counts, and two readers of the same request may differ. No error repeats
// anything of the text, which is known to be one valid JSON value.
//
//workbook:exercise 4.2 TestMembers(_.*)?
func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, malformed("The body must be a JSON object.")
	}
	var list []member
	seen := map[string]bool{}
	for d.More() {
		m, err := nextMember(d)
		if err != nil || seen[m.name] {
			return nil, malformed("The body names a member twice.")
		}
		seen[m.name] = true
		list = append(list, m)
	}
	return list, nil
}

// nextMember reads a name and its value.
func nextMember(d *json.Decoder) (member, error) {
	name, err := d.Token()
	if err != nil {
		return member{}, err
	}
	m := member{name: name.(string)} // a valid object has no other names
	return m, d.Decode(&m.value)
}

func malformed(detail string) error {
	return problem.New(problem.MalformedRequest, detail)
}
