package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.model.WeeklySchedule;
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
 * instance-always-on and inference-endpoint-off-hours on machines that each serve one client: a schedule found in the
 * first week, judged window by window on the second.
 */
final class Schedules implements AutoCloseable {
    /**
     * What the clients run on, and what is measured of it.
     *
     * @param price of an hour in us-east-1
     */
    enum Form {
        MACHINE("instance-always-on", "i-", "instance", "g5.xlarge", 1.006),
        ENDPOINT(
                "inference-endpoint-off-hours",
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/",
                "inference_endpoint",
                "ml.g5.xlarge",
                1.408);

        private final String rule;
        private final String idPrefix;
        private final String kind;
        private final String machineType;
        private final double price;

        Form(String rule, String idPrefix, String kind, String machineType, double price) {
            this.rule = rule;
            this.idPrefix = idPrefix;
            this.kind = kind;
            this.machineType = machineType;
            this.price = price;
        }
    }

    private static final int DAYS = 14;
    private static final int WINDOWS_PER_DAY = 24 * Client.WINDOWS_PER_HOUR;
    /** The busiest window fills 80 % of the card; one that holds a request uses it fully at some moment. */
    static final double BUSIEST = 0.8;

    private static final double LEAST_MAXIMUM = 0.3;

    private final Map<String, Client> clients = new TreeMap<>();
    private final Form form;
    private final Path folder;
    private final Company company;

    Schedules(List<Client> all, Form form) {
        this.form = form;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        company = new Company(folder);
        all.forEach(client -> {
            String id = form.idPrefix + client.name();
            clients.put(id, client);
            compose(id, client);
        });
    }

    private void compose(String id, Client client) {
        Company.Machine machine =
                new Company.Machine(id, form.kind, "aws", "us-east-1", form.machineType, "{}", form.price);
        company.add(machine);
        for (int hour = 0; hour < DAYS * 24; hour++) {
            company.charge(machine, hour);
            double[] windows = client.ofHour(hour);
            if (form == Form.ENDPOINT) {
                double requests = Arrays.stream(windows).sum();
                company.use(machine, hour, "requests", null, null, requests);
            } else {
                utilization(machine, hour, windows, client.highest());
            }
        }
    }

    private void utilization(Company.Machine machine, int hour, double[] windows, double highest) {
        double mean = 0;
        double maximum = 0;
        for (double requests : windows) {
            double load = BUSIEST * requests / highest;
            mean += load / windows.length;
            maximum = Math.max(maximum, requests > 0 ? Math.max(LEAST_MAXIMUM, load) : 0);
        }
        company.use(machine, hour, "gpu_utilization", mean, maximum, null);
    }

    /**
     * What schedules did in the time that judges them.
     *
     * @param found machines with a schedule
     * @param days judged, of all machines with a schedule
     * @param claimed of a month, the part that falls on the judged days of the week
     * @param realised of a month, if all days were like the judged ones; a window with requests saves nothing
     * @param shortShare windows with requests in which the machine would have been off, of all windows that were judged
     * @param worstShortShare of the worst machine
     */
    record Result(
            int machines,
            int found,
            int days,
            double claimed,
            double realised,
            double shortShare,
            double worstShortShare) {}

    /** Judged on the whole second week, which has proved the schedules as well. */
    Result result(String parameters) {
        Judgement judgement = new Judgement();
        judgement.add(
                company.scan(form.rule, DAYS, "policy: [{interruption: yes}]\n" + parameters),
                Client.JUDGED_FROM,
                Client.WINDOWS);
        return judgement.result(clients.size());
    }

    /**
     * Judged on days that neither found nor proved them: each day of the second week in turn is kept from the rule, as
     * a period that the policy excludes; the other six prove what the first week found.
     */
    Result unseen() {
        Judgement judgement = new Judgement();
        for (int day = DAYS / 2; day < DAYS; day++) {
            String period = Company.day(day) + "/" + Company.day(day + 1);
            judgement.add(
                    company.scan(form.rule, DAYS, "policy: [{interruption: yes, excluded_periods: [" + period + "]}]"),
                    day * WINDOWS_PER_DAY,
                    (day + 1) * WINDOWS_PER_DAY);
        }
        return judgement.result(clients.size());
    }

    /** Adds up runs of the rule. */
    private final class Judgement {
        private final Map<String, int[]> windowsAndShort = new TreeMap<>();
        private double claimed;
        private double realised;

        void add(Audit audit, int from, int to) {
            for (Audit.AuditedFinding finding : audit.findings()) {
                Client client = clients.get(finding.resourceId());
                WeeklySchedule schedule = WeeklySchedule.parse(finding.target()).orElseThrow();
                int off = 0;
                int busyWhileOff = 0;
                for (int window = from; window < to; window++) {
                    boolean isOff = !schedule.isOn(Company.START.plusSeconds(600L * window));
                    off += isOff ? 1 : 0;
                    busyWhileOff += isOff && client.isBusy(window) ? 1 : 0;
                }
                double offShare = (double) off / (to - from);
                claimed += finding.counted().likely().doubleValue() * offShare / offShareOfWeek(schedule);
                realised += form.price * 730 * (off - busyWhileOff) / (to - from);
                int[] sums = windowsAndShort.computeIfAbsent(finding.resourceId(), id -> new int[2]);
                sums[0] += to - from;
                sums[1] += busyWhileOff;
            }
        }

        /** A claim is for all days of the week; one day gets the part of it that the schedule saves on it. */
        private double offShareOfWeek(WeeklySchedule schedule) {
            return IntStream.range(0, 7 * WINDOWS_PER_DAY)
                    .mapToObj(window -> Company.START.plusSeconds(600L * window))
                    .mapToDouble(time -> schedule.isOn(time) ? 0 : 1)
                    .average()
                    .orElseThrow();
        }

        Result result(int machines) {
            double windows =
                    windowsAndShort.values().stream().mapToInt(sums -> sums[0]).sum();
            double tooShort =
                    windowsAndShort.values().stream().mapToInt(sums -> sums[1]).sum();
            double worst = windowsAndShort.values().stream()
                    .mapToDouble(sums -> (double) sums[1] / sums[0])
                    .max()
                    .orElse(0);
            return new Result(
                    machines,
                    windowsAndShort.size(),
                    (int) (windows / WINDOWS_PER_DAY),
                    claimed,
                    realised,
                    tooShort / windows,
                    worst);
        }
    }

    /**
     * Machines that some test calls idle after the first week.
     *
     * @param stayed those without a request in the second
     */
    record Idle(int machines, int stayed) {}

    private static Idle idle(List<Client> quiet) {
        return new Idle(quiet.size(), (int) quiet.stream()
                .filter(client -> Endpoints.quietShare(client) == 1)
                .count());
    }

    /** What gpu-instance-idle finds on the same machines after two weeks. */
    List<Audit.AuditedFinding> idle() {
        return company.scan("gpu-instance-idle", DAYS, "").findings();
    }

    /** Machines whose average over the first week is at most 5 %: what the usual test calls idle. */
    Idle quietOnAverage() {
        return idle(clients.values().stream()
                .filter(client -> IntStream.range(0, Client.JUDGED_FROM)
                                .mapToDouble(window -> BUSIEST * client.requests(window) / client.highest())
                                .average()
                                .orElse(1)
                        <= 0.05)
                .toList());
    }

    @Override
    public void close() throws IOException {
        company.close();
        Folders.delete(folder);
    }
}
