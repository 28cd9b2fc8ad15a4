/** What follows from the costs, metrics and findings of a scan: coverage, units, tokens, checklist, the whole audit. */
package io.aiaudit.analysis;
