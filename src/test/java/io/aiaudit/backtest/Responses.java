package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whole requests that repeat in the recorded hour of mooncake, counted as response-cacheable counts them (within one
 * minute, five, ten of the clock) and replayed with a store that keeps a response for as long after it was written. A
 * request is the same where all its blocks and its length are.
 */
final class Responses {
    private static final long MINUTE = 60_000;

    private record Request(long at, String key) {}

    /**
     * Of one expiry.
     *
     * @param counted share of the requests that came before within the same minutes of the clock
     * @param replayed share of the requests that the store answers
     */
    record Result(int minutes, int requests, double counted, double replayed) {}

    private final List<Request> requests = new ArrayList<>();

    Responses() {
        Table.read(
                Needs.data("mooncake/conversation_trace.csv.gz"),
                row -> requests.add(new Request(
                        Long.parseLong(row.get("timestamp_ms")),
                        row.get("block_hashes_512tok") + "/" + row.get("input_tokens"))));
    }

    List<Result> results(int... minutes) {
        List<Result> results = new ArrayList<>();
        for (int each : minutes) {
            results.add(result(each));
        }
        return results;
    }

    private Result result(int minutes) {
        long expiry = minutes * MINUTE;
        Set<String> seen = new HashSet<>();
        Map<String, Long> written = new HashMap<>();
        int counted = 0;
        int hits = 0;
        for (Request request : requests) {
            counted += seen.add(request.at() / expiry + " " + request.key()) ? 0 : 1;
            Long at = written.get(request.key());
            if (at != null && request.at() - at < expiry) {
                hits++;
            } else {
                written.put(request.key(), request.at());
            }
        }
        return new Result(
                minutes, requests.size(), (double) counted / requests.size(), (double) hits / requests.size());
    }
}
