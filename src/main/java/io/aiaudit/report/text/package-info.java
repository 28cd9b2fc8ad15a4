/** Words, numbers and times as people read them, the same in each format. */
package io.aiaudit.report.text;
