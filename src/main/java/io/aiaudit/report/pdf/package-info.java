/** The PDF report, chapter by chapter; {@link io.aiaudit.report.paper} lays it out. */
package io.aiaudit.report.pdf;
