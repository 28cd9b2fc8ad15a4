package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.ExportKeys;
import io.aiaudit.model.ExportOrder;
import io.aiaudit.model.Window;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one run of an export left in a container: the files of some days.
 *
 * @param withoutRows the manifest shows that there are none
 * @param origin the manifest; where there is none, the folder or the file
 * @param to the first day that is not in it; the day when it ran is not whole
 * @param submitted when it ran, as a text that sorts by time
 */
record ExportRun(
        String origin,
        boolean hasManifest,
        LocalDate from,
        LocalDate to,
        String submitted,
        boolean withoutRows,
        List<Part> parts) {
    /**
     * Which of two runs with the same days to take: one that is known to be whole, of a month before one of other days,
     * the newer one. Runs of a month grow day by day and begin on its first; other days are a week, or a single run on
     * demand.
     */
    static Comparator<ExportRun> best(Map<String, Blobs.Facts> there) {
        Comparator<ExportRun> newest = ExportOrder.newest(ExportRun::submitted, ExportRun::origin);
        Comparator<ExportRun> monthsFirst = Comparator.comparing(
                        (ExportRun run) -> run.from().getDayOfMonth() == 1)
                .thenComparing(newest);
        return Comparator.comparing(ExportRun::hasManifest)
                .thenComparing(ExportOrder.best(run -> run.isWhole(there), monthsFirst))
                .reversed();
    }

    /** A file; {@code size} is null where it is unknown. */
    record Part(String name, Long size) {}

    ExportRun {
        parts = List.copyOf(parts);
    }

    /** Null where the manifest has no days. */
    static ExportRun of(String name, JsonNode manifest) {
        LocalDate from = day(manifest, "/runInfo/startDate");
        LocalDate last = day(manifest, "/runInfo/endDate");
        if (from == null) {
            return null;
        }
        LocalDate ran = day(manifest, "/runInfo/submittedTime");
        LocalDate end = last == null || last.isBefore(from)
                ? from.with(TemporalAdjusters.firstDayOfNextMonth())
                : last.plusDays(1);
        LocalDate to = until(end, ran);
        List<Part> parts = new ArrayList<>();
        for (String part : ExportKeys.of(manifest)) {
            parts.add(new Part(part, size(manifest, part)));
        }
        return new ExportRun(
                name,
                true,
                from,
                to,
                String.valueOf(Json.text(manifest, "/runInfo/submittedTime")),
                parts.isEmpty() || "0".equals(Json.text(manifest, "/dataRowCount")),
                parts);
    }

    /**
     * A run of a month names days that are not over yet: those from the day on when it ran are not. {@code ran} is null
     * where it is unknown.
     */
    static LocalDate until(LocalDate end, LocalDate ran) {
        return ran == null || end.isBefore(ran) ? end : ran;
    }

    private static LocalDate day(JsonNode manifest, String pointer) {
        String text = Json.text(manifest, pointer);
        try {
            return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
        } catch (DateTimeException e) {
            return null; // a text that is no day
        }
    }

    private static Long size(JsonNode manifest, String part) {
        for (JsonNode blob : manifest.path("blobs")) {
            if (part.equals(blob.path("blobName").asText())
                    && blob.path("byteCount").isNumber()) {
                return blob.path("byteCount").asLong();
            }
        }
        return null;
    }

    boolean touches(Window window) {
        return from.isBefore(to)
                && from.atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(window.end())
                && to.atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(window.start());
    }

    boolean overlaps(ExportRun other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    /** All of its files lie there, with the sizes in the manifest. */
    boolean isWhole(Map<String, Blobs.Facts> there) {
        return parts.stream()
                .allMatch(part -> there.containsKey(part.name())
                        && (part.size() == null
                                || part.size() == there.get(part.name()).size()));
    }
}
