/** Tables: CSV, workbooks, FOCUS recommendations and the questionnaire. */
package io.aiaudit.report.table;
