package io.aiaudit.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What latency-headroom expects of a load, against servers that are as fast with so many requests in flight as was
 * measured (data/gpu_perf): arrivals at random, and a chain of the number in flight, solved and not simulated.
 */
final class MeasuredServers {
    private static final int FEWEST_POINTS = 3;
    private static final int MOST_IN_FLIGHT = 2000;
    private static final double NEGLIGIBLE = 1e-12;
    private static final int HALVINGS = 60;

    /** Mean time of a request in the server, and the share of time in which it has any. */
    private record Served(double seconds, double busy) {}

    /**
     * Of all servers whose load goes from {@code before} to {@code after}: latency as the rule expects it over that of
     * the server.
     *
     * @param slower servers that are slower than the rule expects by more than a twentieth
     */
    record Result(double before, double after, int servers, double lowest, double median, long slower) {}

    private final List<Serving> servers;

    MeasuredServers(Map<Serving.Setup, Serving> servings) {
        servers = servings.values().stream()
                .filter(serving -> serving.tokensPerSecond().size() >= FEWEST_POINTS)
                .toList();
    }

    List<Result> results() {
        return List.of(result(0.1, 0.2), result(0.1, 0.4), result(0.2, 0.4), result(0.4, 0.8));
    }

    /** By the share of time in which the server works, as a metric of utilization shows it. */
    private Result result(double before, double after) {
        List<Double> ratios = new ArrayList<>();
        for (Serving server : servers) {
            double rate = rateOf(server, before);
            Served now = serve(server, rate);
            double expected = now.seconds() * (1 - now.busy()) / (1 - now.busy() * after / before);
            ratios.add(expected / serve(server, rate * after / before).seconds());
        }
        ratios.sort(null);
        return new Result(
                before,
                after,
                servers.size(),
                ratios.get(0),
                ratios.get(ratios.size() / 2),
                ratios.stream().filter(ratio -> ratio < 0.95).count());
    }

    private static double rateOf(Serving server, double busy) {
        double low = 0;
        double high = server.capacity() / tokensOfARequest(server);
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (serve(server, middle).busy() < busy) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Requests arrive at random, {@code rate} a second. */
    private static Served serve(Serving server, double rate) {
        double share = 1;
        double sum = 1;
        double inFlight = 0;
        for (int number = 1; number <= MOST_IN_FLIGHT && share > NEGLIGIBLE * sum; number++) {
            share *= rate / requestsPerSecond(server, number);
            sum += share;
            inFlight += number * share;
        }
        return new Served(inFlight / sum / rate, 1 - 1 / sum);
    }

    /** As measured, in between on a straight line; beyond the most that was measured no faster. */
    private static double requestsPerSecond(Serving server, int inFlight) {
        NavigableMap<Integer, Double> measured = server.tokensPerSecond();
        Map.Entry<Integer, Double> below = measured.floorEntry(inFlight);
        Map.Entry<Integer, Double> above = measured.ceilingEntry(inFlight);
        double tokens;
        if (below == null) {
            tokens = above.getValue() * inFlight / above.getKey();
        } else if (above == null || above.getKey().equals(below.getKey())) {
            tokens = below.getValue();
        } else {
            double part = (double) (inFlight - below.getKey()) / (above.getKey() - below.getKey());
            tokens = below.getValue() + part * (above.getValue() - below.getValue());
        }
        return tokens / tokensOfARequest(server);
    }

    private static double tokensOfARequest(Serving server) {
        return 2.0 * server.setup().tokens();
    }
}
