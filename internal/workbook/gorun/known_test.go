package gorun

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRowsMissing(t *testing.T) {
	table, err := mark.ParsePattern("TestTable")
	require.NoError(t, err)
	exercises := []mark.Exercise{{}, {Table: true, Tests: table}}
	rows := []struct {
		name       string
		there, own []Row
		want       []string
	}{
		{"all are there", []Row{{Name: "TestPlain/a"}}, []Row{{Name: "TestPlain/a"}}, nil},
		{"one of two", []Row{{Name: "TestPlain/a"}}, []Row{{Name: "TestPlain/b"}, {Name: "TestPlain/a"}},
			[]string{"TestPlain/b"}},
		{"a test that belongs to no exercise", nil, []Row{{Name: "TestOther"}}, []string{"TestOther"}},
		{"rows of a learner's table are their own", nil, []Row{{Name: "TestTable/reference/log_in"}}, nil},
		{"impostors of it are not", []Row{{Name: "TestTable/unmasks/a"}},
			[]Row{{Name: "TestTable/unmasks/a"}, {Name: "TestTable/unmasks/b"}}, []string{"TestTable/unmasks/b"}},
		{"a test that failed before its rows is red anyway", []Row{{Name: "TestPlain", Failed: 1}},
			[]Row{{Name: "TestPlain/a"}}, nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, rowsMissing(exercises, row.there, row.own)) })
	}
}
