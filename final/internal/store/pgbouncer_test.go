package store

import (
	"slices"
	"strconv"
	"testing"

	"example.com/authbook/final/internal/testdb"
)

// The store works behind a PgBouncer that hands out a connection for each
// transaction, and so keeps nothing of a connection between two of them.
func TestConformance_behindPgBouncer(t *testing.T) {
	c := testdb.NewCluster(t)
	databaseURL := c.PgBouncer()
	for i, b := range slices.Concat(sessionBehaviours(), raceBehaviours()) {
		t.Run(b.name, func(t *testing.T) {
			database := "behaviour" + strconv.Itoa(i)
			c.Execute("CREATE DATABASE " + database)
			u := databaseURL(database)
			b.check(t, openStore(t, u), openStore(t, u))
		})
	}
}
