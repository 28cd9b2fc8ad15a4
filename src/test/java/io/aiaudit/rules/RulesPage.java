package io.aiaudit.rules;

import io.aiaudit.collect.Operation;
import io.aiaudit.collect.aws.AwsCollector;
import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.collect.gcp.GcpCollector;
import io.aiaudit.model.Component;
import io.aiaudit.model.Lever;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/rules.md from the folders of the built-in rules. */
final class RulesPage {
    static final String HEADER = """
            <!-- Generated from rules/: ./mvnw -o -q test -Dtest=RulesPageTest -Daiaudit.updateGolden=true -->

            # Rules

            'aiaudit rules list' prints the table, 'aiaudit rules show ID' a rule, with --sql its SQL. \
            How to write one: \
            [adding-a-rule.md](adding-a-rule.md).
            'live from' names the clouds whose collectors list such resources; files can hold any of them.
            'saves' names the parts of a cost that the fix ends: `licence` is software metered by the hour, no contract.
            A saving of exactly the share `min_saving` is found.

            """;

    private static final Map<String, List<? extends Operation>> OPERATIONS = Map.of(
            "aws", AwsCollector.operations(),
            "azure", AzureCollector.operations(),
            "gcp", GcpCollector.operations());

    private RulesPage() {}

    static String of(List<Rule> rules) {
        StringBuilder page = new StringBuilder(HEADER);
        page.append("| rule | problem | looks at | needs | live from | lever | saves | proof |\n")
                .append("|---".repeat(8))
                .append("|\n");
        for (Rule rule : rules) {
            page.append("| [%s](#%s) | %s | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            rule.id(),
                            rule.id(),
                            rule.title(),
                            words(rule.appliesTo()),
                            needs(rule),
                            clouds(rule),
                            rule.lever().key(),
                            saves(rule),
                            rule.proof().key()));
        }
        rules.forEach(rule -> page.append(section(rule)));
        return page.toString();
    }

    private static String section(Rule rule) {
        StringBuilder section = new StringBuilder("\n## " + rule.id() + "\n\n" + rule.summary() + "\n");
        section.append("Examined with %s in at least %s %% of its hours%s.\n"
                .formatted(
                        rule.needs().isEmpty() ? "no metric" : needs(rule),
                        Math.round(rule.minCoverage() * 100),
                        rule.minDays() == 0
                                ? ""
                                : ", if it existed for at least %d days of the window".formatted(rule.minDays())));
        if (!rule.params().isEmpty()) {
            section.append("\n| parameter | default | unit | meaning |\n|---|---|---|---|\n");
            rule.params()
                    .values()
                    .forEach(parameter -> section.append("| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    parameter.name(),
                                    parameter.defaultValue(),
                                    parameter.unit() == null ? "-" : parameter.unit(),
                                    parameter.help())));
        }
        section.append(
                "\n| remedy | action | lever | approval | effort | speed | where |\n|---|---|---|---|---|---|---|\n");
        rule.remedies().values().forEach(remedy -> section.append(remedy(rule, remedy)));
        section.append(rule.readme()
                .lines()
                .dropWhile(line -> !line.startsWith("## "))
                .map(line -> line.startsWith("## ") ? "#" + line : line)
                .map(RulesPage::withLinksOfThePage)
                .collect(Collectors.joining("\n", "\n", "\n")));
        if (!rule.references().isEmpty()) {
            section.append("\n")
                    .append(rule.references().stream()
                            .map(link -> "<" + link + ">")
                            .collect(Collectors.joining("\n\n")))
                    .append("\n");
        }
        return section.toString();
    }

    /** The README of a rule lies two folders deeper, and that of another rule is a section of the page. */
    private static String withLinksOfThePage(String line) {
        return line.replace("](../../docs/", "](").replaceAll("\\]\\(\\.\\./([a-z0-9-]+)/README\\.md\\)", "](#$1)");
    }

    private static String remedy(Rule rule, RemedyChoice remedy) {
        String asks = words((remedy.asks() == null ? rule.asks() : remedy.asks())
                .stream().map(ask -> ask.key()).sorted().toList());
        String where = remedy.feasibleWhen().entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining("; "))
                .replace("=", ": ");
        return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        remedy.name(),
                        remedy.generalAction(),
                        (remedy.lever() == null ? rule.lever() : remedy.lever()).key(),
                        asks,
                        remedy.effort(),
                        remedy.generalSpeed(),
                        where.isEmpty() ? "everywhere" : where);
    }

    /** Those whose collectors list resources of its kinds; from files it looks at all. */
    private static String clouds(Rule rule) {
        return words(OPERATIONS.entrySet().stream()
                .filter(cloud -> cloud.getValue().stream()
                        .flatMap(operation -> operation.kinds().stream())
                        .anyMatch(rule.appliesTo()::contains))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    private static String saves(Rule rule) {
        return rule.lever() == Lever.GOVERN
                ? "-"
                : words(rule.saves().stream().sorted().map(Component::key).toList());
    }

    private static String needs(Rule rule) {
        return words(rule.needs().stream().map(Need::toString).toList()).replace(" or ", "` or `");
    }

    private static String words(List<String> words) {
        return words.isEmpty()
                ? "-"
                : words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
