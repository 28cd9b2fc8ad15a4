package io.aiaudit.scan;

import io.aiaudit.model.Gap;
import io.aiaudit.store.ReadFile;
import io.aiaudit.store.Reject;
import io.aiaudit.store.StoredScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that could not be read, as gaps: they are in no total, so the report is not complete. */
public final class Rejections {
    /** The source of such a gap. */
    public static final String SOURCE = "rejected";

    private static final String FIX = "Correct the row, or accept it with --allow-gaps.";

    private Rejections() {}

    static List<Gap> gaps(StoredScan scan) {
        Map<String, ReadFile> files = new LinkedHashMap<>();
        scan.files().forEach(file -> files.put(file.file(), file));
        Map<String, Long> named = new LinkedHashMap<>();
        List<Gap> gaps = new ArrayList<>();
        for (Reject reject : scan.rejects()) {
            named.merge(reject.file(), 1L, Long::sum);
            gaps.add(new Gap(SOURCE, place(reject), reject.problem() + ". " + share(files.get(reject.file())), FIX));
        }
        named.forEach((file, count) -> unnamed(files.get(file), count, gaps));
        return gaps;
    }

    private static String place(Reject reject) {
        boolean other = reject.line() != null && reject.line() != reject.record();
        return reject.file() + " record " + reject.record() + (other ? " (line " + reject.line() + ")" : "");
    }

    private static String share(ReadFile file) {
        long all = file.rows() + file.rejectedRows();
        return String.format(
                java.util.Locale.ROOT,
                "%,d of %,d rows %s not in the totals.",
                file.rejectedRows(),
                all,
                file.rejectedRows() == 1 ? "is" : "are");
    }

    /** Of many rejected rows of one file the store names the first only. */
    private static void unnamed(ReadFile file, long named, List<Gap> gaps) {
        if (file.rejectedRows() > named) {
            gaps.add(new Gap(
                    SOURCE,
                    file.file(),
                    String.format(
                            java.util.Locale.ROOT, "%,d more rows could not be read.", file.rejectedRows() - named),
                    "Correct the named rows first, then scan again."));
        }
    }
}
