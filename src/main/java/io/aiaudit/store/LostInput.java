package io.aiaudit.store;

import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which input a file of a folder was meant to be. Here is the line between an input that is lost, which is a gap, and a
 * file that never was one (docs/adr/0252): the columns that can be seen in it decide, and its name where none can.
 */
final class LostInput {
    private static final int ENTRIES = 1_000;
    /** In a workbook the texts of all sheets are one list, with those of the header first. */
    private static final int TEXTS = 200;

    private static final int FEWEST_OF_INVENTORY = 3;
    private static final String ZIP = "PK\u0003\u0004";

    private static final Pattern TABLE = named("(csv|jsonl|ndjson|parquet)([.]gz)?");
    private static final Pattern WORKBOOK = named("(xlsx|xlsm)");
    private static final Pattern ARCHIVE = named("zip");
    private static final Pattern PACKED = named("(gz|tgz|tar)");
    /** What is in these cannot be seen. */
    private static final Pattern CLOSED = named("(7z|rar|bz2|xz|zst|lz4|tbz2?|txz)");

    private static final Pattern CLOSED_DATA = named("(csv|json|jsonl|ndjson|parquet)[.][^.]*");
    private static final Pattern ASIDE = Pattern.compile("(?i).*(~|[.](bak|old|orig|swp))");
    private static final Pattern SHEET =
            Pattern.compile("xl/(sharedStrings|worksheets/[^/]*)[.]xml", Pattern.CASE_INSENSITIVE);
    private static final Pattern CELL = Pattern.compile("<t(?: [^>]*)?>([^<]*)</t>");

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");
    private static final Map<String, Content> WORDS = Map.of(
            "bill", Content.BILLING,
            "bills", Content.BILLING,
            "billing", Content.BILLING,
            "cur", Content.BILLING,
            "focus", Content.BILLING,
            "inventory", Content.INVENTORY,
            "usage", Content.USAGE,
            "metrics", Content.USAGE);

    /** What an inventory has beside the two columns that it needs. */
    private static final Set<String> OF_INVENTORY = Set.of(
            "provider",
            "account_id",
            "region",
            "name",
            "machine_type",
            "replicas",
            "accelerator",
            "accelerator_count",
            "created_at",
            "purchase",
            "parent_id",
            "attributes");

    private LostInput() {}

    private static Pattern named(String end) {
        return Pattern.compile(".*[.]" + end, Pattern.CASE_INSENSITIVE);
    }

    /** What the file was meant to be; empty = no input. */
    static Optional<Content> of(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(Content.BILLING); // a part that a manifest names
        }
        String name = file.getFileName().toString();
        FileStart start = FileStart.of(file);
        if (start.beginsWith(ZIP) && is(WORKBOOK, name)) {
            return inWorkbook(file, name);
        }
        if (start.beginsWith(ZIP)) {
            return is(ARCHIVE, name) || InputFiles.isNameOfData(file) ? inArchive(file, name) : Optional.empty();
        }
        if (InputFiles.isNameOfData(file)) {
            return start.beginsWith("PAR1") ? inParquet(file, name) : inText(start, name);
        }
        if (is(PACKED, name)) {
            return likest(start.headers()).or(() -> byName(name));
        }
        if (is(CLOSED, name)) {
            return is(CLOSED_DATA, name) ? Optional.of(unseen(name)) : byName(name);
        }
        return is(ASIDE, name) ? Optional.empty() : underAnotherName(start);
    }

    /** Any text may have words of a header somewhere; this one begins with a whole header. */
    private static Optional<Content> underAnotherName(FileStart start) {
        return start.headers().stream()
                .limit(1)
                .filter(header -> !OwnReport.isOne(header))
                .flatMap(header -> Dialect.all().stream()
                        .filter(dialect -> dialect.missing(header).isEmpty()))
                .map(Dialect::content)
                .findFirst();
    }

    private static Optional<Content> inText(FileStart start, String name) {
        List<List<String>> headers = start.headers();
        if (headers.stream().anyMatch(OwnReport::isOne)) {
            return Optional.empty();
        }
        Optional<Content> likest = likest(headers);
        if (likest.isPresent() || !start.isDark()) {
            return likest.or(() -> is(TABLE, name) ? byName(name) : Optional.empty());
        }
        return Optional.of(unseen(name));
    }

    private static Optional<Content> inParquet(Path file, String name) {
        try {
            return likest(List.of(FileHeader.read(file).header())).or(() -> byName(name));
        } catch (UserError e) {
            return Optional.of(unseen(name));
        }
    }

    private static Optional<Content> inWorkbook(Path file, String name) {
        List<String> texts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : entries(zip)) {
                if (SHEET.matcher(entry.getName()).matches()) {
                    CELL.matcher(start(zip, entry).text())
                            .results()
                            .limit(TEXTS)
                            .forEach(cell -> texts.add(cell.group(1)));
                }
            }
        } catch (IOException e) {
            return Optional.of(unseen(name));
        }
        return OwnReport.isOne(texts)
                ? Optional.empty()
                : likest(List.of(texts)).or(() -> byName(name));
    }

    private static Optional<Content> inArchive(Path file, String name) {
        Optional<Content> meant = Optional.empty();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : entries(zip)) {
                FileStart start = start(zip, entry);
                if (start.headers().stream().anyMatch(OwnReport::isOne)) {
                    return Optional.empty();
                }
                meant = meant.or(() -> inEntry(start, Path.of(entry.getName()).getFileName()));
            }
        } catch (IOException e) {
            return Optional.of(unseen(name));
        }
        return meant;
    }

    private static Optional<Content> inEntry(FileStart start, Path path) {
        String name = path.toString();
        if (start.beginsWith("PAR1") || (start.beginsWith(ZIP) && !is(WORKBOOK, name))) {
            return Optional.of(unseen(name));
        }
        return InputFiles.isNameOfData(path) ? inText(start, name) : Optional.empty();
    }

    private static List<? extends ZipEntry> entries(ZipFile zip) {
        return zip.stream().filter(entry -> !entry.isDirectory()).limit(ENTRIES).toList();
    }

    private static FileStart start(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            return FileStart.of(stream);
        }
    }

    /** Of the form that most columns of are there. */
    private static Optional<Content> likest(List<List<String>> headers) {
        return headers.stream()
                .flatMap(header -> Dialect.all().stream()
                        .filter(dialect -> isLike(header, dialect))
                        .min(Comparator.comparingDouble(
                                dialect -> (double) dialect.missing(header).size()
                                        / dialect.required().size()))
                        .stream())
                .map(Dialect::content)
                .findFirst();
    }

    /** One word alike is no likeness. */
    private static boolean isLike(List<String> header, Dialect dialect) {
        int missing = dialect.missing(header).size();
        return switch (dialect.content()) {
            case BILLING -> 2 * missing <= dialect.required().size();
            case USAGE -> missing <= 1;
            case INVENTORY ->
                missing == 0
                        || (missing == 1
                                && header.stream()
                                                .map(name -> name.toLowerCase(Locale.ROOT))
                                                .filter(OF_INVENTORY::contains)
                                                .distinct()
                                                .count()
                                        >= FEWEST_OF_INVENTORY);
        };
    }

    /** A bill, unless the name says another thing: nothing costs more to lose. */
    private static Content unseen(String name) {
        return byName(name).orElse(Content.BILLING);
    }

    private static Optional<Content> byName(String name) {
        return NO_LETTERS
                .splitAsStream(name.toLowerCase(Locale.ROOT))
                .map(WORDS::get)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    private static boolean is(Pattern end, String name) {
        return end.matcher(name).matches();
    }
}
