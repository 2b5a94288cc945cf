package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	accounts "example.com/authbook/04-signup-login"
)

// stage puts the users of the copy, which must be checked, into a new database
// at path. Rows that no release could have stored go to leaveOut; nil refuses
// them.
func (c copyFile) stage(ctx context.Context, path string, leaveOut func(error)) error {
	from, err := openOwn(ctx, c.path, schema()) // which brings the schema of an older release up to date
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := openOwn(ctx, path, schema())
	if err != nil {
		return err
	}
	added, err := NewUsers(to).addAll(ctx, NewUsers(from).copied(ctx), leaveOut)
	if err := errors.Join(err, to.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	if added == 0 && leaveOut != nil {
		return fmt.Errorf("%s: no user in it can be restored", c.name)
	}
	return nil
}

// maxText is in bytes, and more than any column of users takes.
const maxText = 4096

// copied yields the users of a copy in the order of their ids.
func (s *Users) copied(ctx context.Context) iter.Seq2[accounts.User, error] {
	return func(yield func(accounts.User, error) bool) {
		rows, err := s.db.read.QueryContext(ctx, boundedUsers())
		if err != nil {
			yield(accounts.User{}, err)
			return
		}
		defer rows.Close()
		for n := 1; rows.Next(); n++ {
			u, err := scanCopied(rows)
			if err != nil {
				err = fmt.Errorf("row %d: %w", n, err)
			}
			if !yield(u, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(accounts.User{}, err)
		}
	}
}

// boundedUsers is a query for all users. SQLite lets a column hold a value of
// any type and size; one that is too long comes out as NULL.
func boundedUsers() string {
	var columns []string
	for name := range strings.SplitSeq(userColumns, ", ") {
		columns = append(columns, fmt.Sprintf("CASE WHEN octet_length(%[1]s) <= %[2]d THEN %[1]s END", name, maxText))
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM users"
}

// scanCopied returns a user as [CheckUser] does. Its errors are of type BadUser,
// but for those of the database.
func scanCopied(row scanner) (accounts.User, error) {
	var value [9]any
	var into [9]any
	for i := range value {
		into[i] = &value[i]
	}
	if err := row.Scan(into[:]...); err != nil {
		return accounts.User{}, err
	}
	ok := true
	u := accounts.User{
		ID: column[string](value[0], &ok), Username: column[string](value[1], &ok), Nickname: column[string](value[3], &ok),
		PasswordHash: column[string](value[4], &ok), PasswordVersion: column[int64](value[5], &ok),
		Roles: strings.Fields(column[string](value[6], &ok)), Disabled: column[int64](value[7], &ok) != 0,
		Created: at(column[int64](value[8], &ok)),
	}
	if !ok {
		return accounts.User{}, &BadUser{u.Username, errors.New("a column is too long, or of another type than the schema's")}
	}
	return CheckUser(u)
}

// column returns a value of the type that the schema gives it.
func column[T any](value any, ok *bool) T {
	v, is := value.(T)
	*ok = *ok && is
	return v
}
