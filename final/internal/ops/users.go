package ops

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// userChange is what a command does to one user. It returns the sentence for the
// operator.
type userChange func(ctx context.Context, users *store.Users, u accounts.User) (said string, err error)

// onUser makes a command of it. A name that no user has changes nothing,
// and leaves no record.
func onUser(f userChange) func(ctx context.Context, d desk, name string) error {
	return func(ctx context.Context, d desk, name string) error {
		db, err := config.OpenExisting(ctx, config.DatabaseURL(d.getenv))
		if err != nil {
			return err
		}
		defer db.Close()
		d, err = d.withTrail(db.Path())
		if err != nil {
			return err
		}
		users := store.NewUsers(db)
		u, err := userNamed(ctx, users, name)
		if err != nil {
			return err
		}
		said, err := f(ctx, users, u)
		if err != nil {
			d.audit(ctx, u.ID, false)
			return explain(err, visible(u.Username))
		}
		fmt.Fprintln(d.stdout, said)
		d.audit(ctx, u.ID, true)
		return nil
	}
}

func userNamed(ctx context.Context, users *store.Users, name string) (accounts.User, error) {
	_, key, err := accounts.NormalizeUsername(name)
	if err != nil {
		return accounts.User{}, fmt.Errorf("%q cannot be a username", name)
	}
	u, err := users.ByKey(ctx, key)
	if errors.Is(err, accounts.ErrNoUser) {
		return accounts.User{}, fmt.Errorf("no user is named %q; final admin list shows all", name)
	}
	return u, err
}

// explain says what an error of the store means to an operator.
func explain(err error, username string) error {
	switch {
	case errors.Is(err, accounts.ErrLastAdmin):
		return fmt.Errorf("%s is the last administrator; grant the role to somebody else first", username)
	case errors.Is(err, accounts.ErrNoUser), errors.Is(err, accounts.ErrPasswordChanged):
		return fmt.Errorf("%s changed meanwhile; try again", username)
	case errors.Is(err, errSample):
		return fmt.Errorf("%s has the sample password of the course, which an administrator must not have; "+
			"let them change it first, or run final admin reset-password", username)
	}
	return err
}

// errSample says that a user has the one common password that may be chosen.
var errSample = errors.New("the password is the sample of the course")

func grant(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	if slices.Contains(u.Roles, accounts.RoleAdmin) {
		return setRoles(ctx, users, u, u.Roles)
	}
	isSample, err := accounts.ProductionCost().Verify(u.PasswordHash, accounts.SamplePassword)
	if isSample {
		err = errSample
	}
	if err != nil {
		return "", err
	}
	return setRoles(ctx, users, u, append(slices.Clone(u.Roles), accounts.RoleAdmin))
}

func revoke(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	roles := slices.DeleteFunc(slices.Clone(u.Roles), func(role string) bool { return role == accounts.RoleAdmin })
	if len(roles) == 0 {
		roles = []string{accounts.RoleUser}
	}
	return setRoles(ctx, users, u, roles)
}

func setRoles(ctx context.Context, users *store.Users, u accounts.User, roles []string) (string, error) {
	slices.Sort(roles)
	after, err := users.SetRoles(ctx, u.UsernameKey, roles)
	return fmt.Sprintf("%s has the roles %s", visible(after.Username), visible(strings.Join(after.Roles, ", "))), err
}

func disable(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	err := users.SetDisabled(ctx, u.UsernameKey, true)
	return visible(u.Username) + " is disabled and logged out everywhere", err
}

func enable(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	err := users.SetDisabled(ctx, u.UsernameKey, false)
	return visible(u.Username) + " is enabled and can log in", err
}

func deleteUser(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	err := users.DeleteByKey(ctx, u.UsernameKey)
	return visible(u.Username) + " is deleted", err
}

// resetPassword makes the password itself: one that is typed would stay in the
// shell's history.
func resetPassword(ctx context.Context, users *store.Users, u accounts.User) (string, error) {
	password := rand.Text()
	hash, err := accounts.HashPassword(accounts.ProductionCost(), password)
	if err != nil {
		return "", err
	}
	err = users.ChangePassword(ctx, u.ID, u.PasswordVersion, hash, accounts.Kept{})
	return visible(u.Username) + " is logged out everywhere; the new password is " + password, err
}
