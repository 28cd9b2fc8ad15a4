-- The columns of the tables of a saved scan, with their types.
SELECT table_name, column_name, data_type
FROM duckdb_columns() JOIN duckdb_tables() USING (database_oid, schema_oid, table_oid, table_name)
WHERE NOT duckdb_columns.internal AND NOT duckdb_tables.temporary
ORDER BY table_name, column_index
