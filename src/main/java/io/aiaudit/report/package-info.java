/** Renders a finished audit, one class a format. Sees {@link io.aiaudit.model.Audit} and nothing else. */
package io.aiaudit.report;
