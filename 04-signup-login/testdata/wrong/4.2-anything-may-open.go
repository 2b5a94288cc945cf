// Wrong: it reads the first token and does not look at it.
//
// Hint: Valid JSON can also be an array, a string or null. Your decoder
// returns what opens the text. Which one value of it do you accept?
//
// Fails:
//   - TestMembers/a_string_is_no_object
//   - TestMembers/an_array_is_no_object
//   - TestMembers/null_is_no_object
package accounts

import (
	"bytes"
	"encoding/json"
)

func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
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
