package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * latency-headroom on endpoints whose instances are simulated queues: arrivals of one client of servegen each (by
 * window of ten minutes, and as bursty within it as was recorded), sizes of requests as the tokens of azure_llm_2023.
 * The rule sees the hourly means of the first week; the second week is served by as many instances as it named.
 */
final class Headroom {
    private static final String RULE = "latency-headroom";
    private static final double PRICE = 1.1264; // ml.g6.xlarge in us-east-1, an hour
    private static final double MEAN_SECONDS = 2;
    private static final int WEEK_HOURS = 168;
    private static final double WINDOW_SECONDS = 600;
    private static final int FEWEST_REQUESTS = 40;
    private static final double PERCENTILE = 0.95;
    private static final int CLIENTS = 20;

    private final int instances;
    private final double load;
    private final double targetSeconds;
    private final double[] sizes = sizes();
    private final Map<String, double[]> variation;

    /**
     * @param load of all instances in the busiest window of a client
     * @param targetSeconds of the 95th percentile
     */
    Headroom(int instances, double load, double targetSeconds) {
        this.instances = instances;
        this.load = load;
        this.targetSeconds = targetSeconds;
        this.variation = variation();
    }

    /**
     * What came of it.
     *
     * @param left share of the instances that the rule left, over all that it found
     * @param slow share of the requests of the second week that took longer than the target, with the instances that
     * are left
     * @param slowBefore the same with all instances
     * @param hoursOver share of the hours whose 95th percentile was above the target
     */
    record Result(
            int instances,
            double load,
            double targetSeconds,
            int endpoints,
            int found,
            double left,
            double slow,
            double slowBefore,
            double hoursOver) {}

    Result result(List<Client> all) {
        Map<String, Client> clients = new TreeMap<>();
        all.stream()
                .filter(client -> client.highest() > 0)
                .limit(CLIENTS)
                .forEach(client ->
                        clients.put("arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client.name(), client));
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                clients.forEach((id, client) -> compose(company, id, client));
                return judge(
                        company.scan(
                                RULE,
                                7,
                                "policy: [{latency: yes, environment: test, latency_target_ms: "
                                        + Math.round(targetSeconds * 1000) + "}]"),
                        clients);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private void compose(Company company, String id, Client client) {
        Company.Machine machine =
                new Company.Machine(id, "inference_endpoint", "aws", "us-east-1", "ml.g6.xlarge", "{}", PRICE);
        company.add(machine, instances);
        Served served = serve(client, 0, instances);
        for (int hour = 0; hour < WEEK_HOURS; hour++) {
            company.charge(machine, hour, instances);
            company.use(machine, hour, "requests", null, null, (double)
                    served.latencies.get(hour).size());
            company.use(machine, hour, "gpu_utilization", served.busy[hour] / 3600 / instances, null, null);
            if (!served.latencies.get(hour).isEmpty()) {
                double mean = served.latencies.get(hour).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow();
                company.use(machine, hour, "latency_ms", mean * 1000, null, null);
            }
        }
    }

    private Result judge(Audit audit, Map<String, Client> clients) {
        double left = 0;
        long requests = 0;
        long slow = 0;
        long slowBefore = 0;
        int hours = 0;
        int over = 0;
        for (Audit.AuditedFinding finding : audit.findings()) {
            Client client = clients.get(finding.resourceId());
            int fewer = Integer.parseInt(finding.target().split(" ")[0]);
            left += (double) fewer / instances;
            Served after = serve(client, WEEK_HOURS, fewer);
            requests += after.count();
            slow += after.above(targetSeconds);
            slowBefore += serve(client, WEEK_HOURS, instances).above(targetSeconds);
            for (List<Double> hour : after.latencies) {
                if (hour.size() >= FEWEST_REQUESTS) {
                    hours++;
                    List<Double> sorted = hour.stream().sorted().toList();
                    over += sorted.get((int) Math.ceil(PERCENTILE * sorted.size()) - 1) > targetSeconds ? 1 : 0;
                }
            }
        }
        int found = audit.findings().size();
        return new Result(
                instances,
                load,
                targetSeconds,
                clients.size(),
                found,
                left / found,
                (double) slow / requests,
                (double) slowBefore / requests,
                (double) over / hours);
    }

    /** A week from this hour on; what is in it when the week ends is served to the end. */
    private Served serve(Client client, int fromHour, int machines) {
        Random random = new Random(client.name().hashCode() * 31L + fromHour);
        double scale = load * instances / MEAN_SECONDS * WINDOW_SECONDS / client.highest();
        double[] cv = variation.getOrDefault(client.name(), new double[0]);
        Served served = new Served();
        List<Queue> queues = new ArrayList<>();
        for (int machine = 0; machine < machines; machine++) {
            queues.add(new Queue(served, fromHour * 3600.0));
        }
        int first = fromHour * Client.WINDOWS_PER_HOUR;
        for (int window = first; window < first + WEEK_HOURS * Client.WINDOWS_PER_HOUR; window++) {
            double rate = client.requests(window) * scale / WINDOW_SECONDS;
            if (rate <= 0) {
                continue;
            }
            double recorded = window < cv.length && cv[window] > 0 ? cv[window] : 1;
            double at = window * WINDOW_SECONDS + gap(random, rate, recorded) * random.nextDouble();
            while (at < (window + 1) * WINDOW_SECONDS) {
                queues.get(random.nextInt(machines)).arrive(at, sizes[random.nextInt(sizes.length)]);
                at += gap(random, rate, recorded);
            }
        }
        queues.forEach(Queue::finish);
        return served;
    }

    /**
     * Between two requests: of the recorded variation, as a mixture of two exponential times above 1 and an exponential
     * time up to it.
     */
    private static double gap(Random random, double rate, double cv) {
        double exponential = -Math.log(1 - random.nextDouble());
        if (cv <= 1) {
            return exponential / rate;
        }
        double square = cv * cv;
        double often = 0.5 * (1 + Math.sqrt((square - 1) / (square + 1)));
        return exponential / (random.nextDouble() < often ? 2 * often * rate : 2 * (1 - often) * rate);
    }

    /** Processor sharing: each request in it gets the same part of its time. */
    private static final class Queue {
        private final Served served;
        private final double start;
        /** {work at which it is done, when it came}. */
        private final PriorityQueue<double[]> inside =
                new PriorityQueue<>((one, other) -> Double.compare(one[0], other[0]));

        private double now;
        private double work;

        Queue(Served served, double start) {
            this.served = served;
            this.start = start;
            this.now = start;
        }

        void arrive(double at, double size) {
            advance(at);
            inside.add(new double[] {work + size, at});
        }

        void finish() {
            advance(Double.MAX_VALUE);
        }

        private void advance(double until) {
            while (!inside.isEmpty()) {
                double done = now + (inside.peek()[0] - work) * inside.size();
                if (done > until) {
                    work += (until - now) / inside.size();
                    served.busy(start, now, until);
                    now = until;
                    return;
                }
                served.busy(start, now, done);
                double[] request = inside.poll();
                work = request[0];
                now = done;
                served.add(start, request[1], done);
            }
            now = until == Double.MAX_VALUE ? now : until;
        }
    }

    /** Latencies and busy seconds by the hour in which a request came. */
    private static final class Served {
        private final List<List<Double>> latencies = new ArrayList<>();
        private final double[] busy = new double[WEEK_HOURS];

        Served() {
            for (int hour = 0; hour < WEEK_HOURS; hour++) {
                latencies.add(new ArrayList<>());
            }
        }

        void add(double start, double came, double done) {
            latencies.get((int) ((came - start) / 3600)).add(done - came);
        }

        void busy(double start, double from, double to) {
            double at = from;
            while (at < to) {
                int hour = (int) ((at - start) / 3600);
                double end = Math.min(to, start + (hour + 1) * 3600.0);
                if (hour < WEEK_HOURS) {
                    busy[hour] += end - at;
                }
                at = end;
            }
        }

        long count() {
            return latencies.stream().mapToLong(List::size).sum();
        }

        long above(double seconds) {
            return latencies.stream()
                    .flatMap(List::stream)
                    .filter(latency -> latency > seconds)
                    .count();
        }
    }

    /** Seconds that requests take alone, as different as the tokens that a service wrote for them. */
    private static double[] sizes() {
        List<Double> tokens = new ArrayList<>();
        Table.read(
                Needs.data("azure_llm_2023/AzureLLMInferenceTrace_conv.csv.gz"),
                row -> tokens.add(Double.valueOf(row.get("GeneratedTokens"))));
        double mean = tokens.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return tokens.stream().mapToDouble(each -> each / mean * MEAN_SECONDS).toArray();
    }

    /** Of the times between requests, by client and window; 0 where nothing is recorded. */
    private static Map<String, double[]> variation() {
        Map<String, double[]> variation = new TreeMap<>();
        Table.read(Needs.data("servegen/client_rate_10min.csv.gz"), row -> {
            String cv = row.get("iat_cv");
            int window = (int) (Double.parseDouble(row.get("t_s")) / WINDOW_SECONDS);
            if (!cv.isEmpty() && window < Client.WINDOWS) {
                variation
                                .computeIfAbsent(row.get("model") + "-" + row.get("client"), name -> {
                                    double[] none = new double[Client.WINDOWS];
                                    Arrays.fill(none, 0);
                                    return none;
                                })[window] =
                        Double.parseDouble(cv);
            }
        });
        return variation;
    }
}
