package io.aiaudit.savings;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Lever;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the worked examples of docs/money.md: tables, found by the first cell of their heads. */
final class MoneyPage {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private MoneyPage() {}

    /** One example: the rows of each of its tables, by column. */
    record Example(String title, Map<String, List<Map<String, String>>> tables) {
        List<Map<String, String>> rows(String table) {
            if (!tables.containsKey(table)) {
                throw new IllegalStateException(title + " has no table whose first column is \"" + table + "\"");
            }
            return tables.get(table);
        }

        private List<Map<String, String>> optionalRows(String table) {
            return tables.getOrDefault(table, List.of());
        }

        List<Saving> savings() {
            List<Finding> findings =
                    rows("finding").stream().map(MoneyPage::finding).toList();
            Map<String, String> ignored = optionalRows("ignored").stream()
                    .collect(Collectors.toMap(row -> row.get("ignored") + row.get("leaf"), row -> row.get("reason")));
            return Estimator.estimate(
                    findings,
                    spend(),
                    policies(),
                    new UserNotes(
                            finding -> Optional.ofNullable(ignored.get(finding.rule() + finding.resourceId())),
                            finding -> Optional.empty()));
        }

        private Map<String, Spend> spend() {
            Map<String, List<Map<String, String>>> byLeaf =
                    rows("charge of").stream().collect(Collectors.groupingBy(row -> row.get("charge of")));
            Map<String, Spend> spend = new HashMap<>();
            byLeaf.forEach((leaf, rows) -> spend.put(leaf, MonthlyCost.of(charged(leaf, rows), JUNE)));
            for (Map<String, String> row : optionalRows("hours off of")) {
                BigDecimal share = decimal(row.get("committed")).divide(decimal(row.get("cost")));
                spend.computeIfPresent(
                        row.get("hours off of"),
                        (leaf, cost) -> cost.withCommittedShareOff(Map.of(row.get("schedule"), share)));
            }
            optionalRows("listed")
                    .forEach(row -> spend.put(row.get("listed"), MonthlyCost.of(listed(row.get("listed"), row), JUNE)));
            return spend;
        }

        private static PolicyLine line(String words) {
            String[] parts = words.split(" \\(", 2);
            return new PolicyLine(parts[0], parts[1].substring(0, parts[1].length() - 1));
        }

        private Map<String, ResourcePolicy> policies() {
            Map<String, ResourcePolicy> policies = new HashMap<>();
            for (Map<String, String> row : optionalRows("policy of")) {
                Ask ask = keyed(Ask.class, row.get("key"));
                Answer answer = keyed(Answer.class, row.get("answer"));
                policies.put(
                        row.get("policy of"),
                        ResourcePolicyBuilder.builder()
                                .allowedRegions(List.of())
                                .answers(Map.of(ask, answer))
                                .excludedPeriods(List.of())
                                .decidedBy(Map.of(ask.key(), line(row.get("line"))))
                                .build());
            }
            return policies;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        List<String> columns = null;
        for (String line : Files.readAllLines(Path.of("docs/money.md"))) {
            if (line.startsWith("### Example")) {
                examples.add(new Example(line.substring(4), new LinkedHashMap<>()));
            }
            if (!line.startsWith("|")) {
                columns = null;
            } else if (!examples.isEmpty() && !line.startsWith("|---")) {
                List<String> cells = Arrays.stream(line.split("\\|", -1))
                        .skip(1)
                        .map(String::strip)
                        .toList();
                Map<String, List<Map<String, String>>> tables =
                        examples.get(examples.size() - 1).tables();
                if (columns == null) {
                    columns = cells;
                    tables.put(columns.get(0), new ArrayList<>());
                } else {
                    tables.get(columns.get(0)).add(row(columns, cells));
                }
            }
        }
        return examples;
    }

    private static Map<String, String> row(List<String> columns, List<String> cells) {
        if (columns.size() != cells.size()) {
            throw new IllegalStateException(
                    "a row has " + cells.size() + " cells, its head " + columns.size() + ": " + cells);
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
        }
        return row;
    }

    static BigDecimal decimal(String cell) {
        return cell == null ? null : new BigDecimal(cell);
    }

    private static Instant day(String cell) {
        return cell == null ? null : Instant.parse(cell + "T00:00:00Z");
    }

    private static <E extends Enum<E> & Keyed> E keyed(Class<E> type, String cell) {
        return Keyed.find(type, cell).orElseThrow(() -> new IllegalStateException("\"" + cell + "\" is no " + type));
    }

    private static <E extends Enum<E> & Keyed> Set<E> several(Class<E> type, String cell) {
        return cell == null
                ? Set.of()
                : Arrays.stream(cell.split(" ")).map(word -> keyed(type, word)).collect(Collectors.toSet());
    }

    private static LeafCost charged(String leaf, List<Map<String, String>> rows) {
        List<LeafCost.Part> parts = rows.stream().map(MoneyPage::part).toList();
        Instant firstCharge = day(rows.get(0).get("from"));
        return TestLeaf.of(
                resource(leaf, rows.get(0)), firstCharge, JUNE, parts, CostBasis.EFFECTIVE, BigDecimal.TEN, null);
    }

    private static LeafCost.Part part(Map<String, String> row) {
        Instant from = day(row.get("from"));
        Instant to = day(row.get("to"));
        Instant start = from.isBefore(JUNE.start()) ? JUNE.start() : from;
        Instant end = to.isAfter(JUNE.end()) ? JUNE.end() : to;
        return new LeafCost.Part(
                keyed(Component.class, row.get("component")),
                decimal(row.get("cost")),
                decimal(row.get("committed")),
                Duration.between(start, end).toSeconds(),
                Duration.between(from, to).toSeconds());
    }

    private static LeafCost listed(String leaf, Map<String, String> row) {
        BigDecimal price = decimal(row.get("price per hour"));
        CostBasis basis = price == null ? CostBasis.UNPRICED : CostBasis.LIST;
        return TestLeaf.of(resource(leaf, row), null, null, List.of(), basis, decimal(row.get("hours run")), price);
    }

    private static Resource resource(String leaf, Map<String, String> row) {
        return Resource.builder(leaf, row.get("kind"), "aws")
                .createdAt(day(row.get("created")))
                .endedAt(day(row.get("ended")))
                .build();
    }

    private static Finding finding(Map<String, String> row) {
        return FindingBuilder.builder()
                .rule(row.get("finding"))
                .resourceId(row.get("leaf"))
                .lever(keyed(Lever.class, row.get("lever")))
                .proof(keyed(Proof.class, row.get("proof")))
                .saves(several(Component.class, row.get("saves")))
                .asks(several(Ask.class, row.get("asks")))
                .remaining(decimal(row.get("remaining")))
                .remainingBest(decimal(row.get("best")))
                .remainingWorst(decimal(row.get("worst")))
                .confidence(keyed(Confidence.class, row.get("confidence")))
                .reason("as the page says")
                .target(row.get("target"))
                .groupId(row.get("group"))
                .evidence(Map.of())
                .build();
    }
}
