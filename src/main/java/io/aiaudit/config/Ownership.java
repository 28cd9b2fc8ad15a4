package io.aiaudit.config;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Who owns what, as the file of {@code --ownership} lists it: a CSV with columns that select resources and columns that
 * say what they are. The first row that matches and has a value decides; what the policy or a tag says wins over it.
 */
public final class Ownership {
    static final Ownership NONE = new Ownership(List.of());

    private static final long LARGEST_BYTES = 16 * 1024 * 1024;
    private static final List<String> SELECTORS = List.of("account", "resource", "workload", "tag");
    private static final List<String> VALUES = List.of("owner", "team", "environment");
    private static final List<String> ENVIRONMENT_TAGS = List.of("environment", "env", "stage");

    private final List<Map<String, String>> rows;

    private Ownership(List<Map<String, String>> rows) {
        this.rows = rows;
    }

    /**
     * Reads a mapping file.
     *
     * @throws UserError when it cannot be read, or has a column that means nothing
     */
    static Ownership read(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser csv = CSVParser.parse(text(file), format)) {
            checkColumns(file, csv.getHeaderNames());
            List<Map<String, String>> rows = new ArrayList<>();
            for (CSVRecord row : csv) {
                if (row.size() > csv.getHeaderNames().size()) {
                    throw new UserError(
                            file + " record " + row.getRecordNumber() + ": it has more cells than the header.",
                            "Put a value that has a comma in it between quotes: \"Doe, Jane\".");
                }
                rows.add(Map.copyOf(row.toMap()));
            }
            return new Ownership(List.copyOf(rows));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserError(
                    file + " cannot be read as CSV; a quote may lack its end, or a column be there twice.",
                    "Save it as CSV in UTF-8 with a header, such as account,tag,owner,team.",
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        UserError.unlessFile(
                file,
                file.toString(),
                " does not exist.",
                "Check the name; docs/engineer.md shows a file for --ownership.");
        if (Files.size(file) > LARGEST_BYTES) {
            throw new UserError(
                    file + " is larger than any mapping of owners.", "Name a CSV file as docs/engineer.md shows it.");
        }
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is not UTF-8 text.", "Save it as CSV UTF-8.", e);
        }
    }

    private static void checkColumns(Path file, List<String> names) {
        List<String> known = new ArrayList<>(SELECTORS);
        known.addAll(VALUES);
        if (names.size() == 1 && names.get(0).indexOf(';') >= 0) {
            throw new UserError(
                    file + " line 1: the columns are separated by semicolons.", "Save it as comma-separated CSV.");
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UserError(
                        file + " has the column \"" + name + "\", which is unknown.", DidYouMean.sentence(name, known));
            }
        }
        if (names.stream().noneMatch(VALUES::contains)) {
            throw new UserError(
                    file + " has no column owner, team or environment.",
                    "Write a header such as account,tag,owner,team.");
        }
    }

    /** The owner by this file; null where it has none. */
    public String owner(Resource resource) {
        return mapped(resource, "owner").orElse(null);
    }

    /** By the tag {@code team}, else by this file; null where neither has one. */
    public String team(Resource resource) {
        return tagged(resource, List.of("team"))
                .or(() -> mapped(resource, "team"))
                .orElse(null);
    }

    /** By a tag, else by this file; null where neither has one. */
    public String environment(Resource resource) {
        return tagged(resource, ENVIRONMENT_TAGS)
                .or(() -> mapped(resource, "environment"))
                .orElse(null);
    }

    private static Optional<String> tagged(Resource resource, List<String> names) {
        for (String name : names) {
            for (Map.Entry<String, String> tag : resource.tags().entrySet()) {
                if (tag.getKey().toLowerCase(Locale.ROOT).equals(name)
                        && !tag.getValue().isBlank()) {
                    return Optional.of(tag.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> mapped(Resource resource, String value) {
        return rows.stream()
                .filter(row -> !row.getOrDefault(value, "").isEmpty() && matches(row, resource))
                .map(row -> row.get(value))
                .findFirst();
    }

    private static boolean matches(Map<String, String> row, Resource resource) {
        return (either(row, "account", resource.accountId(), resource.accountName())
                        || ResourceIds.isSameAccount(row.get("account"), resource.accountId()))
                && either(row, "resource", resource.resourceId(), resource.name())
                && either(row, "workload", resource.workload(), null)
                && tag(row.getOrDefault("tag", ""), resource);
    }

    private static boolean either(Map<String, String> row, String column, String id, String name) {
        String pattern = row.getOrDefault(column, "");
        Glob glob = new Glob(pattern);
        return pattern.isEmpty() || glob.matches(id) || glob.matches(name);
    }

    private static boolean tag(String condition, Resource resource) {
        if (condition.isEmpty()) {
            return true;
        }
        String[] parts = condition.split("=", 2);
        Glob name = new Glob(parts[0].strip());
        Glob value = new Glob(parts.length == 1 ? "*" : parts[1].strip());
        return resource.tags().entrySet().stream()
                .anyMatch(tag -> name.matches(tag.getKey()) && value.matches(tag.getValue()));
    }
}
