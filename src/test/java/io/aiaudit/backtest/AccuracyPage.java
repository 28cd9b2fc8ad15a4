package io.aiaudit.backtest;

import io.aiaudit.rules.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** docs/accuracy.md: the words of the template with the figures of the backtests. */
final class AccuracyPage {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z0-9_]+)}");

    private final Map<String, String> figures = new LinkedHashMap<>();

    AccuracyPage(Backtests tests) {
        endpoints(tests);
        deletions(tests);
        idle(tests);
        schedule("schedule", tests.proved());
        schedule("unseen", tests.unseen());
        schedule("unproved", tests.unproved());
        schedule("off_hours", tests.offHours());
        scaled(tests.scaled());
        signals("signals", tests.signals());
        signals("constant_signals", tests.constantSignals());
        headroom(tests.headroom());
        measuredServers(tests.measuredServers());
        shared(tests.shared());
        sizes(tests.resized());
        speedups(tests.speedups());
        caches(tests.caches());
        responses(tests.responses());
        routes("routes", tests.routes());
        routes("wide_routes", tests.wideRoutes());
        commitments(tests.commitments());
        spendSteps(tests.spendSteps());
        pods(tests.pods(), tests.podHours());
        rules();
        goals(tests);
    }

    private void spendSteps(SpendSteps.Result steps) {
        figures.put("step_resources", count(steps.resources()));
        figures.put("step_windows", count(steps.windows()));
        figures.put("steps", count(steps.steps()));
        figures.put("step_share", percent((double) steps.steps() / steps.windows()));
        figures.put("step_found_resources", count(steps.stepResources()));
        figures.put("step_lasted", percent(steps.lasted()));
        figures.put("step_doubled", percent(steps.found()));
        figures.put("step_some", percent(steps.reported()));
        figures.put("step_trends", count(steps.trends()));
    }

    private void pods(IdleHours pods, Map<IdleHours.Sight, IdleHours.Result> hours) {
        figures.put("pods", count(pods.pods()));
        figures.put("pod_hours", count(pods.hours()));
        figures.put("pod_thresholds", String.join("\n", pods.thresholds()));
        figures.put(
                "pod_rows",
                hours.entrySet().stream()
                        .map(entry -> IdleHours.row(
                                entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '), entry.getValue()))
                        .collect(Collectors.joining("\n")));
        figures.put(
                "pod_precision",
                number(hours.get(IdleHours.Sight.MEAN_AND_MAXIMUM).precision()));
        figures.put(
                "pod_recall", number(hours.get(IdleHours.Sight.MEAN_AND_MAXIMUM).recall()));
        goal("pods", hours.values().stream().allMatch(one -> one.precision() >= 0.95 && one.recall() >= 0.65));
    }

    /** Why nothing of what they claim is lost, of the rules that say so. */
    private void rules() {
        RuleBook.builtIn().rules().stream()
                .filter(rule -> rule.likely() != null)
                .forEach(rule -> figures.put("likely_" + rule.id().replace('-', '_'), rule.likely()));
    }

    private static boolean isNear(double realisedShare) {
        return realisedShare >= 0.9 && realisedShare <= 1.1;
    }

    private void goals(Backtests tests) {
        Calibration endpoints = tests.calibration();
        goal(
                "schedule_calibration",
                Stream.of(tests.unseen(), tests.offHours())
                        .allMatch(schedule -> isNear(schedule.realised() / schedule.claimed())));
        goal("deletion_of_likely", isNear(deletionOfLikely(tests)));
        goal("endpoint_calibration", endpoints.realisedShare() >= 0.8 && endpoints.realisedShare() <= 1.1);
        goal("endpoint_of_there", endpoints.shareOfWhatWasThere() >= 0.5);
        goal("schedule_short", tests.unseen().shortShare() <= 0.01);
        goal("off_hours_short", tests.offHours().shortShare() <= 0.01);
        goal(
                "scaled",
                tests.scaled().stream().allMatch(one -> isNear(one.realisedShare()) && one.shortShare() <= 0.01));
        goal(
                "signals",
                tests.signals().stream().allMatch(one -> isNear(one.realisedShare()) && one.shortShare() <= 0.01));
        goal("shared", tests.shared().stream().allMatch(one -> one.fullShare() <= 0.01));
        goal("unanswered", endpoints.claimed() > 0 && tests.unanswered().claimed() == 0);
        goal("out_of_memory", tests.resized().values().stream().allMatch(result -> result.outOfMemory() == 0));
    }

    private void goal(String name, boolean isMet) {
        figures.put(name + "_met", isMet ? "met" : "**missed**");
    }

    String text() {
        Matcher matcher = PLACEHOLDER.matcher(template());
        return matcher.replaceAll(found -> Matcher.quoteReplacement(figure(found.group(1))));
    }

    private String figure(String name) {
        String figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("the template asks for {" + name + "}, there is " + figures.keySet());
        }
        return figure;
    }

    private static String template() {
        try (InputStream in = AccuracyPage.class.getResourceAsStream("accuracy.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endpoints(Backtests tests) {
        Calibration all = tests.calibration();
        List<Double> starts = Endpoints.coldStarts(tests.decisions());
        figures.put("endpoints", count(all.machines()));
        figures.put("endpoints_found", count(all.found()));
        figures.put("endpoint_cost", dollars(all.monthlyCost()));
        figures.put("endpoint_low", dollars(all.low()));
        figures.put("endpoint_claimed", dollars(all.claimed()));
        figures.put("endpoint_high", dollars(all.high()));
        figures.put("endpoint_realised", dollars(all.realised()));
        figures.put("endpoint_there", dollars(all.there()));
        figures.put("endpoint_calibration", number(all.realisedShare()));
        figures.put("endpoint_of_there", percent(all.shareOfWhatWasThere()));
        figures.put("endpoints_at_least_low", count(Endpoints.atLeastLow(tests.decisions())));
        figures.put("endpoints_below_without_margin", count(tests.belowLowWithoutMargin()));
        figures.put("endpoints_without_margin", count(tests.withoutMargin()));
        figures.put("endpoints_silent", count(tests.silent()));
        figures.put("cold_starts_median", number(quantile(starts, 0.5)));
        figures.put("cold_starts_p90", number(quantile(starts, 0.9)));
        figures.put(
                "lookbacks",
                tests.lookbacks().stream()
                        .map(one -> row(
                                count(one.days()),
                                count(one.deleted()),
                                percent(one.precision()),
                                percent(one.realisedShare())))
                        .collect(Collectors.joining("\n")));
    }

    private void deletions(Backtests tests) {
        figures.put("unanswered", dollars(tests.unanswered().claimed()));
        figures.put(
                "pauses",
                tests.pauses().stream()
                        .map(after -> row(
                                count(after.days()),
                                count(after.seen()),
                                percent(after.stayed()),
                                percent(after.stayedAtLeast()) + " to " + percent(after.stayedAtMost()),
                                percent(after.quiet())))
                        .collect(Collectors.joining("\n")));
        figures.put("disks", count(tests.orphaned().lasting(0)));
        figures.put("disks_month", count(tests.orphaned().lasting(30)));
        figures.put("disks_stayed", percent(tests.orphaned().stays(0, 365)));
        Survival advised = tests.abandoned();
        figures.put("advised", count(advised.lasting(0)));
        figures.put(
                "advised_rows",
                IntStream.of(7, 14, 21, 30)
                        .mapToObj(days -> {
                            int after = days - Advised.QUIET_BEFORE_ADVICE;
                            return row(
                                    count(days),
                                    count(advised.lasting(after)),
                                    percent(advised.stays(after, 7)),
                                    percent(advised.stays(after, 30)),
                                    percent(advised.quiet(after, 30)));
                        })
                        .collect(Collectors.joining("\n")));
        figures.put("deletion_precision", number(advised.stays(14 - Advised.QUIET_BEFORE_ADVICE, 7)));
        figures.put("deletion_realised", number(advised.quiet(14 - Advised.QUIET_BEFORE_ADVICE, 30)));
        figures.put("deletion_of_likely", number(deletionOfLikely(tests)));
        figures.put("deletion_machines", count(advised.lasting(14 - Advised.QUIET_BEFORE_ADVICE)));
    }

    /** What the next month saved of the likely claim of a deletion. */
    private static double deletionOfLikely(Backtests tests) {
        double lost = ((Number) RuleBook.builtIn()
                        .find("inference-endpoint-idle")
                        .parameters(Map.of())
                        .get("expected_return"))
                .doubleValue();
        return tests.abandoned().quiet(14 - Advised.QUIET_BEFORE_ADVICE, 30) / (1 - lost);
    }

    private void idle(Backtests tests) {
        figures.put(
                "means",
                DoubleStream.of(0.05, 0.01, 0.005)
                        .mapToObj(mean -> row(
                                "average at most " + percent(mean),
                                number(tests.hours().precision(mean)),
                                percent(tests.hours().shareOfWorking(mean))))
                        .collect(Collectors.joining("\n")));
        figures.put("mean_idle", count(tests.quietOnAverage().machines()));
        figures.put("mean_idle_stayed", count(tests.quietOnAverage().stayed()));
        figures.put("machines_idle", count(tests.idle().size()));
    }

    private void schedule(String name, Schedules.Result result) {
        figures.put(name + "_found", count(result.found()));
        figures.put(name + "_days", count(result.days()));
        figures.put(name + "_claimed", dollars(result.claimed()));
        figures.put(name + "_calibration", number(result.realised() / result.claimed()));
        figures.put(name + "_short", percent(result.shortShare()));
        figures.put(name + "_worst", percent(result.worstShortShare()));
    }

    private void responses(List<Responses.Result> responses) {
        figures.put("response_requests", count(responses.get(0).requests()));
        figures.put(
                "responses",
                responses.stream()
                        .map(one ->
                                row(count(one.minutes()) + " minutes", percent(one.counted()), percent(one.replayed())))
                        .collect(Collectors.joining("\n")));
    }

    private void signals(String name, List<Scaling.Result> signals) {
        figures.put(
                name + "_calibration",
                signals.stream().map(one -> number(one.realisedShare())).collect(Collectors.joining(", ")));
        figures.put(
                name + "_short",
                signals.stream().map(one -> percent(one.shortShare())).collect(Collectors.joining(", ")));
        figures.put(
                name,
                signals.stream()
                        .map(one -> row(
                                count(one.machines()),
                                count(one.found()),
                                dollars(one.claimed()),
                                number(one.realisedShare()),
                                "**" + percent(one.shortShare()) + "**"))
                        .collect(Collectors.joining("\n")));
    }

    private void headroom(List<Headroom.Result> headroom) {
        figures.put(
                "headroom_slow",
                headroom.stream().map(one -> percent(one.slow())).collect(Collectors.joining(", ")));
        figures.put(
                "headroom",
                headroom.stream()
                        .map(one -> row(
                                count(one.instances()),
                                percent(one.load()),
                                count(Math.round(one.targetSeconds())) + " s",
                                count(one.found()) + " of " + count(one.endpoints()),
                                percent(one.left()),
                                percent(one.slowBefore()),
                                "**" + percent(one.slow()) + "**",
                                percent(one.hoursOver())))
                        .collect(Collectors.joining("\n")));
        goal("headroom", headroom.stream().allMatch(one -> one.slow() <= 0.05));
    }

    private void measuredServers(List<MeasuredServers.Result> servers) {
        figures.put("measured_servers_count", count(servers.get(0).servers()));
        figures.put(
                "measured_servers",
                servers.stream()
                        .map(one -> row(
                                percent(one.before()),
                                percent(one.after()),
                                number(one.lowest()),
                                number(one.median()),
                                count(one.slower())))
                        .collect(Collectors.joining("\n")));
    }

    private void scaled(List<Scaling.Result> scaled) {
        figures.put(
                "scaled_calibration",
                scaled.stream().map(one -> number(one.realisedShare())).collect(Collectors.joining(", ")));
        figures.put(
                "scaled_short",
                scaled.stream().map(one -> percent(one.shortShare())).collect(Collectors.joining(", ")));
        figures.put(
                "scaled",
                scaled.stream()
                        .map(one -> row(
                                count(one.machines()),
                                count(one.found()),
                                dollars(one.claimed()),
                                number(one.realisedShare()),
                                percent(one.shortShare()),
                                one.atLeastLow() + " of " + one.found()))
                        .collect(Collectors.joining("\n")));
    }

    private void shared(List<Sharing.Result> shared) {
        figures.put(
                "shared_full",
                shared.stream().map(one -> percent(one.fullShare())).collect(Collectors.joining(", ")));
        figures.put(
                "shared",
                shared.stream()
                        .map(one -> row(
                                percent(one.peak()),
                                count(one.groups()),
                                count(one.members()),
                                percent(one.fullShare())))
                        .collect(Collectors.joining("\n")));
    }

    private void sizes(Map<Sizes.Sight, Sizes.Result> resized) {
        figures.put(
                "out_of_memory",
                count(resized.values().stream()
                        .mapToInt(Sizes.Result::outOfMemory)
                        .sum()));
        figures.put(
                "sizes",
                resized.entrySet().stream()
                        .map(entry -> sizes(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n")));
    }

    private void caches(List<Caches.Result> caches) {
        figures.put(
                "caches",
                caches.stream()
                        .map(one -> row(
                                one.words(),
                                percent(one.reported()),
                                percent(one.replayed()),
                                percent(one.claimed()) + " (" + percent(one.low()) + " to " + percent(one.high()) + ")",
                                percent(one.realised())))
                        .collect(Collectors.joining("\n")));
        figures.put(
                "cache_error",
                number(100
                        * caches.stream()
                                .mapToDouble(one -> Math.abs(one.reported() - one.replayed()))
                                .max()
                                .orElseThrow()));
        goal("cache_error", caches.stream().allMatch(one -> Math.abs(one.reported() - one.replayed()) <= 0.05));
        goal("cache_sign", caches.stream().allMatch(one -> (one.claimed() > 0) == (one.realised() > 0)));
        figures.put(
                "cache_calibration",
                caches.stream()
                        .filter(one -> one.claimed() > 0)
                        .map(one -> number(one.realised() / one.claimed()))
                        .collect(Collectors.joining(", ")));
        figures.put(
                "cache_sign",
                caches.stream()
                                .filter(one -> (one.claimed() > 0) == (one.realised() > 0))
                                .count()
                        + " of " + caches.size());
    }

    private void commitments(List<Commitments.Result> commitments) {
        figures.put(
                "commitments",
                commitments.stream()
                        .map(one -> row(
                                "`" + one.model() + "`",
                                dollars(one.cost()),
                                number(one.base()),
                                dollars(one.claimed()) + " (from " + dollars(one.low()) + ")",
                                dollars(one.realised()),
                                number(one.realised() / one.claimed()),
                                percent(one.idleShare())))
                        .collect(Collectors.joining("\n")));
        double claimed =
                commitments.stream().mapToDouble(Commitments.Result::claimed).sum();
        double realised =
                commitments.stream().mapToDouble(Commitments.Result::realised).sum();
        figures.put("commitment_calibration", number(realised / claimed));
        goal("commitment_calibration", realised >= 0.8 * claimed && realised <= 1.1 * claimed);
    }

    private void routes(String name, List<Routes.Result> routes) {
        figures.put(
                name,
                routes.stream()
                        .map(one -> row(
                                count(one.questions()),
                                percent(one.requests()),
                                percent(one.cost()),
                                percent(one.loss())))
                        .collect(Collectors.joining("\n")));
        figures.put(
                name + "_loss",
                percent(routes.stream().mapToDouble(Routes.Result::loss).max().orElseThrow()));
        goal(name + "_loss", routes.stream().allMatch(one -> one.loss() <= 0.01));
    }

    private static String sizes(Sizes.Sight sight, Sizes.Result result) {
        return row(
                sight.words(),
                count(result.machines()),
                count(result.found()),
                count(result.unconfirmed()),
                "**" + result.outOfMemory() + "**",
                count(result.cacheTooSmall()),
                count(result.measured()),
                count(result.tooSlow()),
                result.found() == 0 ? "-" : percent(result.saved() / result.found()));
    }

    private void speedups(List<Double> sorted) {
        figures.put("speedups", count(sorted.size()));
        figures.put("speedup_p10", number(quantile(sorted, 0.1)));
        figures.put("speedup_median", number(quantile(sorted, 0.5)));
        figures.put("speedup_p90", number(quantile(sorted, 0.9)));
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) (share * sorted.size()));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, "$%,.0f", amount);
    }
}
