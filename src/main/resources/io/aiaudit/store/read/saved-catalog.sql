-- Everything that somebody put into a file that is attached as foreign_scan, with its definition and, of a table, its
-- rows. What a file calls internal is its own word; types that are in every database are known by their names.
SELECT 'table' AS kind, table_name AS name, sql AS definition, estimated_size AS "rows"
FROM duckdb_tables() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'view', view_name, sql, NULL FROM duckdb_views() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'macro', function_name, NULL, NULL FROM duckdb_functions() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'index', index_name, sql, NULL FROM duckdb_indexes() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'sequence', sequence_name, sql, NULL FROM duckdb_sequences() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'type', type_name, NULL, NULL FROM duckdb_types()
WHERE database_name = 'foreign_scan' AND type_name NOT IN (SELECT type_name FROM duckdb_types()
  WHERE database_name = 'temp')
UNION ALL
SELECT 'trigger', trigger_name, sql, NULL FROM duckdb_triggers() WHERE database_name = 'foreign_scan'
UNION ALL
SELECT 'schema', schema_name, NULL, NULL FROM duckdb_schemas()
  WHERE database_name = 'foreign_scan' AND schema_name <> 'main'
ORDER BY ALL
