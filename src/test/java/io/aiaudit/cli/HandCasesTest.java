package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small companies whose answers were worked out by hand from the pages of the rules and docs/money.md before they were
 * scanned; the calculation is in each case. All findings of a case are named, but those about governance, which are
 * where the case is about them.
 */
@Slow
class HandCasesTest {
    private static final Path CASES = Needs.projectFolder().resolve("src/test/resources/io/aiaudit/cli/hand-cases");

    /** To look at some of them, by file or name: -Daiaudit.case=REGEX. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("aiaudit.case", ""));

    private static final BigDecimal CENT = new BigDecimal("0.01");

    @TempDir
    private static Path scratch;

    /** What is one company has few enough cases that each can have accounts of its own. */
    private static final int MOST_OF_A_COMPANY = 40;

    /** One scan, whoever asks for it first. */
    private static final class Scanned {
        private final List<HandCase> cases = new ArrayList<>();
        private Run run;
        private Audit audit;

        /** Whether the case is one of this company now. */
        private boolean takes(HandCase one) {
            one.among(cases.size());
            return cases.size() < MOST_OF_A_COMPANY && cases.stream().allMatch(one::isApartFrom) && cases.add(one);
        }

        private void scan() throws IOException {
            if (run == null) {
                Path folder = Files.createTempDirectory(scratch, "company");
                for (HandCase one : cases) {
                    one.write(folder);
                }
                String config = HandCase.config(cases);
                run = Run.of(cases.get(0).arguments(folder, config).toArray(String[]::new));
                Path json = folder.resolve("out/aiaudit.json");
                audit = Files.exists(json) ? AuditJson.read(json) : null;
            }
        }
    }

    @TestFactory
    Stream<DynamicNode> what_was_worked_out_by_hand() throws IOException {
        Map<String, List<Scanned>> companies = new LinkedHashMap<>();
        List<DynamicNode> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(CASES)) {
            for (Path file : all.sorted().toList()) {
                String name = file.getFileName().toString();
                List<DynamicTest> tests = new ArrayList<>();
                for (HandCase one : HandCase.of(YamlReader.read(file))) {
                    if (ONLY.matcher(name + " " + one.name()).find()) {
                        Scanned company =
                                company(companies.computeIfAbsent(one.company(), key -> new ArrayList<>()), one);
                        tests.add(DynamicTest.dynamicTest(one.name(), () -> check(one, company)));
                    }
                }
                files.add(DynamicContainer.dynamicContainer(name, tests));
            }
        }
        files.add(DynamicContainer.dynamicContainer(
                "companies of several cases",
                companies.values().stream()
                        .flatMap(List::stream)
                        .filter(company -> company.cases.size() > 1)
                        .map(company -> DynamicTest.dynamicTest(
                                company.cases.size() + " with "
                                        + company.cases.get(0).name(),
                                () -> nothingElse(company)))));
        return files.stream();
    }

    private static Scanned company(List<Scanned> companies, HandCase one) {
        return companies.stream()
                .filter(company -> company.takes(one))
                .findFirst()
                .orElseGet(() -> {
                    Scanned alone = new Scanned();
                    companies.add(alone);
                    assertThat(alone.takes(one)).isTrue();
                    return alone;
                });
    }

    /** Every finding is of one of the cases, and what each expects adds up to what is reported. */
    private static void nothingElse(Scanned scanned) throws IOException {
        scanned.scan();
        assertThat(scanned.audit.findings())
                .filteredOn(finding -> finding.lever() != Lever.GOVERN)
                .allMatch(finding -> scanned.cases.stream().anyMatch(one -> one.owns(finding.resourceId())));
        List<String> differences = new ArrayList<>();
        for (String key : HandCase.ADDED_UP) {
            Map<String, BigDecimal> expected = new LinkedHashMap<>();
            scanned.cases.forEach(one -> one.expected()
                    .get(key)
                    .ifPresent(sums -> sums.entries()
                            .forEach((name, amount) -> expected.merge(name, amount.number(), BigDecimal::add))));
            expected.forEach((name, amount) -> sum(
                    key + "." + name,
                    amount,
                    total(key, name, scanned.audit),
                    CENT.multiply(BigDecimal.valueOf(scanned.cases.size())),
                    differences));
        }
        assertThat(differences)
                .as(() -> scanned.cases.stream().map(HandCase::name).collect(Collectors.joining("\n")))
                .isEmpty();
    }

    private static void check(HandCase handCase, Scanned scanned) throws IOException {
        scanned.scan();
        YamlNode expected = handCase.expected();
        List<String> differences = new ArrayList<>();
        BigDecimal exit = expected.get("exit").map(YamlNode::number).orElse(BigDecimal.ZERO);
        if (scanned.run.exitCode() != exit.intValue()) {
            differences.add("exit code " + scanned.run.exitCode() + ", expected " + exit);
        }
        expected.get("says").map(YamlNode::texts).orElse(List.of()).forEach(part -> {
            if (!scanned.run.err().contains(part)) {
                differences.add("does not say: " + part);
            }
        });
        if (scanned.audit != null) {
            compare(handCase, scanned, differences);
        }
        assertThat(differences)
                .as(() -> handCase.name() + "\n" + scanned.run.err())
                .isEmpty();
    }

    private static void compare(HandCase handCase, Scanned scanned, List<String> differences) {
        YamlNode expected = handCase.expected();
        Audit audit = scanned.audit;
        List<AuditedFinding> left = audit.findings().stream()
                .filter(finding -> scanned.cases.size() == 1 || handCase.owns(finding.resourceId()))
                .collect(Collectors.toCollection(ArrayList::new));
        for (YamlNode wanted : expected.get("findings").map(YamlNode::items).orElse(List.of())) {
            AuditedFinding found = left.stream()
                    .filter(finding -> finding.rule().equals(wanted.need("rule").text())
                            && finding.resourceId()
                                    .contains(handCase.own(wanted.need("of").text())))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                differences.add("not found: " + wanted.need("rule").text() + " of "
                        + wanted.need("of").text());
                continue;
            }
            left.remove(found);
            compare(handCase, wanted, found, differences);
        }
        expected.get("mix").ifPresent(mix -> mix(mix, audit, differences));
        left.stream()
                .filter(finding -> finding.lever() != Lever.GOVERN)
                .forEach(finding -> differences.add("found besides: " + reported(finding)));
        expected.get("saving")
                .ifPresent(saving -> range("saving", saving, audit.totals().saving(), differences));
        if (scanned.cases.size() == 1) {
            for (String key : HandCase.ADDED_UP) {
                expected.get(key)
                        .ifPresent(sums -> sums.entries()
                                .forEach((name, wanted) ->
                                        amount(key + "." + name, wanted, total(key, name, audit), differences)));
            }
        }
        expected.get("warnings").map(YamlNode::texts).orElse(List.of()).forEach(part -> {
            if (audit.warnings().stream().noneMatch(warning -> warning.contains(part))) {
                differences.add("no warning has " + part + " in " + audit.warnings());
            }
        });
        expected.get("verdicts")
                .ifPresent(verdicts -> verdicts.entries().forEach((name, wanted) -> {
                    String all = audit.verdicts().stream()
                            .filter(verdict -> verdict.resourceId().contains(handCase.own(name)))
                            .filter(verdict -> scanned.cases.size() == 1 || handCase.owns(verdict.resourceId()))
                            .map(verdict -> verdict.verdict() + ": " + verdict.reason())
                            .toList()
                            .toString();
                    if (!all.contains(handCase.own(wanted.text()))) {
                        differences.add("verdict of " + name + ": " + all);
                    }
                }));
        expected.get("not_examined")
                .ifPresent(rules -> rules.entries().forEach((rule, part) -> {
                    String reasons = audit.rules().stream()
                            .filter(report -> report.id().equals(rule))
                            .map(report -> report.notExaminedReasons().keySet().toString())
                            .findFirst()
                            .orElse("no such rule");
                    if (!reasons.contains(part.text())) {
                        differences.add("not examined by " + rule + ": " + reasons);
                    }
                }));
    }

    private static BigDecimal total(String key, String name, Audit audit) {
        if (key.equals("totals")) {
            return switch (name) {
                case "monthly_cost" -> audit.totals().monthlyCost();
                case "run_rate" -> audit.totals().runRate();
                default -> audit.totals().monthlyAiCost();
            };
        }
        Coverage coverage = audit.totals().coverage();
        return switch (name) {
            case "past" -> coverage.past();
            case "counted" -> coverage.counted();
            case "freed_commitment" -> coverage.freedCommitment();
            case "accepted" -> coverage.accepted();
            case "blocked" -> coverage.blocked();
            case "needs_decision" -> coverage.needsDecision();
            case "in_use" -> coverage.inUse();
            default -> coverage.notAssessed();
        };
    }

    /** Of a family, or of all: reserved, spot and on demand, the price of an hour, and a month. */
    private static void mix(YamlNode wanted, Audit audit, List<String> differences) {
        String family = wanted.need("family").text();
        Optional<GpuMix> found = audit.gpuMix().stream()
                .filter(mix -> mix.family().equals(family))
                .findFirst();
        if (wanted.get("now").isEmpty() || found.isEmpty()) {
            if (wanted.get("now").isPresent() || found.isPresent()) {
                differences.add("mix of " + family + ": " + found);
            }
            return;
        }
        part(family + " now", wanted.need("now"), found.get().now(), differences);
        part(family + " proposed", wanted.need("proposed"), found.get().proposed(), differences);
        wanted.get("after_findings")
                .ifPresent(after ->
                        part(family + " after findings", after, found.get().afterFindings(), differences));
        GpuMix.Saving saving = found.get().saving();
        wanted.get("spot").ifPresent(spot -> amount(family + " on spot", spot, saving.spot(), differences));
        wanted.get("reserving")
                .ifPresent(amount -> amount(family + " reserving", amount, saving.reserving(), differences));
        wanted.get("to_confirm")
                .ifPresent(amount -> amount(family + " to confirm", amount, saving.toConfirm(), differences));
        wanted.get("unused")
                .ifPresent(
                        unused -> amount(family + " unused", unused, found.get().unusedCommitments(), differences));
        amount(family + " undecided", wanted.need("undecided"), found.get().undecided(), differences);
        same(
                family,
                "approvals",
                wanted.need("approvals").texts().toString(),
                found.get().approvals().toString(),
                differences);
    }

    private static void part(String name, YamlNode wanted, GpuMix.Part found, List<String> differences) {
        List<YamlNode> figures = wanted.items();
        amount(name + " reserved", figures.get(0), found.reserved(), differences);
        amount(name + " spot", figures.get(1), found.spot(), differences);
        amount(name + " on demand", figures.get(2), found.onDemand(), differences);
        amount(name + " price", figures.get(3), found.price(), differences);
        amount(name + " a month", figures.get(4), found.monthlyCost(), differences);
    }

    private static void compare(HandCase handCase, YamlNode wanted, AuditedFinding found, List<String> differences) {
        String name = reported(found);
        wanted.entries().forEach((key, value) -> {
            switch (key) {
                case "status" ->
                    same(name, key, value.text(), found.status().name().toLowerCase(Locale.ROOT), differences);
                case "confidence" ->
                    same(name, key, value.text(), found.confidence().name().toLowerCase(Locale.ROOT), differences);
                case "remedy" ->
                    same(name, key, value.text(), String.valueOf(found.remedy().action()), differences);
                case "target" -> same(name, key, value.text(), found.target(), differences);
                case "basis" ->
                    same(name, key, value.text(), found.costBasis().name().toLowerCase(Locale.ROOT), differences);
                case "gross" -> range(name + " gross", value, found.standAlone(), differences);
                case "counted" -> range(name + " counted", value, found.counted(), differences);
                case "monthly" -> amount(name + " monthly", value, found.monthlyCost(), differences);
                case "run_rate" -> amount(name + " run rate", value, found.runRate(), differences);
                case "freed" -> amount(name + " freed", value, found.freedCommitment(), differences);
                case "changed" -> same(name, key, value.text(), String.valueOf(found.changedAt()), differences);
                case "reason" -> {
                    if (!(found.reason() + " " + found.statusReason()).contains(handCase.own(value.text()))) {
                        differences.add(name + " has not the words: " + value.text());
                    }
                }
                default -> {}
            }
        });
    }

    private static String reported(AuditedFinding finding) {
        return finding.rule() + " of " + finding.resourceId() + " (" + finding.status() + " " + finding.confidence()
                + ", "
                + finding.standAlone() + ", counted " + finding.counted() + ", monthly " + finding.monthlyCost()
                + ", run rate " + finding.runRate() + ", target " + finding.target() + ": " + finding.reason() + " | "
                + finding.statusReason() + ")";
    }

    private static void same(String name, String key, String wanted, String found, List<String> differences) {
        if (!String.valueOf(found).contains(wanted)) {
            differences.add(name + " " + key + ": " + found + ", expected " + wanted);
        }
    }

    private static void range(String name, YamlNode wanted, Range found, List<String> differences) {
        List<YamlNode> figures = wanted.items();
        if (found == null) {
            differences.add(name + " is unknown");
            return;
        }
        amount(name + " low", figures.get(0), found.low(), differences);
        amount(name + " likely", figures.get(1), found.likely(), differences);
        amount(name + " high", figures.get(2), found.high(), differences);
    }

    private static void amount(String name, YamlNode wanted, BigDecimal found, List<String> differences) {
        if (wanted.text().equals("unknown")) {
            if (found != null) {
                differences.add(name + ": " + found + ", expected none");
            }
        } else {
            sum(name, wanted.number(), found, CENT, differences);
        }
    }

    private static void sum(
            String name, BigDecimal wanted, BigDecimal found, BigDecimal tolerance, List<String> differences) {
        if (found == null || found.subtract(wanted).abs().compareTo(tolerance) > 0) {
            differences.add(name + ": " + found + ", expected " + wanted);
        }
    }
}
