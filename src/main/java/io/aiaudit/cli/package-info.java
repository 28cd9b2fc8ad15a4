/**
 * The command line: turns arguments into a configuration, and an audit into files, messages and an exit code. The only
 * package that prints.
 */
package io.aiaudit.cli;
