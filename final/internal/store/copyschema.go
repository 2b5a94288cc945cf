package store

import (
	"context"
	"database/sql"
)

// object is a row of a database's schema: a table, an index, a view or a
// trigger (https://sqlite.org/schematab.html).
type object struct{ kind, name, table, sql string }

// isStatistics reports whether an operator's ANALYZE left the object behind.
func isStatistics(o object) bool {
	return o == object{"table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"} ||
		o == object{"table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"}
}

// isFirstIndex reports whether the object is an index as the first builds with
// schema 1 made it. A database of theirs has it still.
func isFirstIndex(o object) bool {
	return o == object{"index", "users_admins", "users",
		"CREATE INDEX users_admins ON users (id) WHERE NOT disabled AND (' ' || roles || ' ') LIKE '% ADMIN %'"}
}

// isSchemaInfo reports whether the object is the table that every release makes.
func isSchemaInfo(o object) bool {
	return o == object{"table", "schema_info", "schema_info", "CREATE TABLE schema_info " + schemaInfoColumns}
}

// objectsOf reads a schema.
func objectsOf(ctx context.Context, db *sql.DB) ([]object, error) {
	return many(ctx, db, scanObject, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
}

func scanObject(row scanner) (o object, err error) {
	err = row.Scan(&o.kind, &o.name, &o.table, &o.sql)
	return o, err
}

// objectsAfter returns the schema that the migrations make, in a new file.
func objectsAfter(ctx context.Context, path string, steps []migration) ([]object, error) {
	db, err := openOwn(ctx, path, steps)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return objectsOf(ctx, db.read)
}
