// Package b checks the times by itself, with the library's validator.
package b

import "github.com/golang-jwt/jwt/v5"

func parse(token string, key jwt.Keyfunc) error {
	var c jwt.RegisteredClaims
	if _, err := jwt.ParseWithClaims(token, &c, key, jwt.WithValidMethods([]string{"HS256"}), jwt.WithoutClaimsValidation()); err != nil {
		return err
	}
	return jwt.NewValidator(jwt.WithExpirationRequired()).Validate(c)
}

// That there is a validator somewhere is no help here.
func forgets(token string, key jwt.Keyfunc) error {
	_, err := jwt.Parse(token, key, jwt.WithValidMethods([]string{"HS256"})) // want `lives for ever`
	return err
}
