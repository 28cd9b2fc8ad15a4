package io.aiaudit.report.section;

import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MetricNumber;
import io.aiaudit.report.text.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Evidence as people read it: names in words ({@code evidence.yaml}), shares and ratios of prices in percent, large
 * numbers whole, others with two decimals, nothing where nothing is known.
 */
public final class EvidenceWords {
    private static final BigDecimal LARGE = BigDecimal.valueOf(1000);
    private static final Pattern SHARE = Pattern.compile("(.*_)?share(_.*)?|busiest_(hour|moment)(_.*)?");

    /** One price as a part of another; above 1 where it is higher. */
    private static final Pattern RATIO = Pattern.compile("(.*_)?ratio(_.*)?|.*_over_present");

    private static final BigDecimal ZERO = new BigDecimal("0.000001");
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
    private static final BigDecimal TENTH = new BigDecimal("0.0995");

    private static final String SIGNAL = "signal";

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    /** By column; others are called what their column is called. */
    private static final Map<String, String> LABELS = labels();

    private EvidenceWords() {}

    private static Map<String, String> labels() {
        try (InputStream text = EvidenceWords.class.getResourceAsStream("evidence.yaml")) {
            YamlNode file = YamlReader.parse("evidence.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, String> labels = new LinkedHashMap<>();
            file.entries().forEach((column, label) -> labels.put(column, label.text()));
            return Map.copyOf(labels);
        } catch (IOException e) {
            throw new UncheckedIOException("the names of evidence cannot be read", e);
        }
    }

    /** In the order of the columns; what is unknown is left out. */
    public static Map<String, String> of(Map<String, Object> evidence) {
        Map<String, String> words = new LinkedHashMap<>();
        if (evidence != null) {
            evidence.forEach((column, value) -> {
                if (value != null && !(value instanceof String text && text.isBlank())) {
                    words.put(name(column), value(column, value));
                }
            });
        }
        return words;
    }

    private static String name(String column) {
        return LABELS.getOrDefault(
                column,
                column.replace('_', ' ').replaceAll("\\btold\\b", "known").replaceAll("\\bmachine\\b", "instance"));
    }

    private static String value(String column, Object value) {
        if (value instanceof Collection<?> values) {
            boolean ofParts = values.stream().anyMatch(Map.class::isInstance);
            return values.stream().map(each -> value(column, each)).collect(Collectors.joining(ofParts ? "; " : ", "));
        }
        if (value instanceof Map<?, ?> parts) {
            return parts(column, parts);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (TIME.matcher(value.toString()).matches()) {
            return time(value.toString());
        }
        if (!(value instanceof Number)) {
            return FindingDetails.value(value);
        }
        // An audit that is read again has 1 where the rule returned 1.0: the type of a number says nothing.
        BigDecimal number = new BigDecimal(value.toString());
        boolean share =
                SHARE.matcher(column).matches() && number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0;
        if (share || (RATIO.matcher(column).matches() && number.signum() >= 0)) {
            return share(number);
        }
        if (number.abs().compareTo(LARGE) >= 0) {
            return Amounts.grouped(number, 0); // as the text of a finding has it
        }
        if (number.signum() > 0 && number.compareTo(HUNDREDTH) < 0) {
            return "< 0.01";
        }
        return number.setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
    }

    /** One of several: of a signal first which one, and names that do not say what all of them have in common. */
    private static String parts(String column, Map<?, ?> parts) {
        Object signal = parts.get(SIGNAL);
        String numbers = parts.entrySet().stream()
                .filter(part -> part.getValue() != null && !part.getKey().equals(SIGNAL))
                .map(part -> partName(column, part.getKey().toString()) + " "
                        + value(part.getKey().toString(), part.getValue()))
                .collect(Collectors.joining(", "));
        if (signal == null) {
            return "(" + numbers + ")";
        }
        String name = MetricNumber.name(signal.toString());
        return numbers.isEmpty() ? name : name + ": " + numbers;
    }

    private static String partName(String column, String part) {
        return LABELS.getOrDefault(column + "." + part, name(part));
    }

    /** What only looks like a time, in an audit from somebody else, is shown as it is. */
    private static String time(String value) {
        try {
            return Times.minute(Instant.parse(value));
        } catch (DateTimeParseException e) {
            return value;
        }
    }

    /** With one decimal below a tenth, as in the reasons of the rules. */
    private static String share(BigDecimal number) {
        if (number.compareTo(ZERO) < 0) {
            return "0 %";
        }
        if (number.compareTo(HUNDREDTH) < 0 || number.compareTo(TENTH) >= 0) {
            return Amounts.share(number, BigDecimal.ONE);
        }
        return number.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }
}
