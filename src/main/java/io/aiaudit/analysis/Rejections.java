package io.aiaudit.analysis;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.store.ReadFile;
import io.aiaudit.store.Reject;
import io.aiaudit.store.StoredScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The rows that could not be read, as gaps: totals exclude them, so the report is not complete. Rows with the same
 * fault are one gap, which names each of them.
 */
public final class Rejections {
    /** The source of such a gap. */
    public static final String SOURCE = "rejected";

    private static final int NAMED_RESOURCES = 3;

    private Rejections() {}

    /** Rows of one file with the same fault: in the same column, or broken in the same way. */
    private record Fault(String file, String column, String problem) {
        static Fault of(Reject reject) {
            return new Fault(reject.file(), reject.column(), reject.column() == null ? reject.problem() : null);
        }
    }

    static List<Gap> gaps(StoredScan scan) {
        return gaps(scan.files(), scan.rejects());
    }

    /** Of many rejected rows of one file {@code rejects} has the first only. */
    static List<Gap> gaps(List<ReadFile> files, List<Reject> rejects) {
        Map<String, ReadFile> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.file(), file));
        Map<Fault, List<Reject>> byFault = new LinkedHashMap<>();
        Map<String, Long> named = new LinkedHashMap<>();
        for (Reject reject : rejects) {
            byFault.computeIfAbsent(Fault.of(reject), fault -> new ArrayList<>())
                    .add(reject);
            named.merge(reject.file(), 1L, Long::sum);
        }
        List<Gap> gaps = new ArrayList<>();
        byFault.forEach((fault, rows) -> gaps.add(gap(rows, byName.get(fault.file()))));
        named.forEach((file, count) -> unnamed(byName.get(file), count, gaps));
        return gaps;
    }

    private static Gap gap(List<Reject> rows, ReadFile file) {
        Reject first = rows.get(0);
        return new Gap(
                SOURCE,
                where(first),
                first.problem() + ". " + others(rows.subList(1, rows.size())) + resources(rows, file) + share(file),
                (first.hasDecimalComma()
                                ? Reject.EXPORT_WITH_POINT + " Or accept "
                                : "Correct the " + (rows.size() == 1 ? "row" : "rows") + ", or accept ")
                        + (rows.size() == 1 ? "it" : "them") + " with --allow-gaps.");
    }

    private static String where(Reject reject) {
        boolean other = reject.line() != null && reject.line() != reject.record();
        return reject.file() + " record " + reject.record() + (other ? " (line " + reject.line() + ")" : "");
    }

    private static String others(List<Reject> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        List<String> records =
                rows.stream().map(row -> Long.toString(row.record())).toList();
        int last = records.size() - 1;
        String column = rows.get(0).column();
        if (last == 0) {
            return "Record " + records.get(0)
                    + (column == null ? " is the same. " : " has a bad " + column + ", too. ");
        }
        return "Records " + String.join(", ", records.subList(0, last)) + " and " + records.get(last)
                + (column == null ? " are the same. " : " have a bad " + column + ", too. ");
    }

    /** Whose rows they are, as far as they name a resource; what a lost row measured may have been work. */
    private static String resources(List<Reject> rows, ReadFile file) {
        List<String> ids = rows.stream()
                .map(Reject::resourceId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return "";
        }
        String named = String.join(", ", ids.subList(0, Math.min(NAMED_RESOURCES, ids.size())));
        String more = ids.size() > NAMED_RESOURCES ? " and " + (ids.size() - NAMED_RESOURCES) + " more" : "";
        String hours = rows.size() == 1 ? ", whose hour is not measured" : ", whose hours are not measured";
        return (rows.size() == 1 ? "It is of " : "They are of ")
                + named
                + more
                + (file.content() == FileSet.Content.USAGE ? hours : "")
                + ". ";
    }

    private static String share(ReadFile file) {
        long all = file.rows() + file.rejectedRows();
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows %s not in the totals.",
                file.rejectedRows(),
                all,
                file.rejectedRows() == 1 ? "is" : "are");
    }

    private static void unnamed(ReadFile file, long named, List<Gap> gaps) {
        if (file.rejectedRows() > named) {
            gaps.add(new Gap(
                    SOURCE,
                    file.file(),
                    String.format(Locale.ROOT, "%,d more rows could not be read.", file.rejectedRows() - named),
                    "Correct the named rows first, then scan again."));
        }
    }
}
