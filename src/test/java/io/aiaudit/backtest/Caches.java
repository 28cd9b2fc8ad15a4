package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * inference-cacheable: the share that repeats is taken from the first half of a recording, and the second half judges
 * what was claimed.
 */
final class Caches {
    private static final String RULE = "inference-cacheable";
    private static final int DAYS = 7;
    private static final double FIVE_MINUTES = 300;
    private static final double HOUR = 3600;

    /**
     * A model and the life of what is in its cache, in seconds; prices per million tokens as in the built-in list.
     *
     * @param tag that gives the rule the share
     */
    private record Way(
            String words,
            String provider,
            String model,
            String tag,
            double life,
            double input,
            double output,
            double read,
            double written) {}

    private static final List<Way> WAYS = List.of(
            new Way("GPT-4.1 on Azure", "azure", "gpt-4.1", "prefix_hit_share", FIVE_MINUTES, 2, 8, 0.5, 2),
            new Way(
                    "Claude Haiku 4.5 on Bedrock, five minutes",
                    "aws",
                    "claude-haiku-4-5",
                    "prefix_hit_share",
                    FIVE_MINUTES,
                    1,
                    5,
                    0.1,
                    1.25),
            new Way(
                    "Claude Haiku 4.5 on Bedrock, one hour",
                    "aws",
                    "claude-haiku-4-5",
                    "prefix_hit_share_1h",
                    HOUR,
                    1,
                    5,
                    0.1,
                    2));

    /**
     * What became of one claim; shares are of the input, savings of the cost of all tokens.
     *
     * @param claimed 0 where the rule reported that a cache would lose money
     */
    record Result(
            String words, double reported, double replayed, double claimed, double low, double high, double realised) {}

    private final Prefixes prefixes = new Prefixes();

    List<Result> results() {
        return WAYS.stream().map(this::result).toList();
    }

    private Result result(Way way) {
        double half = prefixes.seconds() / 2;
        Prefixes.Tokens seen = prefixes.between(FIVE_MINUTES, half, way.life());
        Prefixes.Tokens after = prefixes.between(half, Double.MAX_VALUE, way.life());
        Audit.AuditedFinding finding = claim(way, seen);
        double cost = finding.monthlyCost().doubleValue();
        return new Result(
                way.words(),
                seen.repeatedShare(),
                after.repeatedShare(),
                finding.standAlone().likely().doubleValue() / cost,
                finding.standAlone().low().doubleValue() / cost,
                finding.standAlone().high().doubleValue() / cost,
                realised(way, after));
    }

    private static double realised(Way way, Prefixes.Tokens tokens) {
        double without = tokens.input() * way.input() + tokens.output() * way.output();
        double with = tokens.repeated() * way.read()
                + (tokens.input() - tokens.repeated()) * way.written()
                + tokens.output() * way.output();
        return 1 - with / without;
    }

    private static Audit.AuditedFinding claim(Way way, Prefixes.Tokens seen) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                double price = (seen.input() * way.input() + seen.output() * way.output()) / 1e6;
                Company.Machine use = new Company.Machine(
                        "use",
                        "model_usage",
                        way.provider(),
                        "us-east-1",
                        way.model(),
                        "{\"" + way.tag() + "\": \"" + seen.repeatedShare() + "\"}",
                        price);
                company.add(use);
                for (int hour = 0; hour < 24 * DAYS; hour++) {
                    company.chargeTokens(use, hour);
                    company.use(use, hour, "tokens_input", null, null, (double) seen.input());
                    company.use(use, hour, "tokens_output", null, null, (double) seen.output());
                    company.use(use, hour, "tokens_cache_read", null, null, 0.0);
                    company.use(use, hour, "tokens_cache_write", null, null, 0.0);
                }
                return company.scan(RULE, DAYS, "").findings().get(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }
}
