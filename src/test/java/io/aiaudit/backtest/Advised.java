package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of another tool's advice in a real organisation (data/optscale_demo): machines that it called abandoned
 * after seven quiet days. The advice ends by itself when the machine is used again; where somebody followed it, or when
 * the export was made, how long it would have lasted is unknown.
 */
final class Advised {
    static final int QUIET_BEFORE_ADVICE = 7;
    private static final double SECONDS_PER_DAY = 86400;

    private Advised() {}

    /** How long the advice of one kind stood. */
    static Survival standing(String module) {
        List<Survival.Pause> pauses = new ArrayList<>();
        Table.read(Needs.data("optscale_demo/recommendations.csv.gz"), row -> {
            if (row.get("module").equals(module)) {
                double given = offset("detected_at_offset", row.get("detail"));
                boolean archived = row.get("status").equals("archived");
                double ended = archived ? offset("archived_at_offset", row.get("detail")) : 0;
                boolean usedAgain = row.get("reason").equals("recommendation_irrelevant");
                pauses.add(new Survival.Pause((given - ended) / SECONDS_PER_DAY, usedAgain));
            }
        });
        return new Survival(pauses);
    }

    /** Seconds before the export. */
    private static double offset(String key, String detail) {
        Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(detail);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + key + " in " + detail);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
