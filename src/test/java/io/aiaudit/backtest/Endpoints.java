package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Lever;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** inference-endpoint-idle on endpoints that each serve one client: decided on the first week, judged on the second. */
final class Endpoints {
    private static final String RULE = "inference-endpoint-idle";
    private static final double PRICE = 1.408; // ml.g5.xlarge in us-east-1, an hour
    private static final int WEEK = 7;
    /** A scaled endpoint stays up that long after its last request, and takes that long to come back. */
    private static final int IDLE_TIMEOUT_WINDOWS = 6;

    private static final int START_WINDOWS = 1;
    private static final double WINDOWS_PER_MONTH = 730.0 * Client.WINDOWS_PER_HOUR;

    private final Map<String, Client> clients = new TreeMap<>();

    Endpoints(List<Client> all) {
        all.forEach(client -> clients.put(id(client), client));
    }

    private static String id(Client client) {
        return "arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client.name();
    }

    /** What the rule reported about one endpoint. */
    record Decision(Client client, Audit.AuditedFinding finding) {
        boolean isDeletion() {
            return finding.lever() == Lever.ELIMINATE;
        }
    }

    /** @param answer of the policy on cold starts: slower responses, and requests that fail until an instance is up */
    List<Decision> decide(String answer, String more) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                clients.forEach((id, client) -> compose(company, id, client));
                Audit audit = company.scan(
                        RULE, WEEK, "policy: [{latency: " + answer + ", interruption: " + answer + "}]\n" + more);
                return audit.findings().stream()
                        .map(finding -> new Decision(clients.get(finding.resourceId()), finding))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void compose(Company company, String id, Client client) {
        Company.Machine machine =
                new Company.Machine(id, "inference_endpoint", "aws", "us-east-1", "ml.g5.xlarge", "{}", PRICE);
        // Those of inference components scale to zero, others do not; nothing does it yet.
        company.add(
                machine,
                1,
                "{\"endpoint_type\": \"realtime\", \"autoscaling\": \"none\", \"inference_components\": \"true\"}");
        for (int hour = 0; hour < WEEK * 24; hour++) {
            company.charge(machine, hour);
            double requests = Arrays.stream(client.ofHour(hour)).sum();
            company.use(machine, hour, "requests", null, null, requests);
        }
    }

    Calibration calibration(List<Decision> decisions) {
        double low = 0;
        double claimed = 0;
        double high = 0;
        double realised = 0;
        for (Decision decision : decisions) {
            low += decision.finding().counted().low().doubleValue();
            claimed += decision.finding().counted().likely().doubleValue();
            high += decision.finding().counted().high().doubleValue();
            realised += money(decision.isDeletion() ? quietShare(decision.client()) : offShare(decision.client()));
        }
        double there = clients.values().stream()
                .mapToDouble(client -> money(idleShare(client)))
                .sum();
        return new Calibration(
                clients.size(), decisions.size(), money(clients.size()), low, claimed, high, realised, there);
    }

    private static double money(double shareOfOneEndpoint) {
        return shareOfOneEndpoint * PRICE * WINDOWS_PER_MONTH / Client.WINDOWS_PER_HOUR;
    }

    /** The part of the second week before the first request: then it is deployed again, for good. */
    static double quietShare(Client client) {
        return (double) client.quietFrom(Client.JUDGED_FROM) / Client.JUDGED_FROM;
    }

    /** The part of the second week in which a scaled endpoint is down. */
    static double offShare(Client client) {
        int off = 0;
        int lastBusy = Client.JUDGED_FROM - IDLE_TIMEOUT_WINDOWS - 1;
        for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
            if (client.isBusy(window)) {
                off -= window - lastBusy > IDLE_TIMEOUT_WINDOWS + START_WINDOWS ? START_WINDOWS : 0;
                lastBusy = window;
            }
            off += window - lastBusy > IDLE_TIMEOUT_WINDOWS ? 1 : 0;
        }
        return (double) off / Client.JUDGED_FROM;
    }

    /** The part of the second week without a request: nobody could save more. */
    private static double idleShare(Client client) {
        int idle = 0;
        for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
            idle += client.isBusy(window) ? 0 : 1;
        }
        return (double) idle / Client.JUDGED_FROM;
    }

    /** What became of endpoints that were quiet for some days and would have been deleted for that. */
    record Lookback(int days, int deleted, double precision, double realisedShare) {}

    /** The rule with a shorter idle_days, which nobody should set: it shows why. */
    List<Lookback> lookbacks() {
        List<Lookback> lookbacks = new ArrayList<>();
        for (int days : new int[] {1, 3, 5, 7}) {
            List<Decision> deleted = decide("yes", "rules: {" + RULE + ": {idle_days: " + days + "}}").stream()
                    .filter(Decision::isDeletion)
                    .toList();
            double stayed = deleted.stream()
                    .filter(decision -> quietShare(decision.client()) == 1)
                    .count();
            double realised = deleted.stream()
                    .mapToDouble(decision -> quietShare(decision.client()))
                    .sum();
            lookbacks.add(new Lookback(days, deleted.size(), stayed / deleted.size(), realised / deleted.size()));
        }
        return lookbacks;
    }

    /** Cold starts a day of each scaled endpoint in the second week, sorted. */
    static List<Double> coldStarts(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> {
                    Client client = decision.client();
                    double starts = 0;
                    int lastBusy = Client.JUDGED_FROM - IDLE_TIMEOUT_WINDOWS - 1;
                    for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
                        if (client.isBusy(window)) {
                            starts += window - lastBusy > IDLE_TIMEOUT_WINDOWS ? 1 : 0;
                            lastBusy = window;
                        }
                    }
                    return starts / WEEK;
                })
                .sorted()
                .toList();
    }

    /** How many endpoints realised at least the low end of their range. */
    static long atLeastLow(List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> money(offShare(decision.client()))
                        >= decision.finding().counted().low().doubleValue() - 0.01)
                .count();
    }
}
