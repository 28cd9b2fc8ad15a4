/**
 * A company that does not exist, made up by tables and a formula, so that everybody can look around: the same bytes
 * every time.
 */
package io.aiaudit.collect.demo;
