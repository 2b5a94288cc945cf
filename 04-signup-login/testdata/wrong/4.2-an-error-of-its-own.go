// Wrong: its errors have no code, so a wrong body answers 500.
//
// Hint: An error that is no problem becomes INTERNAL: the server takes the
// blame. Near the end of the file is a helper that makes the error that the
// client should see.
//
// Fails:
//   - TestMembers/a_name_that_comes_twice,_once_escaped,_is_refused
//   - TestMembers/a_name_that_comes_twice_is_refused
//   - TestMembers/a_string_is_no_object
//   - TestMembers/an_array_is_no_object
//   - TestMembers/null_is_no_object
//   - TestMembers/the_answer_repeats_nothing_of_the_body
//   - TestMembers/the_first_and_the_last_of_three_may_be_the_two
package accounts

import (
	"bytes"
	"encoding/json"
	"errors"
)

func members(text []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("accounts: no JSON object")
	}
	var list []member
	seen := map[string]bool{}
	for d.More() {
		m, err := nextMember(d)
		if err != nil || seen[m.name] {
			return nil, errors.New("accounts: a member comes twice")
		}
		seen[m.name] = true
		list = append(list, m)
	}
	return list, nil
}
