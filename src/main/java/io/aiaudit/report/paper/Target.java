package io.aiaudit.report.paper;

import org.apache.pdfbox.pdmodel.PDPage;

/** Where a heading stands. */
record Target(PDPage page, int number, float top) {}
