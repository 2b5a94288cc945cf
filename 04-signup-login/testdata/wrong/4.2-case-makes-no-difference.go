// Wrong: names that differ by case are taken for one name.
//
// Hint: In JSON a and A are two names. The step after this one matches names
// exactly. What does yours do to a name before it looks it up?
//
// Fails:
//   - TestMembers/names_are_case-sensitive,_so_these_are_two
package accounts

import (
	"bytes"
	"encoding/json"
	"strings"
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
		key := strings.ToLower(m.name)
		if err != nil || seen[key] {
			return nil, malformed("The body names a member twice.")
		}
		seen[key] = true
		list = append(list, m)
	}
	return list, nil
}
