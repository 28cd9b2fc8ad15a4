package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** All backtests, run once. */
record Backtests(
        List<Endpoints.Decision> decisions,
        Calibration calibration,
        List<Endpoints.Lookback> lookbacks,
        Schedules.Result proved,
        Schedules.Result unproved,
        Schedules.Result unseen,
        Schedules.Result offHours,
        List<Scaling.Result> scaled,
        List<Scaling.Result> signals,
        List<Scaling.Result> constantSignals,
        List<Headroom.Result> headroom,
        List<MeasuredServers.Result> measuredServers,
        List<Sharing.Result> shared,
        List<Pauses.After> pauses,
        Survival abandoned,
        Survival orphaned,
        QuietHours hours,
        Calibration unanswered,
        List<Audit.AuditedFinding> idle,
        Schedules.Idle quietOnAverage,
        long belowLowWithoutMargin,
        long withoutMargin,
        long silent,
        Map<Sizes.Sight, Sizes.Result> resized,
        List<Double> speedups,
        List<Caches.Result> caches,
        List<Responses.Result> responses,
        List<Routes.Result> routes,
        List<Routes.Result> wideRoutes,
        List<Commitments.Result> commitments,
        SpendSteps.Result spendSteps,
        IdleHours pods,
        Map<IdleHours.Sight, IdleHours.Result> podHours) {
    static Backtests run() throws IOException {
        List<Client> clients = Client.all();
        Endpoints endpoints = new Endpoints(clients);
        List<Endpoints.Decision> decisions = endpoints.decide("yes", "");
        List<Endpoints.Decision> withoutMargin =
                endpoints.decide("yes", "rules: {inference-endpoint-idle: {worst_margin: 0}}");
        Sizes sizes = new Sizes();
        IdleHours pods = new IdleHours();
        try (Schedules schedules = new Schedules(clients, Schedules.Form.MACHINE);
                Schedules offHours = new Schedules(clients, Schedules.Form.ENDPOINT)) {
            return new Backtests(
                    decisions,
                    endpoints.calibration(decisions),
                    endpoints.lookbacks(),
                    schedules.result(""),
                    schedules.result("rules: {instance-always-on: {max_cut: 1, min_busy_hours: 0}}"),
                    schedules.unseen(),
                    offHours.unseen(),
                    IntStream.of(2, 4, 8)
                            .mapToObj(machines -> Scaling.ofFixed(clients, machines))
                            .toList(),
                    IntStream.of(2, 4, 8)
                            .mapToObj(machines -> Scaling.ofWrongSignal(clients, machines))
                            .toList(),
                    IntStream.of(2, 4, 8)
                            .mapToObj(machines -> Scaling.ofConstantSignal(clients, machines))
                            .toList(),
                    List.of(
                            new Headroom(4, 0.1, 20).result(clients),
                            new Headroom(8, 0.1, 10).result(clients),
                            new Headroom(8, 0.2, 20).result(clients)),
                    new MeasuredServers(sizes.servings()).results(),
                    DoubleStream.of(0.2, 0.4, 0.8)
                            .mapToObj(peak -> new Sharing(clients, peak).result())
                            .toList(),
                    Pauses.after(clients, 1, 3, 5, 7),
                    Advised.standing("abandoned_instances"),
                    Advised.standing("volumes_not_attached_for_a_long_time"),
                    new QuietHours(clients),
                    endpoints.calibration(endpoints.decide("unspecified", "")),
                    schedules.idle(),
                    schedules.quietOnAverage(),
                    withoutMargin.size() - Endpoints.atLeastLow(withoutMargin),
                    withoutMargin.size(),
                    clients.stream()
                            .filter(client -> client.quietFrom(0) >= Client.JUDGED_FROM)
                            .count(),
                    sizes.results(),
                    Serving.speedups(sizes.servings()),
                    new Caches().results(),
                    new Responses().results(1, 5, 10),
                    new Routes().results(Routes.LOSS_WHEN_CHOOSING),
                    new Routes().results(4 * Routes.LOSS_WHEN_CHOOSING),
                    new Commitments(clients).results(),
                    SpendSteps.result(),
                    pods,
                    pods.results());
        }
    }
}
