package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.json.AuditJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Audits of before that the user named: of a folder, and the one to compare with. */
final class EarlierAudits {
    private static final int DEEPEST = 3;

    private EarlierAudits() {}

    /**
     * All of them, in no order.
     *
     * @param baseline null = none was named
     */
    static List<Audit> of(Settings settings, Audit baseline) {
        List<Audit> audits = new ArrayList<>();
        Optional.ofNullable(baseline).ifPresent(audits::add);
        settings.find(Setting.HISTORY)
                .map(EarlierAudits::files)
                .orElse(List.of())
                .forEach(file -> audits.add(AuditJson.read(file)));
        return audits;
    }

    private static List<Path> files(Settings.Value value) {
        Path root = value.path();
        if (!Files.isDirectory(root)) {
            throw new UserError(
                    value.name() + ": " + value.text()
                            + (Files.exists(root) ? " is a file." : ": there is no such folder."),
                    "Name a folder of aiaudit.json files; before the first audit leave --history out.");
        }
        try (Stream<Path> all = Files.walk(root, DEEPEST)) {
            return all.filter(file -> file.toString().endsWith(".json") && !Files.isDirectory(file))
                    .filter(file -> isAnAudit(value, file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pipe would be waited for. */
    private static boolean isAnAudit(Settings.Value value, Path file) {
        UserError.unlessFile(
                file,
                value.name() + ": " + file,
                ": it leads to no file.",
                "Take it out of " + value.text() + ", the folder of earlier audits.");
        return AuditFile.saysItIsAnAudit(file);
    }
}
