package io.aiaudit.scan;

import io.aiaudit.collect.files.FilesCollector;
import io.aiaudit.config.Config;
import io.aiaudit.config.Source;
import io.aiaudit.disk.RunFolder;
import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Measured;
import io.aiaudit.store.ReadFile;
import io.aiaudit.store.Recognition;
import io.aiaudit.store.Reject;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.store.StoredScan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads files as a scan would, keeps nothing, and reports what became of each. */
final class TrialRead {
    private final Config config;
    private final String toolVersion;
    private final Progress progress;

    TrialRead(Config config, String toolVersion, Progress progress) {
        this.config = config;
        this.toolVersion = toolVersion;
        this.progress = progress;
    }

    /**
     * What is wrong with all files together, such as a missing exchange rate, does not keep the others from being
     * looked at: without the bill, then with days of our own.
     */
    Result read(List<FileSet> files) throws InterruptedException {
        try {
            return read(files, config.window(), progress);
        } catch (UserError e) {
            Gap gap = new Gap(Source.FILES.key(), "", e.problem(), e.fix());
            List<FileSet> others = files.stream()
                    .filter(file -> file.content() != FileSet.Content.BILLING)
                    .toList();
            for (Window window : Arrays.asList(config.window(), lastDays())) {
                try {
                    if (others.isEmpty()) {
                        return Result.failed(List.of(gap));
                    }
                    List<String> notes = new ArrayList<>();
                    if (files.size() > others.size()) {
                        notes.add("The rules were checked without the bill.");
                    }
                    if (!Objects.equals(window, config.window())) {
                        notes.add("The files give no window. The last " + Scan.LONGEST_DEFAULT_DAYS
                                + " days were checked: metrics of other days count as missing.");
                    }
                    return read(others, window, Progress.NONE).beside(gap, notes);
                } catch (UserError again) {
                    // The next window, or nothing.
                }
            }
            return Result.failed(List.of(gap));
        }
    }

    private static Window lastDays() {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        return new Window(today.minus(Scan.LONGEST_DEFAULT_DAYS, ChronoUnit.DAYS), today);
    }

    private Result read(List<FileSet> files, Window window, Progress followed) throws InterruptedException {
        Scan scan = new Scan(toolVersion, followed);
        try (RunFolder scratch = RunFolder.temporary(config.machine().spillFolder())) {
            StoreLimits limits = Scan.limits(config, scratch);
            Path file = scratch.path().resolve("store.aiaudit");
            scan.read(
                    config, List.of(new FilesCollector(files)), ScanJournal.NONE, window, Instant.now(), file, limits);
            try (LockedStore store = LockedStore.open(file, limits)) {
                return Result.of(
                        new StoredScan(store),
                        scan.evaluate(store, config),
                        config.inputs().absentIsZero());
            }
        } catch (NothingRead e) {
            return Result.failed(e.gaps());
        } catch (StoreException e) {
            throw ScanFailed.of(e, config);
        }
    }

    /**
     * What the reading came to.
     *
     * @param files by name, those that landed
     * @param readableRows of these files, including the rows that another file had before
     * @param periods of bills, by file
     * @param rejects the first row of each file that could not be read
     * @param gaps what did not land; where it is about a file, the problem begins with its name
     */
    record Result(
            Map<String, ReadFile> files,
            Map<String, Long> readableRows,
            Map<String, Window> periods,
            Map<String, Reject> rejects,
            List<Provided> provided,
            List<Audit.RuleReport> rules,
            List<String> notes,
            List<Gap> gaps) {
        private static Result of(StoredScan stored, Audit audit, Set<String> absentIsZero) {
            List<String> notes = new ArrayList<>();
            notes.add("The window of a scan: " + audit.window() + ".");
            notes.addAll(audit.warnings());
            List<Measured> measured = stored.measured();
            LeftOutZeros.note(
                            audit.rules(),
                            measured.stream().map(Measured::metric).toList(),
                            absentIsZero)
                    .ifPresent(notes::add);
            return new Result(
                    stored.files().stream().collect(Collectors.toMap(ReadFile::file, file -> file, (a, b) -> a)),
                    stored.readableRows(),
                    stored.filePeriods(),
                    stored.rejects().stream()
                            .collect(Collectors.toMap(Reject::file, reject -> reject, (first, next) -> first)),
                    provided(measured),
                    audit.rules(),
                    notes,
                    stored.gaps());
        }

        private static Result failed(List<Gap> gaps) {
            return new Result(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), gaps);
        }

        /** What was read without that which is wrong. */
        private Result beside(Gap gap, List<String> otherNotes) {
            List<Gap> all = new ArrayList<>(gaps);
            all.add(gap);
            return new Result(files, readableRows, periods, rejects, provided, rules, otherNotes, all);
        }

        private static List<Provided> provided(List<Measured> measured) {
            Map<List<String>, List<Measured>> kinds = new LinkedHashMap<>();
            measured.forEach(row -> kinds.computeIfAbsent(List.of(row.provider(), row.kind()), key -> new ArrayList<>())
                    .add(row));
            return kinds.entrySet().stream()
                    .map(kind -> new Provided(
                            kind.getKey().get(0),
                            kind.getKey().get(1),
                            kind.getValue().get(0).resources(),
                            kind.getValue().stream()
                                    .skip(1)
                                    .map(row -> new Metric(row.metric(), row.resources()))
                                    .toList()))
                    .toList();
        }

        /** A recognised file with what became of it. */
        Part part(Recognition file) {
            String name = file.file().toString();
            String what = file.content().key() + ": " + file.form();
            ReadFile read = files.get(name);
            for (Gap gap : gaps) {
                if (isAbout(gap, name)) {
                    return new Part(
                            name, State.UNREADABLE, what, Recognition.withoutName(name, gap.problem()), gap.fix());
                }
            }
            if (read == null) {
                // After a failure of all files together nothing is known about those that were left out then.
                boolean isCopy = files.values().stream().anyMatch(other -> other.content() == file.content());
                return isCopy ? Part.unused(name, what + ", a copy of another file") : Part.ready(name, what);
            }
            String rows = what + ", " + rows(read) + (periods.containsKey(name) ? ", " + periods.get(name) : "");
            if (read.rejectedRows() > 0) {
                Reject first = rejects.get(name);
                String fix =
                        first.hasDecimalComma() ? Reject.EXPORT_WITH_POINT : "Correct such rows, or export it again.";
                return new Part(name, State.PARTLY, rows, rejected(read, first), fix);
            }
            return read.rows() == 0 ? Part.unused(name, rows) : Part.ready(name, rows);
        }

        /** As many as the file has, which is what a reader compares, and how many of them do not count. */
        private String rows(ReadFile file) {
            long readable = readableRows.getOrDefault(file.file(), file.rows());
            String rows = String.format(Locale.ROOT, "%,d %s", readable, readable == 1 ? "row" : "rows");
            long again = readable - file.rows();
            if (again == 0) {
                return rows;
            }
            String which = again == readable ? "all of them" : String.format(Locale.ROOT, "%,d of them", again);
            return rows + ", " + which + " duplicated";
        }

        private static String rejected(ReadFile file, Reject first) {
            String rows = file.rejectedRows() == 1
                    ? "1 row could not be read"
                    : String.format(Locale.ROOT, "%,d rows could not be read; the first", file.rejectedRows());
            return rows + ", record " + first.record() + ": " + first.problem() + ".";
        }

        /** What failed and is about none of these files. */
        List<Part> furtherParts(Collection<String> names) {
            return gaps.stream()
                    .filter(gap -> names.stream().noneMatch(name -> isAbout(gap, name)))
                    .map(gap -> Part.missing("for all files together", gap.problem(), gap.fix()))
                    .toList();
        }

        private static boolean isAbout(Gap gap, String name) {
            return gap.problem().startsWith(name + ":") || gap.problem().startsWith(name + " ");
        }
    }
}
