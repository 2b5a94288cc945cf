package greet

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestMain(m *testing.M) { exercise.Main(m) }
