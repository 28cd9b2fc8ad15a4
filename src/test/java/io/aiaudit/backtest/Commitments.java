package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * commitment-mix on machines that serve all clients of a model together: the first week, repeated for the thirty days
 * that the rule asks for, decides; the second week is paid with the commitment.
 */
final class Commitments {
    private static final String RULE = "commitment-mix";
    private static final int DAYS = 30;
    private static final int WEEK_HOURS = 168;
    /** Machines for the busiest hour of the first week. */
    private static final int MOST = 20;

    private static final double PRICE = 3.67339; // a2-highgpu-1g in us-central1, as in the built-in list
    private static final double COMMITTED = 2.314207;
    private static final double HOURS_PER_MONTH = 730;

    /**
     * What became of the commitment for one model; amounts per month.
     *
     * @param base machines that were committed to
     * @param idleShare hours of the commitment in the second week that nothing used
     */
    record Result(
            String model, double cost, double base, double low, double claimed, double realised, double idleShare) {}

    private final List<Client> clients;

    Commitments(List<Client> clients) {
        this.clients = clients;
    }

    List<Result> results() {
        return List.of("m-large", "m-mid", "m-small").stream().map(this::result).toList();
    }

    /** Machines in each of the 336 hours. */
    private int[] machines(String model) {
        List<Client> own = clients.stream()
                .filter(client -> client.name().startsWith(model + "-"))
                .toList();
        double[] load = new double[Client.HOURS];
        double highest = 0;
        for (int hour = 0; hour < Client.HOURS; hour++) {
            for (Client client : own) {
                for (double requests : client.ofHour(hour)) {
                    load[hour] += requests;
                }
            }
            highest = hour < WEEK_HOURS ? Math.max(highest, load[hour]) : highest;
        }
        int[] machines = new int[Client.HOURS];
        for (int hour = 0; hour < Client.HOURS; hour++) {
            machines[hour] = (int) Math.ceil(MOST * load[hour] / highest);
        }
        return machines;
    }

    private Result result(String model) {
        int[] machines = machines(model);
        List<Audit.AuditedFinding> findings = claims(model, machines);
        double base = findings.stream()
                        .mapToDouble(finding ->
                                ((Number) finding.evidence().get("base_load_an_hour_on_demand")).doubleValue())
                        .sum()
                / PRICE;
        double realised = 0;
        double idle = 0;
        for (int hour = WEEK_HOURS; hour < Client.HOURS; hour++) {
            double used = Math.min(machines[hour], base);
            realised += used * (PRICE - COMMITTED) - (base - used) * COMMITTED;
            idle += base - used;
        }
        return new Result(
                model,
                sum(findings, Audit.AuditedFinding::monthlyCost),
                base,
                sum(findings, finding -> finding.standAlone().low()),
                sum(findings, finding -> finding.standAlone().likely()),
                realised * HOURS_PER_MONTH / WEEK_HOURS,
                base == 0 ? 0 : idle / (base * WEEK_HOURS));
    }

    private static double sum(List<Audit.AuditedFinding> findings, Function<Audit.AuditedFinding, BigDecimal> amount) {
        return findings.stream()
                .mapToDouble(finding -> amount.apply(finding).doubleValue())
                .sum();
    }

    private static List<Audit.AuditedFinding> claims(String model, int[] machines) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                for (int number = 1; number <= MOST; number++) {
                    compose(company, model, number, machines);
                }
                return company.scan(RULE, DAYS, "").findings();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    /** The machine with a number runs whenever so many are needed. */
    private static void compose(Company company, String model, int number, int[] machines) {
        Company.Machine machine = new Company.Machine(
                model + "-" + number, "instance", "gcp", "us-central1", "a2-highgpu-1g", "{}", PRICE);
        company.add(machine);
        for (int hour = 0; hour < 24 * DAYS; hour++) {
            if (machines[hour % WEEK_HOURS] >= number) {
                company.charge(machine, hour);
                company.use(machine, hour, "gpu_utilization", 0.5, 1.0, null);
            }
        }
    }
}
