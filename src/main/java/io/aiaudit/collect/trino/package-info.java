/**
 * Reads tables of a lake through Trino. They are added up in the engine, and only what is left comes here. Nothing is
 * written there.
 */
package io.aiaudit.collect.trino;
