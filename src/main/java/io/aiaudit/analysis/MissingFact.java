package io.aiaudit.analysis;

import java.util.regex.Pattern;

/** What to do about the reason of a rule that could not judge a resource and lacks no metric. */
final class MissingFact {
    private static final Pattern PRICE = Pattern.compile("\\bno\\b[^,;]* price\\b");
    private static final Pattern CHARGES = Pattern.compile("^the bill (has no|does not show)|^no charges\\b");
    private static final Pattern VALUE =
            Pattern.compile("\\b(unknown|not known|not measured|not counted|has no hourly|add [a-z_]+|set [a-z_]+)\\b");

    private static final Pattern HOURS = Pattern.compile("\\bnot (measured|counted) in every hour\\b");

    private MissingFact() {}

    /** A sentence; a reason that is a fact lacks nothing that could be added. */
    static String fix(String reason) {
        if (PRICE.matcher(reason).find()) {
            return "Add the price to a price list (--prices), then scan again.";
        }
        if (CHARGES.matcher(reason).find()) {
            return "Use a bill that has these charges, then scan again.";
        }
        if (HOURS.matcher(reason).find()) {
            return "Add the missing hours of this metric, then scan again.";
        }
        return VALUE.matcher(reason).find()
                ? "Add the missing value to the inventory file or as a tag, then scan again."
                : "Check it by hand: more data would not change this.";
    }
}
