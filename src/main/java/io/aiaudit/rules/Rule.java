package io.aiaudit.rules;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.UserError;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A rule as its folder describes it (DESIGN.md section 5): what it looks at, what its findings mean, its SQL and its
 * page.
 *
 * @param needs what must have been measured, else a resource is not examined
 * @param minDays days of the window that a resource existed, below which a resource is not examined
 * @param minCoverage share (0..1) of its hours that must have a point of each needed metric
 * @param sinceChange whether hours before the last lasting change of a resource are no evidence of it
 * @param atAnyNumber whether another number of instances or units is no change: what does nothing does so at any
 * @param likely why the likely saving is the whole claim, for a rule that names no {@code remaining_best}; null for the
 * others
 * @param folder where it was read from, as messages name it
 * @param sql the text of rule.sql
 * @param readme the text of README.md
 * @param tests the text of tests.yaml
 * @param builtIn false when it comes from a folder of the user
 */
@RecordBuilder
public record Rule(
        String id,
        String title,
        String summary,
        List<String> appliesTo,
        List<Need> needs,
        int minDays,
        double minCoverage,
        boolean sinceChange,
        boolean atAnyNumber,
        Map<String, Parameter> params,
        Set<Component> saves,
        Set<Ask> asks,
        Proof proof,
        String likely,
        Lever lever,
        Map<String, RemedyChoice> remedies,
        List<String> references,
        List<String> checklist,
        String folder,
        String sql,
        String readme,
        String tests,
        boolean builtIn) {
    static final String ANY_CHANGE = "changed_at";
    /**
     * Share of its hours in which something has to be measured before it is assessed, where a rule sets no other.
     */
    public static final double USUAL_COVERAGE = 0.9;

    /** The column, before any comment of its line. */
    private static final Pattern STANDBY = Pattern.compile("^(?:(?!--).)*\\bstandby\\b");

    private static final int DEFINITION_BYTES = 8;
    private static final Set<Lever> BY_USE = Set.of(Lever.ELIMINATE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);

    /** Kinds of which the inventory says who uses them, or whose rule looks for requests itself. */
    private static final Set<String> TESTED_WITHOUT_NEEDS =
            Set.of("capacity_reservation", "volume", "file_system", "service");

    public Rule {
        appliesTo = List.copyOf(appliesTo);
        needs = List.copyOf(needs);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        saves = Set.copyOf(saves);
        asks = Set.copyOf(asks);
        remedies = Collections.unmodifiableMap(new LinkedHashMap<>(remedies));
        references = List.copyOf(references);
        checklist = List.copyOf(checklist);
    }

    /**
     * Refuses what a user cannot mean by a parameter. The cases of a rule may set more, to show where it ends.
     *
     * @throws UserError for an unknown name, a value of another type or one outside of its range
     */
    public void checkParameter(String name, Object value) {
        known(name).checkRange(id, value);
    }

    private Parameter known(String name) {
        if (!params.containsKey(name)) {
            throw new UserError(
                    "rule " + id + " has no parameter \"" + name + "\".",
                    DidYouMean.sentence(name, params.keySet()) + " All are shown by: aiaudit rules show " + id);
        }
        return params.get(name);
    }

    /**
     * The value of every parameter: its default, or what {@code overrides} says.
     *
     * @throws UserError for an unknown name or a value of another type
     */
    public Map<String, Object> parameters(Map<String, Object> overrides) {
        overrides.keySet().forEach(this::known);
        Map<String, Object> values = new LinkedHashMap<>();
        params.forEach((name, parameter) -> values.put(
                name,
                overrides.containsKey(name) ? parameter.accept(id, overrides.get(name)) : parameter.defaultValue()));
        return values;
    }

    /**
     * A digest of what it judges by: its SQL, its conditions and the value of every parameter. Where it differs, so may
     * the findings, whatever the resources did.
     */
    public String definition(Map<String, Object> overrides) {
        String text = String.join(
                "\n",
                sql,
                appliesTo.toString(),
                needs.toString(),
                minDays + " " + minCoverage + (sinceChange ? " since change" : "")
                        + (atAnyNumber ? " at any number" : ""),
                parameters(overrides).toString(),
                new TreeSet<>(saves).toString(),
                new TreeSet<>(asks).toString(),
                proof + " " + lever);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DEFINITION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The column that says when a resource was last changed for it. */
    String change() {
        return atAnyNumber ? "altered_at" : ANY_CHANGE;
    }

    /** The metrics of all needs. */
    public List<String> neededMetrics() {
        return needs.stream().flatMap(need -> need.oneOf().stream()).distinct().toList();
    }

    /**
     * Whether it tests use, so that what it examines and finds nothing about may be in use: it reads a measurement of
     * use to take the resource away, for some hours or in part; or it is about what no metric measures, of which the
     * inventory says who uses it.
     */
    public boolean testsUse() {
        boolean measured = !needs.isEmpty() && BY_USE.contains(lever);
        return measured || (lever == Lever.ELIMINATE && TESTED_WITHOUT_NEEDS.containsAll(appliesTo));
    }

    /** Whether its query reads what the policy keeps as a standby, so that this decides what it finds. */
    public boolean readsStandby() {
        return sql.lines().anyMatch(STANDBY.asPredicate());
    }

    /**
     * The parameter that says for how many days nothing may happen before it calls a resource idle or unused; empty for
     * a rule that does not.
     */
    public Optional<String> idleDays() {
        return lever != Lever.ELIMINATE
                ? Optional.empty()
                : params.values().stream()
                        .filter(parameter -> "days".equals(parameter.unit()))
                        .map(Parameter::name)
                        .findFirst();
    }

    /** True when it says the same in another folder. */
    boolean isCopyOf(Rule other) {
        return id.equals(other.id)
                && sql.equals(other.sql)
                && appliesTo.equals(other.appliesTo)
                && needs.equals(other.needs)
                && minDays == other.minDays
                && minCoverage == other.minCoverage
                && sinceChange == other.sinceChange
                && atAnyNumber == other.atAnyNumber
                && params.equals(other.params)
                && saves.equals(other.saves)
                && asks.equals(other.asks)
                && proof == other.proof
                && lever == other.lever
                && remedies.equals(other.remedies);
    }

    /**
     * True when it saves something else than the time that a resource runs and the software on it, or no money, so that
     * one that does not run may be its subject as well.
     */
    boolean isAboutMore() {
        return lever == Lever.GOVERN
                || lever == Lever.COMMIT
                || !Set.of(Component.TIME, Component.LICENCE).containsAll(saves);
    }

    /** How messages, which reports have too, name its rule.sql: nothing of the folders above. */
    String sqlFile() {
        Path whole = Path.of(folder);
        Path here = Path.of("").toAbsolutePath();
        String shown = !whole.isAbsolute()
                ? folder
                : (whole.startsWith(here) ? here.relativize(whole) : whole.getFileName()).toString();
        return shown + "/" + RuleFolder.SQL;
    }

    /** The remedy of this name; without a name the first one. Empty when the rule has no such remedy. */
    Optional<RemedyChoice> remedy(String name) {
        return name == null ? remedies.values().stream().findFirst() : Optional.ofNullable(remedies.get(name));
    }

    /** How a row of its answer saves: as the remedy says that it names, else as the rule does. */
    Lever leverOf(Map<String, Object> row) {
        Object name = row.get("remedy");
        return remedy(name == null ? null : String.valueOf(name))
                .map(RemedyChoice::lever)
                .orElse(lever);
    }
}
