package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The files of cases that have nothing to do with each other, for one store, which takes seconds. Each case is a set of
 * files, with the columns that it has, in which accounts, resources and commitments are its own.
 */
final class FilesApart {
    private final Path folder;
    private final List<String> ids;
    private final Map<String, FileSet> sets = new LinkedHashMap<>();

    /** What bills name {@code ids} is another thing in each case; what begins with a digit keeps its length. */
    FilesApart(Path folder, String... ids) {
        this.folder = folder;
        this.ids = List.of(ids);
    }

    /** One file or the parts of one export. */
    void add(String name, BillText... bills) {
        String number = next();
        put(
                name,
                IntStream.range(0, bills.length)
                        .mapToObj(part -> bills[part]
                                .with(value -> numbered(number, value))
                                .csv(folder(number), "case-" + number + "-" + part + ".csv"))
                        .toArray(Path[]::new));
    }

    void addJson(String name, BillText bill) {
        String number = next();
        put(name, bill.with(value -> numbered(number, value)).jsonLines(folder(number), "case-" + number + "-0.jsonl"));
    }

    /** A file of this text. */
    void add(String name, String extension, Charset charset, String text) {
        String number = next();
        byte[] contents = numbered(number, text).getBytes(charset);
        put(name, TestStore.bytes(folder(number), "case-" + number + "-0." + extension, contents));
    }

    /** The parts of one export, each a text of JSON lines. */
    void addJsonLines(String name, String... texts) {
        String number = next();
        put(
                name,
                IntStream.range(0, texts.length)
                        .mapToObj(part -> TestStore.file(
                                folder(number),
                                "case-" + number + "-" + part + ".jsonl",
                                numbered(number, texts[part])))
                        .toArray(Path[]::new));
    }

    private String next() {
        return String.format(Locale.ROOT, "%03d", sets.size());
    }

    /** A folder of its own, since what lies in one folder may be one bill. */
    private Path folder(String number) {
        try {
            return Files.createDirectories(folder.resolve(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String name, Path... files) {
        FileSet set = new FileSet(FileSet.Content.BILLING, name, List.of(files), Set.of());
        FileSet before = sets.put(name, set);
        if (before != null) {
            throw new IllegalArgumentException("a second case " + name);
        }
    }

    /** What an id of a case is called in the store. */
    String own(String name, String id) {
        return numbered(number(name), id);
    }

    private String numbered(String number, String text) {
        String own = text;
        for (String id : ids) {
            String kept = Character.isDigit(id.charAt(0)) ? id.substring(0, id.length() - number.length()) : id;
            own = own.replace(id, kept + number);
        }
        return own;
    }

    /** The first file of a case. */
    Path file(String name) {
        number(name);
        return sets.get(name).files().get(0);
    }

    /** What to select the charges of a case from. */
    String charges(String name) {
        return "charges WHERE contains(source_file, 'case-" + number(name) + "-')";
    }

    private String number(String name) {
        int number = List.copyOf(sets.keySet()).indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("no case " + name);
        }
        return String.format(Locale.ROOT, "%03d", number);
    }

    TestStore store() {
        return TestStore.ofSets(folder, List.copyOf(sets.values()));
    }
}
