package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded chat requests with the hashes of their prompts' blocks, played against a cache that forgets what nobody used
 * for a while (data/mooncake).
 */
final class Prefixes {
    /** Every hash is of so many tokens and all that came before them. */
    private static final int BLOCK_TOKENS = 512;
    /** Providers take no shorter prefix. */
    private static final int LEAST_TOKENS = 1024;

    private record Request(double seconds, long input, long output, List<String> blocks) {}

    /** Tokens of a part of the recording. */
    record Tokens(long requests, long input, long output, long repeated) {
        double repeatedShare() {
            return (double) repeated / input;
        }
    }

    private final List<Request> requests = new ArrayList<>();

    Prefixes() {
        Table.read(
                Needs.data("mooncake/conversation_trace.csv.gz"),
                row -> requests.add(new Request(
                        Double.parseDouble(row.get("timestamp_ms")) / 1000,
                        Long.parseLong(row.get("input_tokens")),
                        Long.parseLong(row.get("output_tokens")),
                        List.of(row.get("block_hashes_512tok").split(" ")))));
    }

    double seconds() {
        return requests.get(requests.size() - 1).seconds();
    }

    /** The requests from one second to another; the cache has seen all that came before. */
    Tokens between(double from, double to, double life) {
        Map<String, Double> usedAt = new HashMap<>();
        long count = 0;
        long input = 0;
        long output = 0;
        long repeated = 0;
        for (Request request : requests) {
            long known = known(request, usedAt, life);
            request.blocks().forEach(block -> usedAt.put(block, request.seconds()));
            if (request.seconds() >= from && request.seconds() < to) {
                count++;
                input += request.input();
                output += request.output();
                repeated += known;
            }
        }
        return new Tokens(count, input, output, repeated);
    }

    private static long known(Request request, Map<String, Double> usedAt, double life) {
        int blocks = 0;
        for (String block : request.blocks()) {
            Double at = usedAt.get(block);
            if (at == null || request.seconds() - at > life) {
                break;
            }
            blocks++;
        }
        long tokens = Math.min(request.input(), (long) blocks * BLOCK_TOKENS);
        return tokens < LEAST_TOKENS ? 0 : tokens;
    }
}
