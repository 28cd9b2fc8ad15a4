/** Charts of the HTML and PDF reports: JFreeChart drawn as SVG in the colours of the page. */
package io.aiaudit.report.chart;
