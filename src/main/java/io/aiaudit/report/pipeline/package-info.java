/** What programs read: JSON, SARIF, JUnit XML and annotations of a pipeline. */
package io.aiaudit.report.pipeline;
