package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** All backtests, run once. */
record Backtests(
        List<Endpoints.Decision> decisions,
        Calibration calibration,
        List<Endpoints.Lookback> lookbacks,
        Schedules.Result proved,
        Schedules.Result unproved,
        Schedules.Result unseen,
        List<Pauses.After> pauses,
        Survival abandoned,
        Survival orphaned,
        QuietHours hours,
        Calibration unanswered,
        List<Audit.AuditedFinding> idle,
        Schedules.Idle quietOnAverage,
        long belowLowWithoutMargin,
        Map<Sizes.Sight, Sizes.Result> resized,
        List<Double> speedups,
        SpendSteps.Result spendSteps) {
    static Backtests run() throws IOException {
        List<Client> clients = Client.all();
        Endpoints endpoints = new Endpoints(clients);
        List<Endpoints.Decision> decisions = endpoints.decide("yes", "");
        List<Endpoints.Decision> withoutMargin =
                endpoints.decide("yes", "rules: {inference-endpoint-idle: {worst_margin: 0}}");
        Sizes sizes = new Sizes();
        try (Schedules schedules = new Schedules(clients)) {
            return new Backtests(
                    decisions,
                    endpoints.calibration(decisions),
                    endpoints.lookbacks(),
                    schedules.result(""),
                    schedules.result("rules: {instance-always-on: {max_cut: 1, min_busy_hours: 0}}"),
                    schedules.unseen(),
                    Pauses.after(clients, 1, 3, 5, 7),
                    Advised.standing("abandoned_instances"),
                    Advised.standing("volumes_not_attached_for_a_long_time"),
                    new QuietHours(clients),
                    endpoints.calibration(endpoints.decide("untold", "")),
                    schedules.idle(),
                    schedules.quietOnAverage(),
                    withoutMargin.size() - Endpoints.atLeastLow(withoutMargin),
                    sizes.results(),
                    Serving.speedups(sizes.servings()),
                    SpendSteps.result());
        }
    }
}
