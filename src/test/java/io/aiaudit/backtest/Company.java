package io.aiaudit.backtest;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.scan.Progress;
import io.aiaudit.scan.Scan;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A made-up company as a client would hand it over: inventory, usage and a FOCUS bill in files, scanned the way every
 * user scans.
 */
final class Company implements AutoCloseable {
    /** Where hour 0 of every trace is put: a Monday. */
    static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    /** What the collectors write of an endpoint that nothing scales. */
    private static final String FIXED_ENDPOINT = "{\"endpoint_type\": \"realtime\", \"autoscaling\": \"none\"}";

    private final Path folder;
    private final BufferedWriter inventory;
    private final BufferedWriter usage;
    private final BufferedWriter bill;
    private boolean billed;

    Company(Path folder) {
        this.folder = folder;
        this.inventory = open(
                "inventory.csv",
                "resource_id,kind,provider,account_id,region,name,machine_type,replicas,created_at,tags,attributes");
        this.usage = open("usage.csv", "resource_id,metric,hour,average,maximum,total");
        this.bill = open(
                "bill.csv",
                "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,RegionId,ResourceId,SubAccountId,ConsumedQuantity,ConsumedUnit");
    }

    /** One thing that the company pays for. {@code price} per hour of one replica. */
    record Machine(
            String id, String kind, String provider, String region, String machineType, String tags, double price) {
        private String providerName() {
            return switch (provider) {
                case "aws" -> "AWS";
                case "azure" -> "Microsoft";
                default -> "Google Cloud";
            };
        }
    }

    void add(Machine machine) {
        add(machine, 1);
    }

    /** An endpoint keeps the number of its {@code replicas}. */
    void add(Machine machine, int replicas) {
        add(machine, replicas, machine.kind().equals("inference_endpoint") ? FIXED_ENDPOINT : null);
    }

    /** {@code attributes}: a JSON object, null for none. */
    void add(Machine machine, int replicas, String attributes) {
        line(
                inventory,
                machine.id(),
                machine.kind(),
                machine.provider(),
                "123456789012",
                machine.region(),
                machine.id().substring(machine.id().lastIndexOf('/') + 1),
                machine.machineType(),
                replicas,
                "2026-01-10T00:00:00Z",
                machine.tags(),
                attributes);
    }

    /** What it did in one hour, and the charge for it. Null is unknown. */
    void use(Machine machine, int hour, String metric, Double average, Double maximum, Double total) {
        line(usage, machine.id(), metric, at(hour), average, maximum, total);
    }

    void charge(Machine machine, int hour) {
        charge(machine, hour, 1);
    }

    /** The charge for an hour in which this many of its replicas ran. */
    void charge(Machine machine, int hour, int replicas) {
        charge(machine, hour, replicas, "Hours");
    }

    /** What its tokens cost in one hour. */
    void chargeTokens(Machine machine, int hour) {
        charge(machine, hour, 1, "Tokens");
    }

    private void charge(Machine machine, int hour, int quantity, String unit) {
        billed = true;
        line(
                bill,
                machine.price() * quantity,
                machine.price() * quantity,
                "USD",
                at(hour),
                at(hour + 1),
                "Usage",
                "Machines",
                machine.providerName(),
                machine.region(),
                machine.id(),
                "123456789012",
                quantity,
                unit);
    }

    /** The date of day 0, 1, ... of the trace. */
    static String day(int number) {
        return START.plusSeconds(86400L * number).toString().substring(0, 10);
    }

    private static String at(int hour) {
        return START.plusSeconds(3600L * hour).toString();
    }

    /**
     * Scans the first {@code days} with one rule.
     *
     * @param more of aiaudit.yaml: policy and parameters
     */
    Audit scan(String rule, int days, String more) {
        try {
            for (BufferedWriter writer : new BufferedWriter[] {inventory, usage, bill}) {
                writer.flush();
            }
            return scan(
                    billed ? "billing: [" + folder.resolve("bill.csv") + "]" : "",
                    "inventory: [" + folder.resolve("inventory.csv") + "]",
                    "usage: [" + folder.resolve("usage.csv") + "]",
                    "window: 2026-06-01/" + day(days),
                    "rule: [" + rule + "]",
                    "memory_limit: 512MiB",
                    more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scans with these lines of aiaudit.yaml. */
    static Audit scan(String... lines) throws IOException {
        try {
            ConfigFile file = ConfigFile.parse("aiaudit.yaml", String.join("\n", lines));
            return new Scan("backtest", Progress.NONE)
                    .run(new ConfigReader(Settings.of(Map.of(), file, Map.of()), file).scan());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private BufferedWriter open(String name, String header) {
        try {
            BufferedWriter writer = Files.newBufferedWriter(folder.resolve(name));
            writer.write(header + "\n");
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(BufferedWriter writer, Object... values) {
        try {
            String separator = "";
            for (Object value : values) {
                writer.write(separator);
                writer.write(value == null ? "" : "\"" + value.toString().replace("\"", "\"\"") + "\"");
                separator = ",";
            }
            writer.write("\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        inventory.close();
        usage.close();
        bill.close();
    }
}
