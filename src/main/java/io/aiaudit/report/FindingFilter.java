package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Status;
import io.aiaudit.model.TotalsBuilder;
import io.aiaudit.model.UserError;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.VisibleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Narrows a report to the findings that meet all conditions. The savings are those of the findings that are left;
 * spend, bills and rules stay those of the whole scan, and the report says so.
 */
public final class FindingFilter {
    private static final String TAG = "tag.";
    private static final String STATUS = "status";
    private static final String ACCOUNT = "account";
    private static final int NAMED = 8;

    private static final Map<String, Function<AuditedFinding, List<String>>> KEYS = keys();

    private final List<Condition> conditions;

    private FindingFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** @param values what it compares with; those of an excluding condition match nothing in a good report */
    private record Condition(
            String text,
            String key,
            Predicate<AuditedFinding> holds,
            Function<AuditedFinding, List<String>> of,
            List<String> values) {
        /** What is compared in these findings. */
        List<String> known(Audit audit) {
            return audit.findings().stream()
                    .flatMap(finding -> of.apply(finding).stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /** One sentence for each value that no finding has; one of ours is spelt right and may have none. */
        Stream<String> unmatched(Audit audit) {
            List<String> known = known(audit);
            return values.stream()
                    .filter(value -> !value.isEmpty() && !isOurs(value, audit))
                    .filter(value -> spellings(key, List.of(value))
                            .noneMatch(
                                    spelling -> known.stream().anyMatch(name -> isMeant(key, pattern(spelling), name))))
                    .map(value ->
                            "the filter " + text + " matches no finding by \"" + value + "\". " + near(value, known));
        }

        private static boolean isOurs(String value, Audit audit) {
            return Stream.of(Keyed.keys(Status.class), Keyed.keys(Lever.class), Keyed.keys(Confidence.class))
                            .anyMatch(ours -> ours.contains(value))
                    || audit.rules().stream().anyMatch(rule -> rule.id().equals(value));
        }

        private static String near(String value, List<String> known) {
            return DidYouMean.closest(value, known)
                    .map(name -> "Did you mean \"" + name + "\"?")
                    .orElseGet(() -> known.isEmpty()
                            ? "No finding has such a value."
                            : "There is " + String.join(", ", known.subList(0, Math.min(NAMED, known.size())))
                                    + (known.size() > NAMED ? " and " + (known.size() - NAMED) + " more." : "."));
        }
    }

    private static Map<String, Function<AuditedFinding, List<String>>> keys() {
        Map<String, Function<AuditedFinding, List<String>>> keys = new LinkedHashMap<>();
        keys.put("owner", finding -> texts(finding.owner()));
        keys.put("environment", finding -> texts(finding.environment()));
        keys.put("provider", finding -> texts(finding.provider()));
        keys.put(ACCOUNT, finding -> texts(finding.accountId(), finding.accountName()));
        keys.put("region", finding -> texts(finding.region()));
        keys.put("rule", finding -> texts(finding.rule()));
        keys.put("kind", finding -> texts(finding.kind()));
        keys.put("resource", finding -> texts(finding.resourceId(), finding.resourceName()));
        keys.put("workload", finding -> texts(finding.workload()));
        keys.put(STATUS, finding -> texts(key(finding.status())));
        keys.put("lever", finding -> texts(key(finding.lever())));
        keys.put("confidence", finding -> texts(key(finding.confidence())));
        return keys;
    }

    private static List<String> texts(String... texts) {
        return Arrays.stream(texts).filter(Objects::nonNull).toList();
    }

    private static String key(Keyed constant) {
        return constant == null ? null : constant.key();
    }

    /**
     * Reads conditions such as {@code owner=data}, {@code region=eu-*}, {@code status!=accepted|blocked} and {@code
     * tag.team=search}.
     *
     * @param setting what messages call the setting, such as {@code --filter}
     * @throws UserError for a condition of another form, or of an unknown key
     */
    public static FindingFilter of(Collection<String> conditions, String setting) {
        return new FindingFilter(conditions.stream()
                .map(condition -> condition(condition.strip(), setting))
                .toList());
    }

    private static Condition condition(String text, String setting) {
        int equal = text.indexOf('=');
        boolean not = equal > 0 && text.charAt(equal - 1) == '!';
        String name =
                equal < 0 ? text : text.substring(0, not ? equal - 1 : equal).strip();
        boolean isTag = name.startsWith(TAG) && name.length() > TAG.length();
        if (equal < 1 || (!isTag && !KEYS.containsKey(name))) {
            throw new UserError(
                    setting + " has the condition \"" + VisibleText.of(text) + "\""
                            + (equal < 1 ? ", which is not KEY=VALUE." : ", whose key is unknown."),
                    (equal < 1 ? "" : DidYouMean.sentence(name, KEYS.keySet()) + " ")
                            + "Write for example owner=data, region=eu-* or tag.team=search.");
        }
        List<String> written = Arrays.stream(text.substring(equal + 1).split("\\|", -1))
                .map(String::strip)
                .map(value -> name.equals(STATUS) ? status(text, value, setting) : value)
                .toList();
        List<Pattern> values =
                spellings(name, written).map(FindingFilter::pattern).toList();
        Function<AuditedFinding, List<String>> of = isTag
                ? finding ->
                        texts(finding.tags() == null ? null : finding.tags().get(name.substring(TAG.length())))
                : KEYS.get(name);
        Predicate<AuditedFinding> holds = finding -> {
            List<String> known = of.apply(finding);
            // An empty value is what has none: owner= finds what nobody owns.
            List<String> compared = known.isEmpty() ? List.of("") : known;
            return compared.stream()
                    .anyMatch(value -> values.stream().anyMatch(pattern -> isMeant(name, pattern, value)));
        };
        return new Condition(text, name, not ? holds.negate() : holds, of, not ? List.of() : written);
    }

    /** An account also as its key, so that any spelling of its id finds it. */
    private static Stream<String> spellings(String key, List<String> written) {
        return key.equals(ACCOUNT)
                ? written.stream().flatMap(value -> Stream.of(value, ResourceIds.accountKey(value)))
                : written.stream();
    }

    private static boolean isMeant(String key, Pattern pattern, String known) {
        return pattern.matcher(known).matches()
                || (key.equals(ACCOUNT)
                        && pattern.matcher(ResourceIds.accountKey(known)).matches());
    }

    /** As its key; with a wildcard as it is. */
    private static String status(String text, String value, String setting) {
        if (value.isEmpty() || value.contains("*")) {
            return value;
        }
        return Status.named(value.toLowerCase(Locale.ROOT))
                .map(Keyed::key)
                .orElseThrow(() -> new UserError(
                        setting + " has the condition \"" + VisibleText.of(text) + "\", but there is no status \""
                                + VisibleText.of(value) + "\".",
                        DidYouMean.sentence(value, Status.names())));
    }

    /** {@code *} is any text; letters are compared without regard to case. */
    private static Pattern pattern(String value) {
        return Pattern.compile(
                Arrays.stream(value.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** As the report repeats it. */
    String words() {
        return conditions.stream().map(Condition::text).collect(Collectors.joining(", "));
    }

    /** The same audit with the findings that meet all conditions; the audit itself where there is no condition. */
    public Audit apply(Audit audit) {
        if (conditions.isEmpty()) {
            return audit;
        }
        List<AuditedFinding> left = audit.findings().stream()
                .filter(finding -> conditions.stream()
                        .allMatch(condition -> condition.holds().test(finding)))
                .toList();
        List<String> warnings = new ArrayList<>(List.of(sentence(audit, left)));
        conditions.stream().flatMap(condition -> condition.unmatched(audit)).forEach(warnings::add);
        warnings.addAll(audit.warnings());
        Set<String> ids = left.stream().map(AuditedFinding::id).collect(Collectors.toSet());
        return audit.filtered(
                audit.filter() == null ? words() : audit.filter() + ", " + words(),
                warnings,
                totals(audit.totals(), left),
                left,
                audit.checklist().stream()
                        .map(item -> item.with(only(item.findings(), ids)))
                        .toList());
    }

    private static List<String> only(List<String> findings, Set<String> ids) {
        return findings.stream().filter(ids::contains).toList();
    }

    private String sentence(Audit audit, List<AuditedFinding> left) {
        Amounts amounts = new Amounts(audit.currency());
        String whole = audit.totals().saving() == null
                ? ""
                : " The net saving of all findings is "
                        + amounts.whole(audit.totals().saving().likely()) + ".";
        return Audit.AS_CONFIGURED + "filtered by " + words() + ": "
                + String.format(
                        Locale.ROOT,
                        "%,d of %,d findings are shown.",
                        left.size(),
                        audit.findings().size())
                + whole + " Savings are of the findings shown; spend, bills and rules are of the whole scan.";
    }

    /** Of the findings that are left; coverage is of the whole and is left out. */
    private static Audit.Totals totals(Audit.Totals whole, List<AuditedFinding> left) {
        if (whole.saving() == null) {
            return TotalsBuilder.builder(whole)
                    .unpricedFindings(with(left, Status.UNPRICED).size())
                    .coverage(null)
                    .inUsePartlyChecked(null)
                    .build();
        }
        List<AuditedFinding> counted = with(left, Status.COUNTED);
        Range saving = counted.stream().map(AuditedFinding::counted).reduce(Range.NOTHING, Range::plus);
        BigDecimal gross = sum(left, FindingFilter::gross);
        BigDecimal unconfirmed = sum(with(left, Status.UNCONFIRMED), FindingFilter::gross);
        BigDecimal blocked = sum(with(left, Status.BLOCKED), FindingFilter::gross);
        BigDecimal accepted = sum(with(left, Status.ACCEPTED), FindingFilter::gross);
        BigDecimal freed = sum(counted, AuditedFinding::freedCommitment);
        BigDecimal overlap = sum(
                left,
                finding -> finding.status() == Status.COUNTED
                        ? gross(finding).subtract(finding.counted().likely()).subtract(finding.freedCommitment())
                        : finding.status() == Status.ALTERNATIVE ? gross(finding) : null);
        return TotalsBuilder.builder()
                .monthlyCost(whole.monthlyCost())
                .monthlyAiCost(whole.monthlyAiCost())
                .saving(saving)
                .savingByBasis(byBasis(counted))
                .standAloneSaving(gross)
                .overlap(overlap)
                .unconfirmedSaving(unconfirmed)
                .blockedSaving(blocked)
                .acceptedSaving(accepted)
                .freedCommitment(freed)
                .unpricedFindings(with(left, Status.UNPRICED).size())
                .runRate(whole.runRate())
                .build()
                .with(sum(with(left, Status.UNCONFIRMED), AuditedFinding::decisionAmount), whole.windowAiCost(), null);
    }

    private static BigDecimal gross(AuditedFinding finding) {
        return finding.standAlone() == null ? null : finding.standAlone().likely();
    }

    private static List<AuditedFinding> with(List<AuditedFinding> findings, Status status) {
        return findings.stream().filter(finding -> finding.status() == status).toList();
    }

    private static BigDecimal sum(List<AuditedFinding> findings, Function<AuditedFinding, BigDecimal> amount) {
        return Money.sum(findings.stream().map(amount).filter(Objects::nonNull).toList());
    }

    private static Map<String, BigDecimal> byBasis(List<AuditedFinding> counted) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (CostBasis basis : CostBasis.values()) {
            BigDecimal sum = sum(
                    counted.stream()
                            .filter(finding -> finding.costBasis() == basis)
                            .toList(),
                    finding -> finding.counted().likely());
            if (sum.signum() != 0) {
                sums.put(basis.key(), sum);
            }
        }
        return sums;
    }
}
