package a

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestOracle(t *testing.T) {
	if _, err := jwt.Parse("", key); err == nil {
		t.Error("a test may parse what nobody should")
	}
}
