/** What a format of a report is, and the templates that it may use. */
package io.aiaudit.report.format;
