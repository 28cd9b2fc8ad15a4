package io.aiaudit.store;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * List prices that the user brought (docs/prices.md): machines, in the columns of {@code offers}, or tokens, in those
 * of {@code models}. Checked whole before anything else is read, since a price that silently does not count is worse
 * than none.
 *
 * @param name for messages and reports
 * @param table offers or models
 * @param rows by column; an empty cell is absent
 */
public record PriceFile(String name, String table, List<Map<String, Object>> rows) {
    /** Providers that have list prices. */
    public static final List<String> PROVIDERS = List.of("aws", "azure", "gcp", "openai", "anthropic");

    private static final long LARGEST_BYTES = 20_000_000;
    private static final List<String> NUMBERS =
            List.of("accelerator_count", "accelerator_memory_gib", "vcpus", "memory_gib");
    private static final Map<String, List<String>> NEEDED = Map.of(
            "offers", List.of("provider", "region", "machine_type", "currency", "as_of"),
            "models", List.of("provider", "model", "tier", "currency", "as_of"));
    private static final Map<String, List<String>> PRICES =
            Map.of("offers", Currencies.OFFER_MONEY, "models", Currencies.MODEL_MONEY);

    public PriceFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file.
     *
     * @throws UserError with the line of the first thing that is wrong
     */
    public static PriceFile read(Path path) {
        try (CSVParser parser = CSVParser.parse(text(path), CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.isEmpty()) {
                throw new UserError(path + " is empty.", "Use a price list as in docs/prices.md.");
            }
            PriceFile file = new Reader(path.toString(), records.get(0)).read(records.subList(1, records.size()));
            return new PriceFile(InputNames.alone(path), file.table(), file.rows());
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(
                    path + " is no CSV: a quote has no end, or text after it.",
                    "docs/prices.md shows a price list.",
                    e);
        }
    }

    /** Whether a header is that of a price list. */
    static boolean isOne(List<String> header) {
        return NEEDED.values().stream().anyMatch(header::containsAll);
    }

    /** The days that its prices are of, such as {@code 2026-06-01} or {@code 2026-06-01 to 2026-06-30}. */
    String days() {
        List<LocalDate> days =
                rows.stream().map(row -> (LocalDate) row.get("as_of")).sorted().toList();
        LocalDate first = days.get(0);
        LocalDate last = days.get(days.size() - 1);
        return first.equals(last) ? first.toString() : first + " to " + last;
    }

    private static String text(Path path) {
        UserError.unlessFile(
                path,
                "the price list " + path,
                " does not exist.",
                "Check the name; docs/prices.md shows a price list.");
        try {
            if (Files.size(path) > LARGEST_BYTES) {
                throw new UserError(
                        path + " is larger than any price list.", "Name a CSV file as docs/prices.md shows it.");
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserError(path + " is not UTF-8 text.", "Save it as CSV UTF-8.", e);
        } catch (IOException e) {
            throw SourceFile.unreadable(path, false, e);
        }
    }

    /** Reads one file, whose header shows what it is about. */
    private static final class Reader {
        private final String name;
        private final String table;
        private final List<String> header = new ArrayList<>();
        private final Set<List<Object>> keys = new HashSet<>();

        Reader(String name, CSVRecord first) {
            this.name = name;
            first.forEach(column -> header.add(column.strip().toLowerCase(Locale.ROOT)));
            if (header.size() == 1 && header.get(0).indexOf(';') >= 0) {
                throw new UserError(
                        name + " line 1: the columns are separated by semicolons.",
                        "Save it as comma-separated CSV with decimal points; see docs/prices.md.");
            }
            this.table = header.contains("model") ? "models" : "offers";
            List<String> known = columns();
            for (String column : header) {
                if (!known.contains(column)) {
                    throw new UserError(
                            name + " line 1: unknown column \"" + column + "\".", DidYouMean.sentence(column, known));
                }
            }
            for (String column : NEEDED.get(table)) {
                if (!header.contains(column)) {
                    throw new UserError(
                            name + " line 1: the column " + column + " is missing.",
                            "A price list of " + (table.equals("models") ? "tokens" : "machines") + " begins: "
                                    + String.join(",", NEEDED.get(table)) + ","
                                    + PRICES.get(table).get(0));
                }
            }
            if (new HashSet<>(header).size() < header.size()) {
                throw new UserError(name + " line 1: a column is named twice.", "Remove one of the two.");
            }
        }

        private List<String> columns() {
            List<String> columns = new ArrayList<>(NEEDED.get(table));
            columns.addAll(PRICES.get(table));
            if (table.equals("offers")) {
                columns.add("accelerator");
                columns.addAll(NUMBERS);
            }
            return columns;
        }

        PriceFile read(List<CSVRecord> records) {
            if (records.isEmpty()) {
                throw new UserError(name + " has a header and no prices.", "Add a row, or omit the file.");
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            int line = 1;
            for (CSVRecord record : records) {
                line++;
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    rows.add(row(record, line));
                }
            }
            return new PriceFile(name, table, rows);
        }

        private Map<String, Object> row(CSVRecord record, int line) {
            if (record.size() != header.size()) {
                throw wrong(
                        line,
                        "it has " + record.size() + " values, and the header " + header.size() + " columns.",
                        "Write one value a column, empty where it is unknown.");
            }
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                String text = record.get(i).strip();
                if (!text.isEmpty()) {
                    row.put(header.get(i), value(header.get(i), text, line));
                }
            }
            check(row, line);
            return row;
        }

        private Object value(String column, String text, int line) {
            if (PRICES.get(table).contains(column) || NUMBERS.contains(column)) {
                return number(column, text, line);
            }
            return switch (column) {
                case "as_of" -> day(text, line);
                case "currency" -> currency(text, line);
                case "provider" -> provider(text, line);
                case "tier" -> text.toLowerCase(Locale.ROOT);
                default -> text;
            };
        }

        private BigDecimal number(String column, String text, int line) {
            if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
                throw wrong(
                        line,
                        column + " is \"" + text + "\", expected a number such as 4.99.",
                        "Write it with a point and without a currency or separators.");
            }
            BigDecimal number = new BigDecimal(text);
            if (PRICES.get(table).contains(column) && number.signum() == 0) {
                throw wrong(line, column + " is 0; a price can't be 0.", "Leave the cell empty where it is unknown.");
            }
            return number;
        }

        private LocalDate day(String text, int line) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw wrong(line, "as_of is \"" + text + "\", expected a day.", "Write it as 2026-06-30.");
            }
        }

        private String currency(String text, int line) {
            if (!text.matches("[A-Z]{3}")) {
                throw wrong(line, "currency is \"" + text + "\", expected three capital letters.", "Write it as EUR.");
            }
            return text;
        }

        private String provider(String text, int line) {
            String provider = text.toLowerCase(Locale.ROOT);
            if (!PROVIDERS.contains(provider)) {
                throw wrong(line, "provider is \"" + text + "\".", DidYouMean.sentence(text, PROVIDERS));
            }
            return provider;
        }

        private void check(Map<String, Object> row, int line) {
            List<Object> key = new ArrayList<>();
            for (String column : NEEDED.get(table)) {
                Object value = row.get(column);
                if (value == null) {
                    throw wrong(line, column + " is empty.", "Fill it in; the row needs it.");
                }
                if (!column.equals("currency") && !column.equals("as_of")) {
                    key.add(((String) value).toLowerCase(Locale.ROOT).replace(" ", ""));
                }
            }
            if (PRICES.get(table).stream().noneMatch(row::containsKey)) {
                throw wrong(line, "it has no price.", "Fill in one of " + String.join(", ", PRICES.get(table)) + ".");
            }
            if (!keys.add(key)) {
                throw wrong(line, "it repeats an earlier row.", "Remove one of the two.");
            }
        }

        private UserError wrong(int line, String problem, String fix) {
            return new UserError(name + " line " + line + ": " + problem, fix);
        }
    }
}
