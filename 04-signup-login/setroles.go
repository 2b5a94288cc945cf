package accounts

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"example.com/authbook/internal/problem"
)

type setRolesRequest struct {
	Roles []string `json:"roles" validate:"required,min=1,unique,dive,role"`
}

// SetRoles handles PATCH /admin/users/{username}/roles: 200 with the user, 404
// for an unknown name, 409 if no administrator would be left. The body replaces
// the set; an empty one and one that names a role twice are VALIDATION_FAILED.
func (s *Service) SetRoles(w http.ResponseWriter, r *http.Request) error {
	admin, err := s.admin(r)
	if err != nil {
		return err
	}
	var in setRolesRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	roles, err := Roles(in.Roles...)
	if err != nil {
		return err
	}
	user, err := s.storeRoles(r, roles)
	if err != nil {
		s.audit(r, "roles_change_failed", slog.String("by", admin.ID), slog.Any("roles", roles), codeOf(err))
		return err
	}
	s.audit(r, "roles_change", userID(user), slog.String("by", admin.ID), slog.Any("roles", user.Roles))
	return writeJSON(w, http.StatusOK, newUserView(user.Username, user.Nickname, user.Roles))
}

// storeRoles gives the roles to the user whom the path names.
func (s *Service) storeRoles(r *http.Request, roles []string) (User, error) {
	if err := s.checkPromotion(r, roles); err != nil {
		return User{}, err
	}
	user, err := s.config.Users.SetRoles(r.Context(), accountKey(r.PathValue("username")), roles)
	switch {
	case errors.Is(err, ErrNoUser):
		return User{}, problem.New(problem.NotFound, "There is no user with this name.")
	case err != nil:
		return User{}, toProblem(err)
	}
	return user, nil
}

// checkPromotion refuses to make an administrator of a user whose password is the
// sample. Whoever is one already stays one.
func (s *Service) checkPromotion(r *http.Request, roles []string) error {
	if s.config.Sample == "" || !slices.Contains(roles, RoleAdmin) {
		return nil
	}
	user, err := s.config.Users.ByKey(r.Context(), accountKey(r.PathValue("username")))
	if errors.Is(err, ErrNoUser) || err == nil && slices.Contains(user.Roles, RoleAdmin) {
		return nil // the store says so, or there is nothing to check
	}
	if err != nil {
		return toProblem(err)
	}
	release, err := s.guard.pool.Acquire(r.Context(), s.config.Address(r))
	if err != nil {
		return err
	}
	defer release()
	isSample, err := s.config.Hasher.Verify(user.PasswordHash, s.config.Sample)
	if isSample {
		return problem.Invalid(problem.Field{Field: "roles", Code: codeSamplePassword,
			Message: "This user has the sample password of the course. An administrator needs another one."})
	}
	return err
}
