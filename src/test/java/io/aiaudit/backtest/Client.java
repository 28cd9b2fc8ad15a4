package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests of one client of a large LLM service over two weeks, in windows of ten minutes (data/servegen). A client
 * is one endpoint or one machine.
 */
final class Client {
    static final int WINDOWS_PER_HOUR = 6;
    static final int HOURS = 336;
    static final int WINDOWS = HOURS * WINDOWS_PER_HOUR;
    /** The first window of the second week, which no rule sees before it decides. */
    static final int JUDGED_FROM = WINDOWS / 2;

    private static final double SECONDS_PER_WINDOW = 600;
    /** The other models of the data are recorded for one day only. */
    private static final List<String> TWO_WEEKS = List.of("m-large", "m-mid", "m-small");

    private final String name;
    /** By window. */
    private final double[] requests;

    private Client(String name, double[] requests) {
        this.name = name;
        this.requests = requests;
    }

    static List<Client> all() {
        Map<String, Map<Integer, double[]>> models = new TreeMap<>();
        Table.read(Needs.data("servegen/client_rate_10min.csv.gz"), row -> {
            if (TWO_WEEKS.contains(row.get("model"))) {
                int window = (int) (Double.parseDouble(row.get("t_s")) / SECONDS_PER_WINDOW);
                models.computeIfAbsent(row.get("model"), model -> new TreeMap<>())
                                .computeIfAbsent(Integer.valueOf(row.get("client")), client -> new double[WINDOWS])[
                                window] =
                        Double.parseDouble(row.get("req_per_s")) * SECONDS_PER_WINDOW;
            }
        });
        List<Client> clients = new ArrayList<>();
        models.forEach((model, byClient) -> {
            fillHoles(byClient.values());
            byClient.forEach((client, requests) -> clients.add(new Client(model + "-" + client, requests)));
        });
        return clients;
    }

    /**
     * Where no client of a model has a request, the collection has a hole: all went on as in the window before. A
     * company measures each hour; what is not measured would count as work, and say nothing of how a client rests.
     */
    private static void fillHoles(Collection<double[]> clients) {
        for (int window = 1; window < WINDOWS; window++) {
            int at = window;
            if (clients.stream().allMatch(requests -> requests[at] == 0)) {
                clients.forEach(requests -> requests[at] = requests[at - 1]);
            }
        }
    }

    String name() {
        return name;
    }

    double requests(int window) {
        return requests[window];
    }

    boolean isBusy(int window) {
        return requests[window] > 0;
    }

    /** The windows of an hour. */
    double[] ofHour(int hour) {
        return Arrays.copyOfRange(requests, hour * WINDOWS_PER_HOUR, (hour + 1) * WINDOWS_PER_HOUR);
    }

    double highest() {
        return Arrays.stream(requests).max().orElse(0);
    }

    /** Windows after {@code from} before the first request; up to the end where none comes. */
    int quietFrom(int from) {
        int window = from;
        while (window < WINDOWS && !isBusy(window)) {
            window++;
        }
        return window - from;
    }
}
