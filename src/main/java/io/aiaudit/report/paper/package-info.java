/** Lays text, tables and drawings out on pages of A4 and writes them as a tagged PDF. Knows nothing of audits. */
package io.aiaudit.report.paper;
