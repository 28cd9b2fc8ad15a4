package io.aiaudit.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A case among others in the same tables: the resources, accounts and workloads that it names are its own, by an ending
 * that nobody else's have. The ending is of digits, so that ids of instances and accounts stay valid ones.
 */
final class CaseApart {
    private static final Map<String, String> ACCOUNT_OF = Map.of("resources", "account_id", "charges", "subaccountid");
    private static final Set<String> NAMES =
            Set.of("resource_id", "parent_id", "account_id", "subaccountid", "workload");
    /** Columns whose values may name other resources. */
    private static final Set<String> REFERRING = Set.of("attributes", "tags");

    private final TestCase testCase;
    private final String ending;
    /** Finds the resources of the case in a text; null where it has none. */
    private final Pattern ids;
    /** Whether the case names no account: then all that it has is in one, which no other case has. */
    private final boolean isOfOneAccount;

    private CaseApart(TestCase testCase, String ending) {
        this.testCase = testCase;
        this.ending = ending;
        this.ids = ids(testCase);
        this.isOfOneAccount = testCase.given().values().stream()
                .flatMap(List::stream)
                .flatMap(row -> row.entries().keySet().stream())
                .noneMatch(column -> ACCOUNT_OF.containsValue(column.toLowerCase(Locale.ROOT)));
    }

    static CaseApart alone(TestCase testCase) {
        return new CaseApart(testCase, "");
    }

    static List<CaseApart> of(List<TestCase> cases) {
        return IntStream.range(0, cases.size())
                .mapToObj(i -> new CaseApart(cases.get(i), String.format(Locale.ROOT, "904%03d409", i)))
                .toList();
    }

    private static Pattern ids(TestCase testCase) {
        Set<String> ids = new HashSet<>();
        testCase.rows("resources").forEach(resource -> {
            for (String name : List.of("resource_id", "parent_id", "workload")) {
                resource.get(name).ifPresent(id -> ids.add(Pattern.quote(id.text())));
            }
        });
        return ids.isEmpty()
                ? null
                : Pattern.compile("(?<![\\w./:-])(?<id>" + String.join("|", ids) + ")(?![\\w./:-])");
    }

    TestCase testCase() {
        return testCase;
    }

    /** Of the names of its resources, accounts and workloads; empty for a case alone. */
    String ending() {
        return ending;
    }

    /** A row that the case gives, with names of its own. */
    Map<String, Object> own(String relation, Map<String, Object> row) {
        if (!ending.isEmpty()) {
            row.replaceAll(this::own);
            if (isOfOneAccount && ACCOUNT_OF.containsKey(relation)) {
                row.put(ACCOUNT_OF.get(relation), ending);
            }
        }
        return row;
    }

    private Object own(String column, Object value) {
        if (value != null && NAMES.contains(column)) {
            return value + ending;
        }
        return REFERRING.contains(column) ? referring(value) : value;
    }

    private Object referring(Object value) {
        if (value instanceof String text && ids != null) {
            return ids.matcher(text).replaceAll("${id}" + ending);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> own = new LinkedHashMap<>();
            map.forEach((key, of) -> own.put(key, referring(of)));
            return own;
        }
        return value;
    }

    /** Between what the case expects and what was judged of it, with the names that it gave. */
    List<String> differences(RuleRun.Judged judged) {
        List<Map<String, Object>> rows = judged.rows().stream()
                .filter(row -> isOwn((String) row.get("resource_id")))
                .map(row -> {
                    Map<String, Object> given = new LinkedHashMap<>(row);
                    given.replaceAll((column, value) -> asGiven(value));
                    return given;
                })
                .toList();
        Map<String, String> notExamined = new TreeMap<>();
        judged.outcome().notExamined().forEach((id, reason) -> {
            if (isOwn(id)) {
                notExamined.put(asGiven(id), asGiven(reason));
            }
        });
        return new Comparison(testCase).differences(rows, notExamined);
    }

    private boolean isOwn(String id) {
        return id.endsWith(ending) || Salt.isSalt(id);
    }

    private Object asGiven(Object value) {
        if (value instanceof String text) {
            return asGiven(text);
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(this::asGiven).toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> given = new LinkedHashMap<>();
            map.forEach((key, of) -> given.put(asGiven(key), asGiven(of)));
            return given;
        }
        return value;
    }

    private String asGiven(String text) {
        return text.replace(ending, "");
    }
}
