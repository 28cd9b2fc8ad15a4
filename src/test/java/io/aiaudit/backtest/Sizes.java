package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Confidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * gpu-oversized on machines that serve models whose throughput was measured: would the target hold the model, and carry
 * the load?
 */
final class Sizes {
    private static final String RULE = "gpu-oversized";
    private static final int DAYS = 7;
    /** One of so many combinations is enough, and no multiple of the number of sights. */
    private static final int EVERY = 3;

    private static final double[] LOADS = {0.02, 0.1, 0.25};
    /** What programs can use of a card at least, and what serving software takes of it. */
    private static final double USABLE = 0.93;

    private static final double TAKEN = 0.9;
    /** Of a card that has this share of its memory left, the speed does not depend on its memory. */
    private static final double HEADROOM = 0.2;

    /** How the memory shows in the metrics. */
    enum Sight {
        USED("as much as the load needs"),
        TAKEN_WITH_ALL("taken in advance; model size and cache known"),
        TAKEN_WITH_SIZE("taken in advance; model size known"),
        TAKEN_WITH_CACHE("taken in advance; cache known");

        private final String words;

        Sight(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private record Type(String provider, String region, String name, String hardware, int devices, double memoryGib) {}

    private static final List<Type> TYPES = List.of(
            new Type("gcp", "us-central1", "a2-highgpu-1g", "A100", 1, 40),
            new Type("gcp", "us-central1", "a2-highgpu-2g", "A100", 2, 40),
            new Type("gcp", "us-central1", "a2-highgpu-4g", "A100", 4, 40),
            new Type("azure", "eastus", "Standard_NC24ads_A100_v4", "A100", 1, 80),
            new Type("azure", "eastus", "Standard_NC48ads_A100_v4", "A100", 2, 80),
            new Type("azure", "eastus", "Standard_NC96ads_A100_v4", "A100", 4, 80),
            new Type("gcp", "us-central1", "a3-highgpu-1g", "H100", 1, 80),
            new Type("gcp", "us-central1", "a3-highgpu-2g", "H100", 2, 80),
            new Type("gcp", "us-central1", "a3-highgpu-4g", "H100", 4, 80),
            new Type("aws", "us-east-1", "p5.4xlarge", "H100", 1, 80));

    /** A machine, what it truly does, and how much of that is seen. */
    private record Load(Serving serving, Sight sight, double demand, int requests) {}

    /**
     * What became of the recommendations for one sight.
     *
     * @param unconfirmed of low confidence, outside the headline
     * @param outOfMemory the target cannot hold what has to be in memory: with memory taken in advance the model and
     * one request, else the whole load
     * @param cacheTooSmall the target holds the model, but not the cache of the highest load
     * @param measured targets whose throughput with the same model was measured
     * @param tooSlow of these, targets that are slower than the highest load
     * @param saved sum of the shares of the prices that were claimed
     */
    record Result(
            int machines,
            int found,
            int unconfirmed,
            int outOfMemory,
            int cacheTooSmall,
            int measured,
            int tooSlow,
            double saved) {}

    private final Map<Serving.Setup, Serving> servings = Serving.all();
    private final Map<String, Load> loads = new HashMap<>();
    private int turn;

    Map<Sight, Result> results() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                servings.values()
                        .forEach(serving -> TYPES.stream()
                                .filter(type -> type.hardware()
                                                .equals(serving.setup().hardware())
                                        && type.devices() == serving.setup().devices())
                                .forEach(type -> compose(company, serving, type)));
                return judge(company.scan(RULE, DAYS, "policy: [{latency: yes, quality: yes}]"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    /** The loads go round, so that each appears with each sight. */
    private void compose(Company company, Serving serving, Type type) {
        for (Sight sight : Sight.values()) {
            turn++;
            double demand = LOADS[turn / (EVERY * Sight.values().length) % LOADS.length] * serving.capacity();
            Load load = new Load(serving, sight, demand, serving.requestsFor(demand));
            if (turn % EVERY == 0 && serving.neededGib(load.requests()) <= USABLE * TAKEN * type.memoryGib()) {
                String id = "m-" + turn;
                loads.put(id, load);
                add(company, id, type, load);
            }
        }
    }

    private static void add(Company company, String id, Type type, Load load) {
        boolean isSizeStated = load.sight() == Sight.TAKEN_WITH_ALL || load.sight() == Sight.TAKEN_WITH_SIZE;
        String tags = isSizeStated ? "{\"model_size_gib\": \"" + load.serving().weightsGib() + "\"}" : "{}";
        Company.Machine machine =
                new Company.Machine(id, "instance", type.provider(), type.region(), type.name(), tags, 1);
        company.add(machine);
        double busiest = load.demand() / load.serving().capacity();
        double taken = USABLE * TAKEN * type.memoryGib();
        for (int hour = 0; hour < DAYS * 24; hour++) {
            double now = 0.3 + 0.7 * Math.max(0, Math.sin(Math.PI * (hour % 24 - 8) / 12.0));
            company.use(machine, hour, "gpu_utilization", busiest * now, 1.0, null);
            double needed = load.serving().neededGib(load.requests() * now);
            boolean inAdvance = load.sight() != Sight.USED;
            // Memory taken in advance must be seen as such: at least 80 % of the nominal size.
            double seen = inAdvance ? Math.max(taken, 0.84 * type.memoryGib()) : needed;
            company.use(machine, hour, "gpu_memory_used_gib", seen, seen, null);
            if (load.sight() == Sight.TAKEN_WITH_ALL || load.sight() == Sight.TAKEN_WITH_CACHE) {
                double cache = load.serving().cacheGib(load.requests() * now) / type.devices();
                double room = seen - load.serving().neededGib(0);
                company.use(machine, hour, "kv_cache_utilization", cache / room, cache / room, null);
            }
            company.use(machine, hour, "cpu_utilization", 0.02, 0.05, null);
            company.use(machine, hour, "memory_used_gib", 10.0, 10.0, null);
        }
    }

    private Map<Sight, Result> judge(Audit audit) {
        Map<Sight, Result> results = new EnumMap<>(Sight.class);
        for (Sight sight : Sight.values()) {
            List<Audit.AuditedFinding> found = new ArrayList<>(audit.findings());
            found.removeIf(finding -> loads.get(finding.resourceId()).sight() != sight);
            int machines = (int) loads.values().stream()
                    .filter(load -> load.sight() == sight)
                    .count();
            Result start = new Result(machines, found.size(), 0, 0, 0, 0, 0, 0);
            results.put(sight, found.stream().reduce(start, this::with, (one, other) -> one));
        }
        return results;
    }

    private Result with(Result sum, Audit.AuditedFinding finding) {
        Load load = loads.get(finding.resourceId());
        Serving serving = load.serving();
        double usable = USABLE * ((Number) finding.evidence().get("target_memory_gib")).doubleValue();
        boolean unconfirmed = finding.confidence() == Confidence.LOW;
        // Requests stay as many times longer as the target is slower, by the bound that the rule reckons with.
        double slowdown = ((Number) finding.evidence().get("slowdown")).doubleValue();
        int inFlight = (int) Math.ceil(load.requests() * Math.max(1, slowdown));
        double least = serving.neededGib(load.sight() == Sight.USED ? inFlight : 1);
        boolean outOfMemory = least > usable;
        boolean cacheTooSmall = !outOfMemory && serving.neededGib(inFlight) > usable;
        String target = (String) finding.evidence().get("target_accelerator");
        Serving there = measured(serving, target, load.requests());
        return new Result(
                sum.machines(),
                sum.found(),
                sum.unconfirmed() + (unconfirmed ? 1 : 0),
                sum.outOfMemory() + (outOfMemory ? 1 : 0),
                sum.cacheTooSmall() + (cacheTooSmall ? 1 : 0),
                sum.measured() + (there == null ? 0 : 1),
                sum.tooSlow() + (there != null && there.capacity() < load.demand() ? 1 : 0),
                sum.saved()
                        + finding.standAlone().likely().doubleValue()
                                / finding.monthlyCost().doubleValue());
    }

    /**
     * The same model on the target's cards; null where this load was not measured there. The A100 that were measured
     * have 40 GiB: what needs more was measured short of memory.
     */
    private Serving measured(Serving serving, String target, int requests) {
        Serving there =
                target.matches("[AH]100.*") ? servings.get(serving.setup().on(target.substring(0, 4))) : null;
        boolean comparable = there != null
                && there.tokensPerSecond().lastKey() >= requests
                && serving.neededGib(requests) <= USABLE * 40 * (1 - HEADROOM);
        return comparable ? there : null;
    }

    Map<Serving.Setup, Serving> servings() {
        return servings;
    }
}
