/**
 * Statements for an engine that adds up tables where they lie: one statement for Athena and Trino, whoever sends it.
 */
package io.aiaudit.collect.lake;
