/** Reports as Markdown: for people, for a pull request, for one owner. */
package io.aiaudit.report.markdown;
