package io.aiaudit.report.text;

import io.pebbletemplates.pebble.extension.escaper.EscapeFilter;
import java.util.Map;

/** Texts within markup that no template makes, escaped as templates escape. */
public final class Markup {
    private static final EscapeFilter ESCAPE = new EscapeFilter();

    private Markup() {}

    /** Harmless as text and in a quoted attribute, in HTML, SVG and XML. */
    public static String escaped(String text) {
        return ESCAPE.apply(text, Map.of(), null, null, 0).toString();
    }
}
