package io.aiaudit.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/** Writes a small FOCUS bill: every row is an hour of one machine, except for what the test says. */
final class FocusCsv {
    private final List<Map<String, String>> rows = new ArrayList<>();

    /** Adds a row; {@code overrides} are {@code Column=value}, an empty value is an empty cell. */
    FocusCsv row(String... overrides) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("BilledCost", "1.00");
        row.put("EffectiveCost", "1.00");
        row.put("BillingCurrency", "USD");
        row.put("ChargePeriodStart", "2026-06-01T00:00:00Z");
        row.put("ChargePeriodEnd", "2026-06-01T01:00:00Z");
        row.put("ChargeCategory", "Usage");
        row.put("ServiceName", "Amazon Elastic Compute Cloud");
        row.put("ProviderName", "AWS");
        row.put("SubAccountId", "123456789012");
        row.put("ResourceId", "i-0a");
        row.put("ConsumedUnit", "Hours");
        for (String override : overrides) {
            String[] parts = override.split("=", 2);
            row.put(parts[0], parts[1]);
        }
        rows.add(row);
        return this;
    }

    /** Adds the rows of another bill, each value as {@code written} makes it of its column and value. */
    FocusCsv rows(FocusCsv other, BinaryOperator<String> written) {
        for (Map<String, String> row : other.rows) {
            Map<String, String> copy = new LinkedHashMap<>(row);
            copy.replaceAll(written);
            rows.add(copy);
        }
        return this;
    }

    int size() {
        return rows.size();
    }

    String text() {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator("\n")
                .setQuoteMode(QuoteMode.MINIMAL)
                .get();
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(columns);
            for (Map<String, String> row : rows) {
                printer.printRecord(columns.stream().map(row::get).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    Path write(Path folder, String name) {
        return bytes(folder, name, text().getBytes(StandardCharsets.UTF_8));
    }

    static Path text(Path folder, String name, String text) {
        return bytes(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path bytes(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
