package io.aiaudit.rules;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Whole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks one row that a rule returned and turns it into a finding. */
final class RuleAnswer {
    static final List<String> CLAIM_COLUMNS = List.of(
            "resource_id",
            "remaining",
            "remaining_best",
            "remaining_worst",
            "confidence",
            "reason",
            "target",
            "remedy",
            "group_id",
            "not_examined",
            "not_concerned");
    /** Two shares computed by the same formula may differ in their last binary digit. */
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

    private final Rule rule;
    private final Map<String, Map<String, String>> subjects;
    private final boolean pricesTokens;
    private final Parts parts;

    /**
     * What one rule answered.
     *
     * @param subjects resource id to the values that commands are filled with, {@code provider}, and {@code maker}
     * where a model is bought from its maker
     * @param pricesTokens whether the rule reads prices of tokens
     * @param parts what a remedy changes beside the resource
     */
    RuleAnswer(Rule rule, Map<String, Map<String, String>> subjects, boolean pricesTokens, Parts parts) {
        this.rule = rule;
        this.subjects = subjects;
        this.pricesTokens = pricesTokens;
        this.parts = parts;
    }

    /** True where the rule has no question to the resource of the row, which is of its kinds and yet something else. */
    boolean isNotConcerned(Map<String, Object> row) {
        Object value = row.get("not_concerned");
        if (value != null && !(value instanceof Boolean)) {
            throw new RuleException("not_concerned is " + value + ", expected true, false or NULL.");
        }
        if (Boolean.TRUE.equals(value)) {
            resourceId(row);
        }
        return Boolean.TRUE.equals(value);
    }

    /** Why the rule itself could not judge the resource of the row. */
    Optional<String> notExamined(Map<String, Object> row) {
        Optional<String> reason = text(row, "not_examined");
        reason.ifPresent(given -> {
            if (given.isBlank()) {
                throw new RuleException(
                        "not_examined is empty for " + resourceId(row) + ", expected a reason or NULL.");
            }
            resourceId(row);
        });
        return reason.isPresent() ? reason : ManagedGroups.undone(rule, remedy(row), subjects.get(resourceId(row)));
    }

    /** The finding; empty when the platform does not offer the remedy that the rule names. */
    Optional<Finding> finding(Map<String, Object> row) {
        String resourceId = resourceId(row);
        Map<String, String> subject = subjects.get(resourceId);
        RemedyChoice choice = remedy(row);
        Map<String, Object> evidence = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (!CLAIM_COLUMNS.contains(column)) {
                evidence.put(column, Evidence.of(column, value));
            }
        });
        if (pricesTokens && subject.get("maker") != null) {
            evidence.put("token_prices_of", subject.get("maker"));
        }
        Lever lever = choice.lever() == null ? rule.lever() : choice.lever();
        String groupId = text(row, "group_id").orElse(null);
        Shares shares = lever == Lever.GOVERN ? Shares.NOTHING_SAVED : shares(row);
        if (!choice.isOfferedBy(subject.get("provider"))) {
            return Optional.empty();
        }
        Remedy remedy = remedy(choice, row, subject);
        return Optional.of(FindingBuilder.builder()
                .rule(rule.id())
                .resourceId(resourceId)
                .lever(lever)
                .proof(rule.proof())
                .saves(rule.saves())
                .asks(choice.asks() == null ? rule.asks() : choice.asks())
                .remaining(shares.likely())
                .remainingBest(shares.best())
                .remainingWorst(shares.worst())
                .confidence(confidence(row))
                .reason(text(row, "reason").orElse(rule.summary()))
                .target(text(row, "target").orElse(null))
                .remedy(remedy)
                .groupId(groupId)
                .whole(whole(choice, lever, row, groupId, remedy))
                .evidence(evidence)
                .build());
    }

    private record Shares(BigDecimal best, BigDecimal likely, BigDecimal worst) {
        static final Shares NOTHING_SAVED = new Shares(null, BigDecimal.ONE, null);
    }

    private String resourceId(Map<String, Object> row) {
        String id = text(row, "resource_id").orElseThrow(() -> new RuleException("a row has no resource_id."));
        if (!subjects.containsKey(id)) {
            throw new RuleException("it returned the resource \"" + id + "\", which is not in subject.");
        }
        return id;
    }

    private Shares shares(Map<String, Object> row) {
        BigDecimal likely = share(row, "remaining")
                .orElseThrow(() -> new RuleException("remaining is empty for " + row.get("resource_id") + "."))
                .min(BigDecimal.ONE);
        BigDecimal best =
                share(row, "remaining_best").map(value -> atMost(value, likely)).orElse(null);
        BigDecimal worst = share(row, "remaining_worst")
                .map(value -> atMost(value.negate(), likely.negate()).negate().min(BigDecimal.ONE))
                .orElse(null);
        boolean ordered =
                (best == null || best.compareTo(likely) <= 0) && (worst == null || worst.compareTo(likely) >= 0);
        if (!ordered) {
            throw new RuleException("remaining must lie between remaining_best and remaining_worst, found "
                    + row.get("remaining_best") + ", " + row.get("remaining") + ", " + row.get("remaining_worst")
                    + " for " + row.get("resource_id") + ".");
        }
        return new Shares(best, likely, worst);
    }

    /** {@code value}, or the limit if it exceeds it by no more than a rounding error. */
    private static BigDecimal atMost(BigDecimal value, BigDecimal limit) {
        return value.compareTo(limit) > 0 && value.subtract(TOLERANCE).compareTo(limit) <= 0 ? limit : value;
    }

    private static Optional<BigDecimal> share(Map<String, Object> row, String column) {
        Object value = row.get(column);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw new RuleException(column + " is " + number + " for " + row.get("resource_id") + ".");
        }
        if (!(value instanceof Number)) {
            throw new RuleException(column + " is \"" + value + "\", expected a number.");
        }
        BigDecimal share = new BigDecimal(value.toString());
        if (share.signum() < 0) {
            throw new RuleException(
                    column + " is " + share + " for " + row.get("resource_id") + ", expected 0 or more.");
        }
        return Optional.of(share);
    }

    private static Confidence confidence(Map<String, Object> row) {
        String word = text(row, "confidence").orElse(Confidence.MEDIUM.key());
        return Keyed.find(Confidence.class, word)
                .orElseThrow(() -> new RuleException("confidence is \"" + word + "\", expected high, medium or low."));
    }

    private RemedyChoice remedy(Map<String, Object> row) {
        String name = text(row, "remedy").orElse(null);
        return rule.remedy(name)
                .orElseThrow(() -> new RuleException("it returned the remedy \"" + name + "\". "
                        + DidYouMean.sentence(
                                String.valueOf(name), rule.remedies().keySet())));
    }

    private Whole whole(RemedyChoice choice, Lever lever, Map<String, Object> row, String groupId, Remedy itsOwn) {
        return ManagedGroups.changesInstance(rule, lever)
                ? parts.whole(
                        rule,
                        choice,
                        resourceId(row),
                        groupId,
                        itsOwn,
                        (forPart, part, values) -> filled(forPart, part, row, values))
                : null;
    }

    private Remedy remedy(RemedyChoice choice, Map<String, Object> row, Map<String, String> subject) {
        Map<String, String> values = new HashMap<>(subject);
        row.forEach((column, value) -> {
            TerraformSnippet.number(value).ifPresent(number -> values.put("number:" + column, number));
            if (value instanceof String words) {
                values.put("text:" + column, words);
            }
        });
        return filled(choice, resourceId(row), row, values);
    }

    /** Numbers and texts in commands are those of {@code known}: what the rule counted of a whole is not its part's. */
    private Remedy filled(RemedyChoice choice, String resourceId, Map<String, Object> row, Map<String, String> known) {
        Map<String, String> values = new HashMap<>(known);
        values.put("target", text(row, "target").orElse(null));
        String provider = known.get("provider");
        CommandBlock block = new CommandBlock(rule.id(), resourceId);
        values.put("file_name", block.fileName(known.get("short_id")));
        List<String> commands = block.withValuesToFillIn(ResourceCommand.fill(
                block.withOwnVariables(choice.commands(provider, known.get("command_kind"))), values));
        String condition = choice.condition(provider);
        String action = RemedyText.filled(choice.action(), row, values)
                + (condition == null ? "" : " Requires: " + condition + ".");
        String speed = RemedyText.filled(choice.speed(), row, values);
        String compliance = RemedyText.filled(choice.compliance(), row, values);
        List<String> terraform = TerraformSnippet.first(choice.terraform(provider, known.get("kind")), values, row);
        return new Remedy(action, choice.effort(), speed, compliance, commands, terraform);
    }

    private static Optional<String> text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        if (value != null && !(value instanceof String)) {
            throw new RuleException(column + " is " + value + ", expected text.");
        }
        return Optional.ofNullable((String) value);
    }

    /** The rows with the columns' names in lower case. */
    static List<Map<String, Object>> named(io.aiaudit.store.Rows rows) {
        List<Map<String, Object>> named = new ArrayList<>();
        for (List<Object> row : rows.rows()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                values.put(rows.columns().get(i).name().toLowerCase(java.util.Locale.ROOT), row.get(i));
            }
            named.add(values);
        }
        return named;
    }
}
