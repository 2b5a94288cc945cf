// Wrong: the members go through a map, which has no order and one value for
// each name.
//
// Hint: A map keeps the last of two equal names and forgets which member came
// first. The decoder that a map is filled from can also show you one piece of
// the text after the other. Which of its methods does that?
//
// Fails:
//   - TestMembers/a_name_that_comes_twice,_once_escaped,_is_refused
//   - TestMembers/a_name_that_comes_twice_is_refused
//   - TestMembers/null_is_no_object
//   - TestMembers/the_answer_repeats_nothing_of_the_body
//   - TestMembers/the_first_and_the_last_of_three_may_be_the_two
//   - TestMembers_keepTheirOrder/of_ten_members
package accounts

import "encoding/json"

func members(text []byte) ([]member, error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, malformed("The body must be a JSON object.")
	}
	var list []member
	for name, value := range m {
		list = append(list, member{name, value})
	}
	return list, nil
}
