package io.aiaudit.report.format;

import io.aiaudit.model.Brand;
import io.aiaudit.report.section.View;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a consultant puts on the page, as its templates see it. */
public final class BrandView {
    /** Grounds of the page, light and dark, as in report.css. */
    private static final int LIGHT = 0xfbfbfa;

    private static final int DARK = 0x1a1e22;

    private BrandView() {}

    public static Map<String, Object> of(Brand brand) {
        Map<String, Object> texts = new LinkedHashMap<>();
        for (Brand.Part part : Brand.Part.values()) {
            texts.put(part.key(), View.paragraphs(brand.text(part)));
        }
        return View.of(
                "any", brand.hasHead(),
                "client", brand.client(),
                "author", brand.author(),
                "confidentiality", brand.confidentiality(),
                "logo", brand.logo() == null ? null : View.markup(brand.logo().dataUri()),
                "texts", texts);
    }

    /** Rules that are added to those of the page; empty without a colour of its own. */
    public static String style(Brand brand) {
        if (brand.accent() == null) {
            return "";
        }
        String light = colours(brand.accent().readableOn(LIGHT).css());
        String dark = colours(brand.accent().readableOn(DARK).css());
        return "\n:root { " + light
                + " }\n@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) { "
                + dark + " } }\n@media screen { :root[data-theme=\"dark\"] { " + dark + " } }\n"
                + ".top { border-top: 4px solid var(--link); }\n";
    }

    private static String colours(String colour) {
        return "--link: " + colour + "; --focus: " + colour + ";";
    }
}
