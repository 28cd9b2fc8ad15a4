package io.aiaudit.scan;

import io.aiaudit.collect.SourceCheck;
import io.aiaudit.config.Config;
import io.aiaudit.config.Inputs;
import io.aiaudit.config.Source;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.model.UserError;
import io.aiaudit.store.InputFiles;
import io.aiaudit.store.Recognition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows what a scan would make of files: what each one is, what was read of it, and what the rules could examine with
 * all of them. They are read as a scan reads them.
 */
final class FilesCheck implements SourceCheck {
    private final List<String> paths;
    private final Config config;
    private final TrialRead trial;

    /** {@code paths} are files and folders of any content, beside those that {@code config} names. */
    FilesCheck(List<String> paths, Config config, String toolVersion, Progress progress) {
        this.paths = List.copyOf(paths);
        this.config = config;
        this.trial = new TrialRead(config, toolVersion, progress);
    }

    @Override
    public String source() {
        return Source.FILES.key();
    }

    @Override
    public SourceReport check() throws InterruptedException {
        Map<String, Recognition> files = survey();
        List<FileSet> sets = new ArrayList<>();
        files.forEach((name, file) -> {
            if (file.content() != null) {
                sets.add(new FileSet(
                        file.content(),
                        name,
                        List.of(file.file()),
                        config.inputs().absentIsZero()));
            }
        });
        if (sets.isEmpty()) {
            return SourceReport.tried(
                    files.values().stream().map(FilesCheck::unread).toList(), List.of(), List.of());
        }
        TrialRead.Result result = trial.read(sets);
        List<Part> parts = new ArrayList<>();
        files.forEach((name, file) -> parts.add(file.content() == null ? unread(file) : result.part(file)));
        parts.addAll(result.furtherParts(files.keySet()));
        return new SourceReport(parts, result.provided(), result.rules(), result.notes(), List.of());
    }

    /** Every file once, by name; the content that the configuration gives it counts before its header. */
    private Map<String, Recognition> survey() {
        Map<String, Recognition> files = new LinkedHashMap<>();
        Inputs named = config.inputs();
        add(Content.BILLING, named.billing(), files);
        add(Content.INVENTORY, named.inventory(), files);
        add(Content.USAGE, named.usage(), files);
        add(null, paths, files);
        if (files.isEmpty()) {
            if (!paths.isEmpty()) {
                throw InputFiles.noFileIn(paths);
            }
            throw new UserError(
                    "nothing to check: no file is named.",
                    "Name the files or their folder: aiaudit sources check files FOLDER");
        }
        return files;
    }

    private static void add(Content content, List<String> names, Map<String, Recognition> files) {
        for (String name : names) {
            InputFiles.survey(content, name)
                    .files()
                    .forEach(file -> files.putIfAbsent(file.file().toString(), file));
        }
    }

    private static Part unread(Recognition file) {
        String name = file.file().toString();
        return file.problem() == null
                ? Part.unused(name, file.form())
                : new Part(
                        name,
                        file.isUnknown() ? State.UNKNOWN : State.UNREADABLE,
                        null,
                        file.reason(),
                        file.problem().fix());
    }
}
