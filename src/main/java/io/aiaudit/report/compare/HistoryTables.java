package io.aiaudit.report.compare;

import io.aiaudit.model.Status;
import io.aiaudit.report.compare.History.Lifetime;
import io.aiaudit.report.compare.History.Point;
import io.aiaudit.report.compare.History.Realized;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.PlainNumber;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tables of a history as rows of text, the same on a screen, a page and paper. Names are as they are; each form
 * makes them harmless.
 */
public final class HistoryTables {
    public static final List<String> AUDIT_COLUMNS =
            List.of("Audit", "AI spend", "Net saving", "Needs decision", "Blocked", "Accepted", "Not read");
    public static final List<String> REALIZED_COLUMNS =
            List.of("Resource", "Ended", "Claimed", "Before", "After", "Realized");
    public static final List<String> LIFE_COLUMNS =
            List.of("Finding", "First seen", "Decided", "Ended", "State", "Amount");

    private final History history;
    private final Amounts amounts;

    public HistoryTables(History history) {
        this.history = history;
        this.amounts = Amounts.rounded(history.currency());
    }

    public Amounts amounts() {
        return amounts;
    }

    public List<List<String>> audits() {
        return history.audits().stream().map(this::audit).toList();
    }

    private List<String> audit(Point point) {
        return List.of(
                point.day().toString(),
                amounts.money(point.monthlyAiCost()),
                amounts.money(point.amount(Status.COUNTED)),
                amounts.money(point.amount(Status.UNCONFIRMED)),
                amounts.money(point.amount(Status.BLOCKED)),
                amounts.money(point.amount(Status.ACCEPTED)),
                point.gaps() == 0 ? "" : CountedNoun.of(point.gaps(), "gap"));
    }

    /** Each row with the note under it. */
    public record Noted(List<String> cells, String note) {}

    public List<Noted> realized(int most) {
        return history.realized().stream().limit(most).map(this::realized).toList();
    }

    private Noted realized(Realized each) {
        List<String> notes = new ArrayList<>(List.of(String.join(", ", each.rules())));
        if (each.useChange() != null) {
            notes.add("use x " + PlainNumber.of(each.useChange()) + " of before, drop of the bill "
                    + amounts.money(each.drop()));
        }
        if (each.note() != null) {
            notes.add(each.note());
        }
        return new Noted(
                List.of(
                        name(each.resourceName(), each.resourceId()),
                        each.ended().toString(),
                        amounts.money(each.claimed()),
                        amounts.money(each.costBefore()),
                        amounts.money(each.costAfter()),
                        amounts.money(each.realized())),
                String.join("; ", notes));
    }

    /** What is open, the oldest first; then what was decided or has ended, the newest end first. */
    public List<List<String>> lifetimes(int most) {
        Comparator<Lifetime> openFirst = Comparator.comparing(lifetime -> !lifetime.isOpen());
        return history.findings().stream()
                .sorted(openFirst
                        .thenComparing(lifetime -> lifetime.isOpen() ? lifetime.firstSeen() : LocalDate.EPOCH)
                        .thenComparing(Lifetime::amount, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(Lifetime::id))
                .limit(most)
                .map(this::lifetime)
                .toList();
    }

    private List<String> lifetime(Lifetime lifetime) {
        return List.of(
                name(lifetime.resourceName(), lifetime.resourceId()) + ": " + lifetime.title(),
                day(lifetime.firstSeen()),
                day(lifetime.decided()),
                day(lifetime.ended()),
                lifetime.state().key().replace('_', ' '),
                amounts.money(lifetime.amount()));
    }

    /** Such as {@code 3 of 5 findings ended; of 1,000 claimed, the bills show 900 (90 %); 200 cannot be measured}. */
    public List<String> sentences() {
        History.Totals totals = history.totals();
        List<String> sentences = new ArrayList<>();
        sentences.add(CountedNoun.of(totals.findings(), "finding") + " in "
                + CountedNoun.of(history.audits().size(), "audit") + ": " + states() + ".");
        if (!history.realized().isEmpty()) {
            sentences.add(realized(totals));
        }
        if (totals.claimedUnmeasured().signum() != 0) {
            sentences.add(amounts.money(totals.claimedUnmeasured())
                    + " of it cannot be measured: no bill covers the resources since.");
        }
        sentences.add("Reviewed monthly: " + history.review().words() + ".");
        return sentences;
    }

    /** Such as {@code 3 open, 0 fixed or gone, 2 accepted}: each finding is in one class. */
    private String states() {
        History.Totals totals = history.totals();
        StringBuilder states = new StringBuilder(totals.open() + " open, " + totals.ended() + " fixed or gone");
        for (History.State state : History.State.values()) {
            long findings = history.findings().stream()
                    .filter(lifetime -> !lifetime.isOpen() && lifetime.ended() == null && lifetime.state() == state)
                    .count();
            if (findings > 0) {
                states.append(", ")
                        .append(findings)
                        .append(' ')
                        .append(state.key().replace('_', ' '));
            }
        }
        return states.toString();
    }

    private String realized(History.Totals totals) {
        return "Findings that ended had claimed " + amounts.money(totals.claimed()) + " a month. Of the "
                + amounts.money(totals.claimedMeasured()) + " that a bill can confirm, the bills dropped by "
                + amounts.money(totals.realized()) + " (" + share(totals.realized(), totals.claimedMeasured()) + ").";
    }

    /** How the realized amount compares with what was claimed, for the figure of it. */
    public String confirmed() {
        History.Totals totals = history.totals();
        return totals.claimedMeasured().signum() == 0
                ? "No bill shows an effect on a claim yet."
                : share(totals.realized(), totals.claimedMeasured()) + " of the "
                        + amounts.money(totals.claimedMeasured()) + " that a bill can confirm.";
    }

    /** In whole percent, beyond 100 and below 0 too. */
    private static String share(BigDecimal part, BigDecimal whole) {
        boolean negative = part.signum() < 0;
        String share = Amounts.share(part.abs(), whole);
        return negative && !share.equals(Amounts.UNKNOWN) ? "-" + share : share;
    }

    private static String day(LocalDate day) {
        return day == null ? Amounts.UNKNOWN : day.toString();
    }

    private static String name(String name, String id) {
        return name == null || name.isBlank() ? id : name;
    }

    public String title() {
        return "AI cost history, " + history.audits().get(0).day() + " to "
                + history.audits().get(history.audits().size() - 1).day();
    }
}
