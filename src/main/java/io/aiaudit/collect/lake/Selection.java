package io.aiaudit.collect.lake;

import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which rows of a table are added up. */
public sealed interface Selection {
    /** The file that a row comes from, where the rows of each file are counted too. */
    Optional<String> part();

    /** What follows WHERE. */
    String condition(DailyBill bill);

    /** The rows of these files, by their addresses; a file that the table lacks is missing in the counts. */
    record Files(Collection<String> files) implements Selection {
        public Files {
            files = List.copyOf(files);
        }

        @Override
        public Optional<String> part() {
            return Optional.of("\"$path\"");
        }

        @Override
        public String condition(DailyBill bill) {
            return part().orElseThrow() + " IN (" + Literals.of(files) + ")";
        }
    }

    /**
     * The charges of a window. No charge that an engine has to look at lasts longer than a month, so the beginning of a
     * charge has a lower bound as well: that is what partitions and the statistics of files are skipped by.
     */
    record Charges(Window window) implements Selection {
        private static final int LONGEST_DAYS = 31;

        /**
         * The column that the exports of AWS are partitioned by, such as {@code 2026-06}; other forms are not skipped.
         */
        private static final String BILLING_PERIOD = "billing_period";

        @Override
        public Optional<String> part() {
            return Optional.empty();
        }

        @Override
        public String condition(DailyBill bill) {
            LocalDate start = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
            LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC);
            TimeColumn from = bill.time(bill.columns().from());
            TimeColumn to = bill.time(bill.columns().to());
            String period = from.since(start.minusDays(LONGEST_DAYS)) + "\n  AND " + from.before(end) + "\n  AND "
                    + to.after(start);
            return bill.type(BILLING_PERIOD)
                    .filter(type -> !type.isDate() && !type.isTimestamp() && !type.isNumber())
                    .map(type -> period + "\n  AND (\"" + BILLING_PERIOD + "\" >= '"
                            + start.minusDays(2L * LONGEST_DAYS).toString().substring(0, 7) + "' OR \""
                            + BILLING_PERIOD + "\" NOT LIKE '____-__%')")
                    .orElse(period);
        }
    }
}
