package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Throughput of one model on some accelerators as it was measured (data/gpu_perf), with what the model needs of their
 * memory.
 *
 * @param tokens of the input and, again, of the output of one request
 * @param tokensPerSecond by number of requests at the same time
 */
record Serving(Setup setup, NavigableMap<Integer, Double> tokensPerSecond) {
    private static final double GIB = 1 << 30;
    /** CUDA context, activations and fragments; what vLLM itself sets aside is of that order. */
    static final double OVERHEAD_GIB = 1.5;

    /** {@code hardware} is A100 or H100. */
    record Setup(String hardware, int devices, String framework, String model, int tokens)
            implements Comparable<Setup> {
        Setup on(String otherHardware) {
            return new Setup(otherHardware, devices, framework, model, tokens);
        }

        @Override
        public int compareTo(Setup other) {
            return toString().compareTo(other.toString());
        }
    }

    /**
     * Billions of parameters in 16 bit, and bytes of the cache for a token: 2 x layers x heads of keys x size of a head
     * x 2 (the models' own configuration files).
     */
    private record Size(double parameters, int cacheBytesPerToken) {}

    private static final Map<String, Size> SIZES = Map.of(
            "meta-llama/Llama-2-7b-hf", new Size(6.738, 2 * 32 * 32 * 128 * 2),
            "meta-llama/Meta-Llama-3-8B", new Size(8.030, 2 * 32 * 8 * 128 * 2),
            "mistralai/Mistral-7B-v0.1", new Size(7.242, 2 * 32 * 8 * 128 * 2),
            "Qwen/Qwen2-7B", new Size(7.616, 2 * 28 * 4 * 128 * 2),
            "meta-llama/Llama-2-70b-hf", new Size(68.977, 2 * 80 * 8 * 128 * 2),
            "meta-llama/Meta-Llama-3-70B", new Size(70.554, 2 * 80 * 8 * 128 * 2),
            "mistralai/Mixtral-8x7B-v0.1", new Size(46.703, 2 * 32 * 8 * 128 * 2),
            "Qwen/Qwen2-72B", new Size(72.706, 2 * 80 * 8 * 128 * 2));

    /** What was measured for the models above on A100 and H100 with vLLM and TensorRT-LLM. */
    static Map<Setup, Serving> all() {
        Map<Setup, Serving> all = new TreeMap<>();
        Table.read(Needs.data("gpu_perf/argonne_all_results.csv.gz"), row -> {
            String hardware = row.get("Hardware").replace("Nvidia ", "").replace(" GPU", "");
            boolean wanted = List.of("A100", "H100").contains(hardware)
                    && List.of("vLLM", "TensorRT-LLM").contains(row.get("Framework"))
                    && SIZES.containsKey(row.get("Model"));
            if (wanted) {
                Setup setup = new Setup(
                        hardware,
                        Integer.parseInt(row.get("Num of Hardware")),
                        row.get("Framework"),
                        row.get("Model"),
                        Integer.parseInt(row.get("Input Output Length")));
                all.computeIfAbsent(setup, key -> new Serving(key, new TreeMap<>()))
                        .tokensPerSecond()
                        .merge(
                                Integer.valueOf(row.get("Batch Size")),
                                Double.valueOf(row.get("Throughput")),
                                Math::max);
            }
        });
        return all;
    }

    double weightsGib() {
        return SIZES.get(setup.model()).parameters() * 1e9 * 2 / GIB;
    }

    /** The cache of so many requests on all accelerators together. */
    double cacheGib(double requests) {
        return requests * 2 * setup.tokens() * SIZES.get(setup.model()).cacheBytesPerToken() / GIB;
    }

    /** What each accelerator needs for so many requests. */
    double neededGib(double requests) {
        return (weightsGib() + cacheGib(requests)) / setup.devices() + OVERHEAD_GIB;
    }

    double capacity() {
        return tokensPerSecond.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    /** The fewest requests at the same time that were measured to give as many tokens per second. */
    int requestsFor(double demand) {
        return tokensPerSecond.entrySet().stream()
                .filter(entry -> entry.getValue() >= demand)
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElseThrow();
    }

    /** How many times faster H100 was than A100 with the same model, framework, number and load, sorted. */
    static List<Double> speedups(Map<Setup, Serving> all) {
        List<Double> ratios = new ArrayList<>();
        all.forEach((setup, fast) -> {
            Serving slow = setup.hardware().equals("H100") ? all.get(setup.on("A100")) : null;
            if (slow != null) {
                fast.tokensPerSecond().forEach((requests, speed) -> {
                    if (slow.tokensPerSecond().containsKey(requests)) {
                        ratios.add(speed / slow.tokensPerSecond().get(requests));
                    }
                });
            }
        });
        return ratios.stream().sorted().toList();
    }
}
