package accounts

import "slices"

// Roles returns the names as a [User] keeps them: sorted, each once. A name
// that is no role is a [RuleError], and so is the empty set: a user without a
// role could log in and then do nothing. To stop a user, disable the account.
func Roles(names ...string) ([]string, error) {
	if len(names) == 0 {
		return nil, &RuleError{codeTooShort, "Name at least one role."}
	}
	for _, name := range names {
		if err := checkRole(name); err != nil {
			return nil, err
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(names))), nil
}

func checkRole(name string) error {
	if name != RoleUser && name != RoleAdmin {
		return &RuleError{codeUnknownRole, "The roles are USER and ADMIN."}
	}
	return nil
}
