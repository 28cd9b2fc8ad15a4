/** What a scan, a comparison and a history print on a terminal. */
package io.aiaudit.report.terminal;
