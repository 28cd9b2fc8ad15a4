/** The HTML report. */
package io.aiaudit.report.html;
