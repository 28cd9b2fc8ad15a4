package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * inference-endpoint-no-autoscaling, or autoscaling-signal, on endpoints with several machines that each serve one
 * client: decided on the first week; in the second an autoscaler follows the traffic, with the target that the rule
 * names: what a machine carried in the busiest hour that it saw. For autoscaling-signal the
 * present autoscaler follows the CPU of the hosts, which is the same for one request as for many, so that all machines
 * run in every hour with a request and in the one after it.
 */
final class Scaling {
    /** What the number of machines follows before the rule is heeded. */
    private enum Present {
        FIXED("inference-endpoint-no-autoscaling"),
        ANY_REQUEST("autoscaling-signal"),
        ALWAYS("autoscaling-signal");

        private final String rule;

        Present(String rule) {
            this.rule = rule;
        }
    }

    private static final double CPU = 0.4;
    private static final double PRICE = 1.408; // ml.g5.xlarge in us-east-1, an hour
    private static final int WEEK = 7;
    /** The rule's own margin: what the autoscaler keeps free. */
    private static final double MARGIN = 0.5;
    /**
     * A machine stays for an hour after the last window that needed it. What a window needs is known in the next one
     * only.
     */
    private static final int COOL_DOWN_WINDOWS = 6;

    private final Present present;
    private final int machines;
    private final Map<String, Client> clients = new TreeMap<>();

    private Scaling(Present present, List<Client> all, int machines) {
        this.present = present;
        this.machines = machines;
        all.forEach(
                client -> clients.put("arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client.name(), client));
    }

    /** {@code machines}: together they carry the busiest window of a client, and no more. All of them run always. */
    static Result ofFixed(List<Client> all, int machines) {
        return new Scaling(Present.FIXED, all, machines).result();
    }

    /** The same, with an autoscaler that follows the wrong signal: processors that work for any request. */
    static Result ofWrongSignal(List<Client> all, int machines) {
        return new Scaling(Present.ANY_REQUEST, all, machines).result();
    }

    /** The same with processors that always work, also in hours without a request. */
    static Result ofConstantSignal(List<Client> all, int machines) {
        return new Scaling(Present.ALWAYS, all, machines).result();
    }

    /**
     * What came of it.
     *
     * @param machines of each endpoint
     * @param shortShare windows with more requests than the machines of the moment carry, of all windows of endpoints
     * that were found
     * @param atLeastLow endpoints that realised at least the low end of their range
     */
    record Result(int machines, int found, double claimed, double realised, double shortShare, int atLeastLow) {
        double realisedShare() {
            return realised / claimed;
        }
    }

    /** Outside of production, so that one machine may remain; the policy allows latency. */
    private Result result() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                clients.forEach((id, client) -> compose(company, id, client));
                return judge(company.scan(present.rule, WEEK, "policy: [{latency: yes, environment: test}]"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private void compose(Company company, String id, Client client) {
        Company.Machine machine =
                new Company.Machine(id, "inference_endpoint", "aws", "us-east-1", "ml.g5.xlarge", "{}", PRICE);
        boolean scales = present != Present.FIXED;
        if (scales) {
            company.add(
                    machine,
                    machines,
                    "{\"endpoint_type\": \"realtime\", \"autoscaling\": \"enabled\", \"autoscaling_min\": \"1\", "
                            + "\"autoscaling_max\": \"" + machines
                            + "\", \"autoscaling_policies\": \"TargetTrackingScaling cpu\", "
                            + "\"autoscaling_metric\": \"CPUUtilization\"}");
        } else {
            company.add(machine, machines);
        }
        for (int hour = 0; hour < WEEK * 24; hour++) {
            int running = running(client, hour);
            company.charge(machine, hour, running);
            double requests = requests(client, hour);
            company.use(machine, hour, "requests", null, null, requests);
            if (scales) {
                company.use(machine, hour, "replicas", (double) running, null, null);
                double cpu = requests > 0 || present == Present.ALWAYS ? CPU : 0;
                company.use(machine, hour, "cpu_utilization", cpu, null, null);
            }
        }
    }

    private static double requests(Client client, int hour) {
        return Arrays.stream(client.ofHour(hour)).sum();
    }

    /** How many machines run in an hour by what they follow at present. */
    private int running(Client client, int hour) {
        boolean any = requests(client, hour) > 0 || (hour > 0 && requests(client, hour - 1) > 0);
        return present == Present.ANY_REQUEST && !any ? 1 : machines;
    }

    private Result judge(Audit audit) {
        double claimed = 0;
        double realised = 0;
        int windows = 0;
        int tooShort = 0;
        int atLeastLow = 0;
        for (Audit.AuditedFinding finding : audit.findings()) {
            Week week = new Week(clients.get(finding.resourceId()));
            double saved = PRICE * 730 * (before(clients.get(finding.resourceId())) - week.average());
            claimed += finding.counted().likely().doubleValue();
            realised += saved;
            windows += week.seen;
            tooShort += week.tooShort;
            atLeastLow += saved >= finding.counted().low().doubleValue() - 0.01 ? 1 : 0;
        }
        return new Result(
                machines, audit.findings().size(), claimed, realised, (double) tooShort / windows, atLeastLow);
    }

    /** Machines on average in the second week by what they follow at present. */
    private double before(Client client) {
        return IntStream.range(WEEK * 24, 2 * WEEK * 24)
                .map(hour -> running(client, hour))
                .average()
                .orElseThrow();
    }

    /** What the machines carried in the busiest hour that the rule saw: the target is set by that. */
    private static double busiestHour(Client client) {
        return IntStream.range(0, WEEK * 24)
                .mapToDouble(hour -> requests(client, hour))
                .max()
                .orElseThrow();
    }

    /** The second week of one client with an autoscaler. */
    private final class Week {
        private int seen;
        private int tooShort;
        private int machineWindows;

        Week(Client client) {
            double carries = client.highest() / machines;
            double target = busiestHour(client) / Client.WINDOWS_PER_HOUR / machines;
            int[] wanted = new int[Client.WINDOWS];
            for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
                double before = client.requests(window - 1);
                wanted[window] =
                        (int) Math.max(1, Math.min(machines, Math.ceil(before * (1 + MARGIN) / target - 1e-9)));
                int running = Arrays.stream(wanted, window - COOL_DOWN_WINDOWS + 1, window + 1)
                        .max()
                        .orElseThrow();
                seen++;
                machineWindows += running;
                tooShort += client.requests(window) > running * carries * (1 + 1e-9) ? 1 : 0;
            }
        }

        double average() {
            return (double) machineWindows / seen;
        }
    }
}
