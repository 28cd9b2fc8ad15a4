package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** instance-always-on on machines that each serve one client: a schedule found in the first week, judged window by window on the second. */
final class Schedules implements AutoCloseable {
    private static final String RULE = "instance-always-on";
    private static final double PRICE = 1.006; // g5.xlarge in us-east-1, an hour
    private static final int DAYS = 14;
    /** The busiest window fills 80 % of the card; one that holds a request uses it fully at some moment. */
    private static final double BUSIEST = 0.8;

    private static final double LEAST_MAXIMUM = 0.3;

    private final Map<String, Client> clients = new TreeMap<>();
    private final Path folder;
    private final Company company;

    Schedules(List<Client> all) {
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        company = new Company(folder);
        all.forEach(client -> {
            String id = "i-" + client.name();
            clients.put(id, client);
            compose(id, client);
        });
    }

    private void compose(String id, Client client) {
        Company.Machine machine = new Company.Machine(id, "instance", "aws", "us-east-1", "g5.xlarge", "{}", PRICE);
        company.add(machine);
        for (int hour = 0; hour < DAYS * 24; hour++) {
            company.charge(machine, hour);
            double[] windows = client.ofHour(hour);
            double mean = 0;
            double maximum = 0;
            for (double requests : windows) {
                double load = BUSIEST * requests / client.highest();
                mean += load / windows.length;
                maximum = Math.max(maximum, requests > 0 ? Math.max(LEAST_MAXIMUM, load) : 0);
            }
            if (windows.length > 0) {
                company.use(machine, hour, "gpu_utilization", mean, maximum, null);
            }
        }
    }

    /**
     * What the schedules of one run did in the second week.
     *
     * @param found machines with a schedule
     * @param shortShare windows with requests in which the machine would have been off, of all windows of these machines
     * @param worstShortShare of the worst machine
     */
    record Result(
            int machines,
            int found,
            double claimed,
            double realised,
            double monthlyCost,
            double shortShare,
            double worstShortShare) {}

    Result result(String parameters) {
        Audit audit = company.scan(RULE, DAYS, "policy: [{interruption: yes}]\n" + parameters);
        double claimed = 0;
        double realised = 0;
        double shortWindows = 0;
        double worst = 0;
        for (Audit.AuditedFinding finding : audit.findings()) {
            Client client = clients.get(finding.resourceId());
            Schedule schedule = Schedule.parse(finding.target());
            int off = 0;
            int busyWhileOff = 0;
            for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
                boolean isOff = !schedule.isOn(Company.START.plusSeconds(600L * window));
                off += isOff ? 1 : 0;
                busyWhileOff += isOff && client.isBusy(window) ? 1 : 0;
            }
            claimed += finding.counted().likely().doubleValue();
            realised += PRICE * 730 * off / Client.JUDGED_FROM;
            shortWindows += busyWhileOff;
            worst = Math.max(worst, (double) busyWhileOff / Client.JUDGED_FROM);
        }
        int found = audit.findings().size();
        return new Result(
                clients.size(),
                found,
                claimed,
                realised,
                clients.size() * PRICE * 730,
                shortWindows / (found * (double) Client.JUDGED_FROM),
                worst);
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

    /** What it would find after one, with an idle_days that nobody should set. */
    Idle idleForAWeek() {
        return idle(
                company
                        .scan("gpu-instance-idle", DAYS / 2, "rules: {gpu-instance-idle: {idle_days: 7}}")
                        .findings()
                        .stream()
                        .map(finding -> clients.get(finding.resourceId()))
                        .toList());
    }

    /** Machines whose average over the first week is at most 5 %: what the usual test calls idle. */
    Idle quietOnAverage() {
        return idle(clients.values().stream()
                .filter(client -> IntStream.range(0, Client.JUDGED_FROM)
                                .filter(window -> !client.isHole(window))
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
