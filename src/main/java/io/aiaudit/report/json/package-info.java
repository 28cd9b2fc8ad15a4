/** An audit as JSON and back, and its schema. */
package io.aiaudit.report.json;
