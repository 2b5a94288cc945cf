// Wrong: a name that comes twice is taken, with the value that came last.
//
// Hint: A proxy may read the first of the two values and your handler the
// last. Which error tells the client that its request has two meanings?
//
// Fails:
//   - TestMembers/a_name_that_comes_twice,_once_escaped,_is_refused
//   - TestMembers/a_name_that_comes_twice_is_refused
//   - TestMembers/the_answer_repeats_nothing_of_the_body
//   - TestMembers/the_first_and_the_last_of_three_may_be_the_two
package accounts

import (
	"bytes"
	"encoding/json"
	"slices"
)

func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, malformed("The body must be a JSON object.")
	}
	var list []member
	for d.More() {
		m, err := nextMember(d)
		if err != nil {
			return nil, malformed("The body can't be read.")
		}
		list = slices.DeleteFunc(list, func(old member) bool { return old.name == m.name })
		list = append(list, m)
	}
	return list, nil
}
