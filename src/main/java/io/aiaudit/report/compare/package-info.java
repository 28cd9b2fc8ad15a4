/** Two audits beside each other, and a row of audits over months. */
package io.aiaudit.report.compare;
