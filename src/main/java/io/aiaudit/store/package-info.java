/**
 * The normalized model in an embedded DuckDB file: reading bills and files into it, and the locked view of it that
 * rules and reports query. The only package that imports java.sql.
 */
package io.aiaudit.store;
