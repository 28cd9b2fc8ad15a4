package io.aiaudit.report.pdf;

/** A part of the appendix, in the order of the report. */
enum AppendixPart {
    CARDS("finding cards"),
    RULES("rule coverage"),
    CHECKLIST("checklist"),
    PATTERNS("architecture patterns"),
    GLOSSARY("glossary"),
    DECISIONS("smaller decisions");

    private final String title;

    AppendixPart(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
