package io.aiaudit.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What averages say about single hours of machines that each serve one client: how many of the hours that a test calls
 * idle are, and how low working hours go.
 */
final class QuietHours {
    private final List<Double> idle = new ArrayList<>();
    private final List<Double> working = new ArrayList<>();

    QuietHours(List<Client> clients) {
        for (Client client : clients) {
            for (int hour = 0; hour < Client.HOURS; hour++) {
                double mean = Schedules.BUSIEST
                        * Arrays.stream(client.ofHour(hour)).average().orElseThrow()
                        / client.highest();
                (mean > 0 ? working : idle).add(mean);
            }
        }
        working.sort(null);
    }

    /** Of the hours whose average is at most so much, the share without a request. */
    double precision(double average) {
        return idle.size() / (idle.size() + (double) workingBelow(average));
    }

    /** Of the hours with a request, the share whose average is at most so much. */
    double shareOfWorking(double average) {
        return workingBelow(average) / (double) working.size();
    }

    private long workingBelow(double average) {
        return working.stream().filter(mean -> mean <= average).count();
    }
}
