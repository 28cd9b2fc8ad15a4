package io.aiaudit.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.ExportKeys;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list that a cloud puts beside the data files of one run of an export.
 *
 * @param period what the run is about: with the name of the export, that which a later run of it replaces
 * @param written when the run was started, as its text; empty where the manifest has none
 * @param keys paths of the data files in the bucket or container
 */
record ExportManifest(Path file, String export, String period, String written, List<String> keys) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST = 64 << 20;
    private static final Pattern NAME = Pattern.compile("(.*[-_])?manifest[.]json", Pattern.CASE_INSENSITIVE);
    private static final Pattern PACKED = Pattern.compile("[.]gz$", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERIOD = Pattern.compile("(?i)billing_period=([0-9-]+)|([0-9]{8}-[0-9]{8})");

    static boolean isOne(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** Empty when it lists no data files in a form that we know. */
    static Optional<ExportManifest> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UserError(
                        file + " is larger than 64 MB, which no manifest of an export is.",
                        "Name the data files of the export instead of the folder.");
            }
            JsonNode root = JSON.readTree(Files.readString(file));
            List<String> keys = ExportKeys.of(root);
            return keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ExportManifest(
                            file,
                            name(root, file),
                            period(root, file),
                            root.at("/runInfo/submittedTime").asText(""),
                            keys));
        } catch (IOException e) {
            throw new UserError(
                    file + " is a manifest that cannot be read: "
                            + (e instanceof JacksonException ? "it is not JSON" : e.getMessage()) + ".",
                    "Copy the folder of the export again, or name its data files instead of the folder.",
                    e);
        }
    }

    private static String name(JsonNode root, Path file) {
        for (String pointer : List.of("/reportName", "/exportConfig/exportName", "/exportName")) {
            if (root.at(pointer).isTextual()) {
                return root.at(pointer).asText();
            }
        }
        return file.getFileName().toString();
    }

    private static String period(JsonNode root, Path file) {
        for (String pointer : List.of("/billingPeriod/start", "/runInfo/startDate")) {
            if (root.at(pointer).isTextual()) {
                return root.at(pointer).asText();
            }
        }
        Matcher inPath = PERIOD.matcher(file.toString());
        return inPath.find() ? inPath.group() : "";
    }

    /**
     * The folder below which the parts lie: that of the manifest, or of the export where manifests have a folder of
     * their own.
     */
    Path root() {
        Path folder = file.toAbsolutePath().getParent();
        for (Path above = folder; above != null && above.getFileName() != null; above = above.getParent()) {
            if (above.getFileName().toString().equals("metadata")) {
                return above.getParent();
            }
        }
        return folder;
    }

    /** The part in {@code files} of a key, as it is named or unpacked, else where it should be. */
    Path part(String key, List<Path> files) {
        String[] wanted = key.split("/");
        String name = wanted[wanted.length - 1];
        return nearest(wanted, files)
                .or(() -> nearest(PACKED.matcher(key).replaceFirst("").split("/"), files))
                .orElseGet(() -> file.resolveSibling(name));
    }

    private Optional<Path> nearest(String[] wanted, List<Path> files) {
        Path best = null;
        int longest = 0;
        for (Path candidate : files) {
            int common = common(wanted, candidate.toAbsolutePath());
            if (common > longest && candidate.toAbsolutePath().startsWith(root())) {
                best = candidate;
                longest = common;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many names from the end are the same. */
    private static int common(String[] wanted, Path path) {
        int count = 0;
        while (count < wanted.length
                && count < path.getNameCount()
                && wanted[wanted.length - 1 - count].equals(
                        path.getName(path.getNameCount() - 1 - count).toString())) {
            count++;
        }
        return count;
    }
}
