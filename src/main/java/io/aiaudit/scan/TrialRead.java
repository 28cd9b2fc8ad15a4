package io.aiaudit.scan;

import io.aiaudit.collect.files.FilesCollector;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads files as a scan would, keeps nothing, and tells what became of each. */
final class TrialRead {
    private final Config config;
    private final String toolVersion;
    private final Progress progress;

    TrialRead(Config config, String toolVersion, Progress progress) {
        this.config = config;
        this.toolVersion = toolVersion;
        this.progress = progress;
    }

    Result read(List<FileSet> files) throws InterruptedException {
        Scan scan = new Scan(toolVersion, progress);
        try (Scratch scratch = new Scratch()) {
            StoreLimits limits = Scan.limits(config, scratch);
            Path file = limits.spillFolder().resolve("store.aiaudit");
            scan.read(config, List.of(new FilesCollector(files)), config.window(), Instant.now(), file, limits);
            try (LockedStore store = LockedStore.open(file, limits)) {
                return Result.of(new StoredScan(store), scan.evaluate(store, config));
            }
        } catch (NothingRead e) {
            return Result.failed(e.gaps());
        } catch (UserError e) {
            return Result.failed(List.of(new Gap(Source.FILES.key(), "", e.problem(), e.fix())));
        } catch (StoreException e) {
            throw ScanFailed.of(e, config);
        }
    }

    /**
     * What the reading came to.
     *
     * @param files by name, those that landed
     * @param periods of bills, by file
     * @param rejects the first row of each file that could not be read
     * @param gaps what did not land; where it is about a file, the problem begins with its name
     */
    record Result(
            Map<String, ReadFile> files,
            Map<String, Window> periods,
            Map<String, Reject> rejects,
            List<Provided> provided,
            List<Audit.RuleReport> rules,
            List<String> notes,
            List<Gap> gaps) {
        private static Result of(StoredScan stored, Audit audit) {
            List<String> notes = new ArrayList<>();
            notes.add("The window of a scan: " + audit.window() + ".");
            notes.addAll(audit.warnings());
            return new Result(
                    stored.files().stream().collect(Collectors.toMap(ReadFile::file, file -> file, (a, b) -> a)),
                    stored.filePeriods(),
                    stored.rejects().stream()
                            .collect(Collectors.toMap(Reject::file, reject -> reject, (first, next) -> first)),
                    provided(stored.measured()),
                    audit.rules(),
                    notes,
                    stored.gaps());
        }

        private static Result failed(List<Gap> gaps) {
            return new Result(Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), gaps);
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
                    return new Part(name, State.MISSING, what, FilesCheck.withoutName(name, gap.problem()), gap.fix());
                }
            }
            if (read == null) {
                // After a failure of all files together nothing is known about one of them.
                return files.isEmpty() ? Part.ready(name, what) : Part.unused(name, what + ", a copy of another file");
            }
            String rows = String.format(Locale.ROOT, "%s, %,d %s", what, read.rows(), read.rows() == 1 ? "row" : "rows")
                    + (periods.containsKey(name) ? ", " + periods.get(name) : "");
            return read.rejectedRows() == 0
                    ? Part.ready(name, rows)
                    : new Part(
                            name,
                            State.PARTLY,
                            rows,
                            rejected(read, rejects.get(name)),
                            "Correct such rows, or export it again.");
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
                    .map(gap -> Part.missing("all files together", gap.problem(), gap.fix()))
                    .toList();
        }

        private static boolean isAbout(Gap gap, String name) {
            return gap.problem().startsWith(name + ":") || gap.problem().startsWith(name + " ");
        }
    }
}
