package io.aiaudit.report.text;

import io.aiaudit.model.Audit;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know before the first figure. */
public final class Banners {
    public static final String DEMO = "DEMO: a fictional company. None of these figures is real.";
    public static final String PARTIAL =
            "PARTIAL: part of this audit failed. Figures are incomplete; see what was not assessed and not read.";

    private Banners() {}

    public static List<String> of(Audit audit) {
        List<String> banners = new ArrayList<>();
        if (audit.demo()) {
            banners.add(DEMO);
        }
        if (audit.partial()) {
            banners.add(PARTIAL);
        }
        if (audit.filter() != null) {
            banners.add("FILTERED by " + VisibleText.of(audit.filter()) + ": savings are of "
                    + CountedNoun.of(audit.findings().size(), "finding") + " shown; spend is of the whole scan.");
        }
        return banners;
    }
}
