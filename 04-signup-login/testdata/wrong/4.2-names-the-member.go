// Wrong: the answer repeats the name that came twice.
//
// Hint: Clients log what they are answered. Whoever types a password into the
// wrong place would find it there. What may a message repeat of a body?
//
// Fails:
//   - TestMembers/the_answer_repeats_nothing_of_the_body
package accounts

import (
	"bytes"
	"encoding/json"
	"fmt"
)

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
			return nil, malformed(fmt.Sprintf("The body names %q twice.", m.name))
		}
		seen[m.name] = true
		list = append(list, m)
	}
	return list, nil
}
