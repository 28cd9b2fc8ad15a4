package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Status;
import io.aiaudit.report.chart.Bar;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MarkdownText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the hours of accelerators are bought, now and as proposed, and by hour of the day what would be under which. */
public final class GpuMixView {
    /** What the shares are of, and what the proposal rests on. */
    public static final String EXPLAINED =
            "The proposed mix applies after all other counted findings. Existing commitments stay. One-year "
                    + "commitments cover only what the rule commitment-mix proposes. Other interruptible work runs on "
                    + "spot; on-demand capacity covers the rest.";

    /** What the table is not: unit costs have other hours, and the price of a mix has two causes. */
    public static final String BASIS =
            "These prices cover only resources that still exist; the cost per used GPU hour above covers all "
                    + "resources measured. A price can change although the mix stays the same, because "
                    + "other counted fixes remove hours or move work to other instance types.";

    public static final String TITLE = "Accelerator purchase options: current and proposed";

    public static final String CHART = "Proposed accelerators by hour of the day (UTC), mean number in the window";

    /** From the axis upwards. */
    private static final List<Map<String, Object>> LEGEND = List.of(
            View.of("ink", Ink.SERIES_1.css(), "name", "Reserved"),
            View.of("ink", Ink.SERIES_3.css(), "name", "Spot"),
            View.of("ink", Ink.SERIES_2.css(), "name", "On demand"));

    private static final Set<Lever> OF_BUYING = Set.of(Lever.RATE, Lever.COMMIT);

    /** Share of the highest bar. */
    private static final BigDecimal SEEN = new BigDecimal("0.1");

    private GpuMixView() {}

    /** Whether there is a choice to show: a proposal that changes nothing and saves nothing is none. */
    public static boolean isToShow(Audit audit) {
        return audit.gpuMix().stream().anyMatch(GpuMixView::changes);
    }

    private static boolean changes(GpuMix mix) {
        GpuMix.Saving saving = mix.saving();
        return saving == null
                || saving.spot().signum() != 0
                || saving.reserving().signum() != 0
                || saving.toConfirm().signum() != 0
                || (mix.unusedCommitments() != null && mix.unusedCommitments().signum() != 0)
                || !mix.now().equals(mix.proposed());
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        List<GpuMix> mixes = audit.gpuMix();
        return View.of(
                "any",
                isToShow(audit),
                "title",
                TITLE,
                "chart",
                CHART,
                "explained",
                EXPLAINED,
                "basis",
                BASIS,
                "shows",
                mixes.isEmpty() ? "" : ChartCaptions.hours(mixes.get(0)),
                "steps",
                mixes.isEmpty() ? "" : steps(mixes.get(0), amounts),
                "unused",
                mixes.isEmpty() ? "" : unused(mixes.get(0), amounts),
                "saving",
                saving(audit, amounts),
                "notes",
                notes(audit).stream().map(View::prose).toList(),
                "rows",
                mixes.stream().map(mix -> row(mix, amounts)).toList(),
                "charts",
                mixes.isEmpty() || !varies(mixes.get(0))
                        ? List.of()
                        : Charts.hours(bars(mixes.get(0)), LABEL).stream()
                                .<Object>map(View::markup)
                                .toList(),
                "legend",
                LEGEND);
    }

    public static final String LABEL =
            "Accelerators by hour of the day (UTC) as proposed: reserved, spot and on demand, stacked. The table "
                    + "above has the shares.";

    /** What an hour costs now, after all other findings that count, and with the mix. */
    public static String steps(GpuMix mix, Amounts amounts) {
        return "Blended price of a GPU hour: " + price(mix.now(), amounts) + " now, "
                + (mix.afterFindings() == null
                        ? price(mix.proposed(), amounts) + " proposed."
                        : price(mix.afterFindings(), amounts) + " after other counted findings, "
                                + price(mix.proposed(), amounts) + " with the mix.");
    }

    /** What of each price is paid for nothing; empty where all is used, and for an older audit. */
    public static String unused(GpuMix mix, Amounts amounts) {
        return mix.unusedCommitments() == null || mix.unusedCommitments().signum() == 0
                ? ""
                : "Each price includes " + amounts.whole(mix.unusedCommitments())
                        + " a month for existing commitments that go unused; use them before you buy more.";
    }

    /**
     * What of the proposal is in the net saving or in a decision: the moves to spot or to a commitment, in the amounts
     * that the findings have. The mix itself would save another sum, as it moves work that no finding moves.
     */
    public static String saving(Audit audit, Amounts amounts) {
        Set<String> accelerated = audit.resources().stream()
                .filter(resource -> resource.accelerator() != null)
                .map(AuditedResource::resourceId)
                .collect(Collectors.toSet());
        BigDecimal open = Money.sum(Findings.with(audit, Status.UNCONFIRMED).stream()
                .filter(finding -> OF_BUYING.contains(finding.lever())
                        && accelerated.contains(finding.resourceId())
                        && finding.decisionAmount() != null)
                .map(AuditedFinding::decisionAmount)
                .toList());
        return "The net saving includes " + amounts.whole(counted(audit, accelerated, Lever.RATE))
                + " a month from moves to spot and " + amounts.whole(counted(audit, accelerated, Lever.COMMIT))
                + " from commitments."
                + (open.signum() == 0 ? "" : " Open decisions on such moves add " + amounts.whole(open) + ".")
                + " Other moves here are excluded from totals.";
    }

    private static BigDecimal counted(Audit audit, Set<String> accelerated, Lever lever) {
        return Money.sum(Findings.with(audit, Status.COUNTED).stream()
                .filter(finding -> finding.lever() == lever
                        && accelerated.contains(finding.resourceId())
                        && finding.counted() != null)
                .map(finding -> finding.counted().likely())
                .toList());
    }

    /** The same as a table, one line for each family. */
    public static String markdown(Audit audit, Amounts amounts) {
        if (audit.gpuMix().isEmpty()) {
            return "";
        }
        GpuMix all = audit.gpuMix().get(0);
        StringBuilder text = new StringBuilder(MarkdownText.sentence(
                        String.join(" ", steps(all, amounts), unused(all, amounts), saving(audit, amounts), EXPLAINED)
                                .replaceAll(" +", " ")))
                .append("\n\n")
                .append(MarkdownText.head(
                        4,
                        "per hour now",
                        "after other findings",
                        "with the mix",
                        "accelerator",
                        "reserved / spot / on demand now",
                        "proposed"));
        audit.gpuMix()
                .forEach(mix -> text.append(MarkdownText.row(
                        price(mix.now(), amounts),
                        priceAfter(mix, amounts),
                        price(mix.proposed(), amounts),
                        MarkdownText.sentence(family(mix)),
                        shares(mix.now()),
                        shares(mix.proposed()))));
        notes(audit)
                .forEach(note ->
                        text.append('\n').append(MarkdownText.sentence(note)).append('\n'));
        return text.toString();
    }

    private static String priceAfter(GpuMix mix, Amounts amounts) {
        return mix.afterFindings() == null ? Amounts.UNKNOWN : price(mix.afterFindings(), amounts);
    }

    /** Of all families: {@code All accelerators}. */
    public static String family(GpuMix mix) {
        return mix.family().equals(GpuMix.ALL) ? "All accelerators" : mix.family();
    }

    /** Such as {@code 25 % / 10 % / 65 %}. */
    public static String shares(GpuMix.Part part) {
        return share(part.reserved()) + " / " + share(part.spot()) + " / " + share(part.onDemand());
    }

    /** What is open: who has to approve what, and what is unspecified. */
    public static List<String> notes(Audit audit) {
        List<String> notes = new ArrayList<>();
        if (audit.gpuMix().isEmpty()) {
            return notes;
        }
        GpuMix all = audit.gpuMix().get(0);
        if (all.approvals().contains("commitment")) {
            notes.add("Reserving needs approval of a one-year commitment: set `commitment: yes` in the policy.");
        }
        if (all.undecided() != null && all.undecided().signum() > 0) {
            notes.add("The policy sets no `interruption` for " + share(all.undecided())
                    + " of the proposed hours. Those hours stay off spot until you set it.");
        }
        return notes;
    }

    /** Whether a bar is much lower than another in one of its parts: equal bars say no more than one sentence. */
    public static boolean varies(GpuMix mix) {
        BigDecimal most = mix.byHour().stream()
                .map(hour -> hour.reserved().add(hour.spot()).add(hour.onDemand()))
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
        return Stream.<Function<GpuMix.Hour, BigDecimal>>of(
                        GpuMix.Hour::reserved, GpuMix.Hour::spot, GpuMix.Hour::onDemand)
                .anyMatch(part -> spread(mix, part).compareTo(most.multiply(SEEN)) > 0);
    }

    private static BigDecimal spread(GpuMix mix, Function<GpuMix.Hour, BigDecimal> part) {
        List<BigDecimal> values = mix.byHour().stream().map(part).sorted().toList();
        return values.isEmpty()
                ? BigDecimal.ZERO
                : values.get(values.size() - 1).subtract(values.get(0));
    }

    /** One bar for each hour of the day. */
    public static List<Bar> bars(GpuMix mix) {
        return mix.byHour().stream()
                .map(hour -> new Bar(
                        String.format(Locale.ROOT, "%02d", hour.hour()),
                        List.of(
                                new Bar.Part(hour.reserved(), Ink.SERIES_1, null),
                                new Bar.Part(hour.spot(), Ink.SERIES_3, null),
                                new Bar.Part(hour.onDemand(), Ink.SERIES_2, null))))
                .toList();
    }

    private static Map<String, Object> row(GpuMix mix, Amounts amounts) {
        return View.of(
                "family", family(mix),
                "now", shares(mix.now()),
                "price", price(mix.now(), amounts),
                "price_after", priceAfter(mix, amounts),
                "proposed", shares(mix.proposed()),
                "price_proposed", price(mix.proposed(), amounts));
    }

    public static String price(GpuMix.Part part, Amounts amounts) {
        return part.price() == null ? Amounts.UNKNOWN : amounts.sign() + Amounts.price(part.price());
    }

    private static String share(BigDecimal share) {
        return Amounts.share(share, BigDecimal.ONE);
    }
}
