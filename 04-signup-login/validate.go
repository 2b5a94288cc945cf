package accounts

import (
	"errors"
	"net/http"
	"reflect"
	"slices"

	"example.com/authbook/internal/problem"
	"github.com/go-playground/validator/v10"
)

// rules are the validation tags that this package adds.
type rules map[string]func(string) error

// newRules returns the rules, with what counts as a common password.
func newRules(common func(string) bool) rules {
	return rules{
		"username": func(s string) error { _, _, err := NormalizeUsername(s); return err },
		"nickname": func(s string) error { _, err := NormalizeNickname(s); return err },
		"password": func(s string) error { return checkNewPassword(s, common) },
		"role":     checkRole,
	}
}

// newValidator returns a validator that knows the rules and names fields as
// JSON does.
func newValidator(rules rules) *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("json") })
	v.RegisterStructValidation(checkNames, signUpRequest{})
	for tag, rule := range rules {
		keeps := func(field validator.FieldLevel) bool { return rule(field.Field().String()) == nil }
		if err := v.RegisterValidation(tag, keeps); err != nil {
			panic(err) // a tag above is not a word
		}
	}
	return v
}

// read decodes the request's body into the struct that dst points to and
// validates it. The error names all wrong fields at once.
func (s *Service) read(w http.ResponseWriter, r *http.Request, dst any) error {
	wrong, err := decode(w, r, dst)
	if err != nil {
		return err
	}
	for _, field := range s.violations(dst) {
		// A member of the wrong type left its field empty; it is not missing.
		if !slices.ContainsFunc(wrong, func(f problem.Field) bool { return f.Field == field.Field }) {
			wrong = append(wrong, field)
		}
	}
	if len(wrong) > 0 {
		return problem.Invalid(wrong[:min(len(wrong), maxWrongFields)]...)
	}
	return nil
}

// violations returns what the validate tags of the struct have to say.
func (s *Service) violations(dst any) []problem.Field {
	failed, _ := errors.AsType[validator.ValidationErrors](s.validator.Struct(dst))
	var fields []problem.Field
	for _, failure := range failed {
		code, message := s.rules.explain(failure)
		fields = append(fields, problem.Field{Field: failure.Field(), Code: code, Message: message})
	}
	return fields
}

// explain turns a failed tag into a code and a sentence to act on.
func (r rules) explain(failure validator.FieldError) (code, message string) {
	switch failure.Tag() {
	case "required":
		return codeRequired, "Send this member, and not empty."
	case "min":
		return codeTooShort, "Name at least one role."
	case "unique":
		return codeDuplicate, "Name each role once."
	case tagUnnamed:
		return codeLikeName, likeName
	}
	value, _ := failure.Value().(string)
	if broken, ok := errors.AsType[*RuleError](r[failure.Tag()](value)); ok {
		return broken.Code, broken.Message
	}
	return codeInvalidCharacters, "This value is not allowed."
}
