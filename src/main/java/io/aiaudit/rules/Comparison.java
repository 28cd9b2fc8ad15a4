package io.aiaudit.rules;

import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares what a rule returned for a case with what the case expects: only the columns that it names, numbers within
 * 1e-6, in any order.
 */
final class Comparison {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-6");

    private final TestCase testCase;

    Comparison(TestCase testCase) {
        this.testCase = testCase;
    }

    /** One sentence a difference; none when the case passes. */
    List<String> differences(List<Map<String, Object>> rows, Map<String, String> notExamined) {
        List<String> differences = new ArrayList<>();
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        rows.forEach(row -> found.put((String) row.get("resource_id"), row));
        for (YamlNode expected : testCase.expect()) {
            String id = expected.need("resource_id").text();
            Map<String, Object> row = found.remove(id);
            if (row == null) {
                String reason = notExamined.get(id);
                differences.add("expected to find " + id + ", but "
                        + (reason == null ? "it was not found." : "it was not examined: " + reason + "."));
            } else {
                compare(id, expected, row, differences);
            }
        }
        found.forEach((id, row) -> differences.add("found " + id + ", which was not expected: " + row.get("reason")));
        if (testCase.notExamined() != null) {
            compareReasons(notExamined, differences);
        }
        return differences;
    }

    private static void compare(String id, YamlNode expected, Map<String, Object> row, List<String> differences) {
        expected.entries().forEach((column, value) -> {
            String name = column.toLowerCase(Locale.ROOT);
            if (!row.containsKey(name)) {
                differences.add(
                        id + ": there is no column " + column + ", only " + String.join(", ", row.keySet()) + ".");
            } else if (!isSame(value, row.get(name))) {
                differences.add(id + ": " + column + " is " + row.get(name) + ", expected " + value.value() + ".");
            }
        });
    }

    private void compareReasons(Map<String, String> notExamined, List<String> differences) {
        testCase.notExamined().forEach((id, part) -> {
            String reason = notExamined.get(id);
            if (reason == null) {
                differences.add("expected " + id + " not to be examined, but it was.");
            } else if (!reason.contains(part)) {
                differences.add(id + " was not examined because: " + reason + ", expected: " + part + ".");
            }
        });
        notExamined.forEach((id, reason) -> {
            if (!testCase.notExamined().containsKey(id) && !Salt.isSalt(id)) {
                differences.add(id + " was not examined, which was not expected: " + reason + ".");
            }
        });
    }

    private static boolean isSame(YamlNode expected, Object actual) {
        if (expected.isAbsent() || actual == null) {
            return expected.isAbsent() && actual == null;
        }
        if (actual instanceof Number number) {
            return expected.isNumber() && isNear(expected.number(), number);
        }
        if (actual instanceof List<?> list) {
            return expected.isList() && isSameList(expected.items(), list);
        }
        if (actual instanceof Map<?, ?> map) {
            return expected.isMap() && isSameMap(expected.entries(), map);
        }
        if (expected.isList() || expected.isMap()) {
            return false;
        }
        if (actual instanceof Boolean flag) {
            return expected.isYesOrNo() && expected.yesOrNo() == flag;
        }
        return expected.text().equals(actual.toString());
    }

    private static boolean isNear(BigDecimal expected, Number actual) {
        if (actual instanceof Double number && (number.isNaN() || number.isInfinite())) {
            return false;
        }
        return expected.subtract(new BigDecimal(actual.toString())).abs().compareTo(TOLERANCE) <= 0;
    }

    private static boolean isSameList(List<YamlNode> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        Iterator<?> values = actual.iterator();
        return expected.stream().allMatch(node -> isSame(node, values.next()));
    }

    private static boolean isSameMap(Map<String, YamlNode> expected, Map<?, ?> actual) {
        return expected.keySet().equals(actual.keySet())
                && expected.entrySet().stream().allMatch(entry -> isSame(entry.getValue(), actual.get(entry.getKey())));
    }
}
