/** What each part of a report says, once for all formats: findings, decisions, coverage, spend, trade-offs. */
package io.aiaudit.report.section;
