// Wrong: a name is compared with the one before it and with no other.
//
// Hint: The two equal names need not stand side by side. What do you know, at
// the third name, about the first?
//
// Fails:
//   - TestMembers/the_first_and_the_last_of_three_may_be_the_two
package accounts

import (
	"bytes"
	"encoding/json"
)

func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, malformed("The body must be a JSON object.")
	}
	var list []member
	for d.More() {
		m, err := nextMember(d)
		if err != nil || len(list) > 0 && list[len(list)-1].name == m.name {
			return nil, malformed("The body names a member twice.")
		}
		list = append(list, m)
	}
	return list, nil
}
