package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * inference-endpoint-consolidatable on small models that each serve one client, six to an owner: put together by the
 * first week, judged window by window on the second.
 */
final class Sharing {
    private static final String RULE = "inference-endpoint-consolidatable";
    private static final double PRICE = 1.408; // ml.g5.xlarge in us-east-1, an hour
    private static final int WEEK = 7;
    private static final int ENDPOINTS_OF_AN_OWNER = 6;
    /** So little that memory never decides. */
    private static final double MEMORY_GIB = 1.5;

    private static final double PROCESSORS = 0.02;

    private final double peak;
    private final Map<String, Client> clients = new TreeMap<>();
    private final Map<String, Integer> owners = new HashMap<>();

    /** The busiest window of each client fills {@code peak} of the card of its own. */
    Sharing(List<Client> all, double peak) {
        this.peak = peak;
        for (Client client : all) {
            String id = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client.name();
            owners.put(id, clients.size() / ENDPOINTS_OF_AN_OWNER);
            clients.put(id, client);
        }
    }

    /**
     * What came of it.
     *
     * @param groups cards that are shared
     * @param members endpoints that share them
     * @param fullShare windows in which the members of a card want more than all of it, of all windows of all cards
     */
    record Result(double peak, int groups, int members, double fullShare) {}

    Result result() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("aiaudit-backtest-");
            try (Company company = new Company(folder)) {
                clients.forEach((id, client) -> compose(company, id, client));
                return judge(company.scan(RULE, WEEK, policy()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private String policy() {
        StringBuilder policy = new StringBuilder("policy:\n  - {latency: yes}\n");
        owners.values().stream()
                .distinct()
                .sorted()
                .forEach(owner ->
                        policy.append("  - {match: {tag: \"team=" + owner + "\"}, owner: \"" + owner + "\"}\n"));
        return policy.toString();
    }

    private void compose(Company company, String id, Client client) {
        Company.Machine machine = new Company.Machine(
                id,
                "inference_endpoint",
                "aws",
                "us-east-1",
                "ml.g5.xlarge",
                "{\"team\": \"" + owners.get(id) + "\"}",
                PRICE);
        company.add(machine);
        for (int hour = 0; hour < WEEK * 24; hour++) {
            company.charge(machine, hour);
            double[] windows = client.ofHour(hour);
            double mean = 0;
            double maximum = 0;
            for (double requests : windows) {
                mean += load(client, requests) / windows.length;
                maximum = Math.max(maximum, load(client, requests));
            }
            company.use(machine, hour, "gpu_utilization", mean, maximum, null);
            company.use(machine, hour, "gpu_memory_used_gib", MEMORY_GIB, MEMORY_GIB, null);
            company.use(machine, hour, "cpu_utilization", PROCESSORS, PROCESSORS, null);
            company.use(machine, hour, "memory_used_gib", MEMORY_GIB, MEMORY_GIB, null);
        }
    }

    private double load(Client client, double requests) {
        return peak * requests / client.highest();
    }

    private Result judge(Audit audit) {
        Map<Integer, List<Client>> cards = new TreeMap<>();
        for (Audit.AuditedFinding finding : audit.findings()) {
            cards.computeIfAbsent(owners.get(finding.resourceId()), owner -> new ArrayList<>())
                    .add(clients.get(finding.resourceId()));
        }
        int windows = 0;
        int full = 0;
        for (List<Client> members : cards.values()) {
            for (int window = Client.JUDGED_FROM; window < Client.WINDOWS; window++) {
                int at = window;
                double together = members.stream()
                        .mapToDouble(client -> load(client, client.requests(at)))
                        .sum();
                windows++;
                full += together > 1 ? 1 : 0;
            }
        }
        return new Result(peak, cards.size(), audit.findings().size(), (double) full / windows);
    }
}
