package io.aiaudit.config;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.UserError;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rules that run in an audit, with their thresholds, and those that the user excluded. */
public final class RuleSelection {
    private final RuleBook book;
    private final List<Selected> selected = new ArrayList<>();
    private final Map<String, String> locations = new TreeMap<>();
    private final List<RuleOutcome.Skipped> skipped = new ArrayList<>();

    /** A rule with the parameters that the user changed. */
    public record Selected(Rule rule, Map<String, Object> parameters) {}

    private RuleSelection(RuleBook book) {
        this.book = book;
    }

    /**
     * Looks every name up that the user gave.
     *
     * @throws UserError for a rule, a folder or a parameter that does not exist
     */
    public static RuleSelection of(Config.RuleChoice choice) {
        RuleBook book = choice.folder() == null ? RuleBook.builtIn() : RuleBook.with(choice.folder());
        RuleSelection selection = new RuleSelection(book);
        Set<String> only = new LinkedHashSet<>(choice.only());
        Set<String> skip = new LinkedHashSet<>(choice.skipped());
        only.forEach(book::find);
        skip.forEach(book::find);
        choice.parameters().forEach((id, node) -> {
            selection.check(id, node);
            selection.locations.put(id, node.location());
        });
        for (Rule rule : book.rules()) {
            if (skip.contains(rule.id())) {
                selection.skipped.add(new RuleOutcome.Skipped(rule.id(), "left out by --skip-rule."));
            } else if (!only.isEmpty() && !only.contains(rule.id())) {
                selection.skipped.add(new RuleOutcome.Skipped(rule.id(), "left out by --rule."));
            } else {
                Config.RuleParameters parameters = choice.parameters().get(rule.id());
                selection.selected.add(new Selected(rule, parameters == null ? Map.of() : parameters.values()));
            }
        }
        return selection;
    }

    private void check(String id, Config.RuleParameters parameters) {
        List<String> known = ids();
        if (!known.contains(id)) {
            throw new UserError(
                    parameters.location() + ": rules: there is no rule \"" + id + "\".",
                    DidYouMean.nearest(id, known) + " 'aiaudit rules list' shows all.");
        }
        Rule rule = book.find(id);
        parameters.values().forEach((name, value) -> {
            try {
                rule.checkParameter(name, value);
            } catch (UserError e) {
                throw new UserError(parameters.locations().get(name) + ": " + e.problem(), e.fix(), e);
            }
        });
    }

    /**
     * One sentence for each rule of which the user changed parameters, and that had nothing to look at or did not run.
     */
    public List<String> warnings(List<RuleOutcome> outcomes) {
        List<String> warnings = new ArrayList<>();
        for (RuleOutcome outcome : outcomes) {
            String location = locations.get(outcome.rule());
            boolean idle = outcome instanceof RuleOutcome.Skipped
                    || (outcome instanceof RuleOutcome.Evaluated evaluated
                            && evaluated.examined().isEmpty()
                            && evaluated.notExamined().isEmpty());
            if (location != null && idle) {
                warnings.add(location + ": the parameters of " + outcome.rule() + " have no effect: "
                        + (outcome instanceof RuleOutcome.Skipped
                                ? "the rule did not run."
                                : "this scan has no resource of its kinds."));
            }
        }
        return warnings;
    }

    /** Of every rule, whether it runs or not. */
    public List<String> ids() {
        return book.rules().stream().map(Rule::id).toList();
    }

    public List<Selected> selected() {
        return selected;
    }

    public List<RuleOutcome.Skipped> skipped() {
        return skipped;
    }

    /**
     * For how many days nothing may happen before the rule calls a resource idle, as the user has it; empty for a rule
     * that calls nothing idle.
     */
    public Optional<Long> idleDays(String id) {
        Rule rule = rule(id);
        return rule.idleDays()
                .map(name -> ((Number) rule.parameters(changed(id)).get(name)).longValue());
    }

    /** A parameter that is a list of texts, as the user has it. */
    public List<String> texts(String id, String parameter) {
        Object value = rule(id).parameters(changed(id)).get(parameter);
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    /** What a rule judges by, with the parameters that the user changed, as a digest. */
    public String definition(Rule rule) {
        return rule.definition(changed(rule.id()));
    }

    private Map<String, Object> changed(String id) {
        return selected.stream()
                .filter(each -> each.rule().id().equals(id))
                .findFirst()
                .map(Selected::parameters)
                .orElse(Map.of());
    }

    public Rule rule(String id) {
        return book.find(id);
    }
}
