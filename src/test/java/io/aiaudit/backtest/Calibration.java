package io.aiaudit.backtest;

/**
 * Sums of what was claimed per month and what the following week brought, scaled to a month.
 *
 * @param there what a perfect decision would have saved on all machines, found or not
 */
record Calibration(
        int machines,
        int found,
        double monthlyCost,
        double low,
        double claimed,
        double high,
        double realised,
        double there) {
    double realisedShare() {
        return realised / claimed;
    }

    double shareOfWhatWasThere() {
        return realised / there;
    }
}
