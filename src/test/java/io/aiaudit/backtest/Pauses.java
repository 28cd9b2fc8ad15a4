package io.aiaudit.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long clients that had sent something stayed quiet: no pause is counted that began before the recording, so that
 * nobody is in it only because he came back.
 */
final class Pauses {
    private static final int WINDOWS_PER_DAY = 24 * Client.WINDOWS_PER_HOUR;
    private static final int SHORTEST = WINDOWS_PER_DAY / 2;
    private static final int DRAWS = 1000;
    private static final int WEEK = 7;

    private Pauses() {}

    /**
     * What followed a pause of some days.
     *
     * @param seen pauses that lasted so long
     * @param stayed share of them that lasts another week
     * @param stayedAtLeast and {@code stayedAtMost}: nine of ten draws of clients lie between
     * @param quiet part of the next week that passes until a request comes
     */
    record After(int days, long seen, double stayed, double stayedAtLeast, double stayedAtMost, double quiet) {}

    static List<After> after(List<Client> clients, int... days) {
        List<List<Survival.Pause>> byClient =
                clients.stream().map(Pauses::pauses).toList();
        List<Survival> draws = draws(byClient);
        Survival all = new Survival(byClient.stream().flatMap(List::stream).toList());
        List<After> rows = new ArrayList<>();
        for (int day : days) {
            List<Double> stayed =
                    draws.stream().map(draw -> draw.stays(day, WEEK)).sorted().toList();
            rows.add(new After(
                    day,
                    all.lasting(day),
                    all.stays(day, WEEK),
                    stayed.get(DRAWS / 20),
                    stayed.get(DRAWS - DRAWS / 20),
                    all.quiet(day, WEEK)));
        }
        return rows;
    }

    private static List<Survival.Pause> pauses(Client client) {
        List<Survival.Pause> pauses = new ArrayList<>();
        int last = -1;
        for (int window = 0; window <= Client.WINDOWS; window++) {
            boolean over = window == Client.WINDOWS;
            if (over || client.isBusy(window)) {
                int length = window - last - 1;
                if (last >= 0 && length >= SHORTEST) {
                    pauses.add(new Survival.Pause((double) length / WINDOWS_PER_DAY, !over));
                }
                last = window;
            }
        }
        return pauses;
    }

    /** Clients drawn again and again with the same seed, each with all its pauses: those of one client are alike. */
    private static List<Survival> draws(List<List<Survival.Pause>> byClient) {
        Random random = new Random(3);
        List<Survival> draws = new ArrayList<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Survival.Pause> drawn = new ArrayList<>();
            for (int i = 0; i < byClient.size(); i++) {
                drawn.addAll(byClient.get(random.nextInt(byClient.size())));
            }
            draws.add(new Survival(drawn));
        }
        return draws;
    }
}
