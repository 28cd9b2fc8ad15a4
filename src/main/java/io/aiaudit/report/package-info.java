/**
 * Renders a finished audit: {@link io.aiaudit.report.Reporters} knows the formats by name; what several of them say is
 * in {@code section}, and each format has a package of its own. Sees {@link io.aiaudit.model.Audit} and nothing else.
 */
package io.aiaudit.report;
