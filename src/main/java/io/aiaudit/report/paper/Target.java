package io.aiaudit.report.paper;

import org.apache.pdfbox.pdmodel.PDPage;

/** The position of a heading. */
record Target(PDPage page, int number, float top) {}
