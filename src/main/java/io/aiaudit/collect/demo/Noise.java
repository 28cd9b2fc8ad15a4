package io.aiaudit.collect.demo;

/**
 * Chance that is the same on every machine and every Java: SplitMix64 over the name of a thing and the number of an
 * hour.
 */
final class Noise {
    private Noise() {}

    /** A number from 0 to below 1. */
    static double of(String name, long hour) {
        long z = name.hashCode() * 0x9E3779B97F4A7C15L + hour * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    /** A factor from 1 - spread to below 1 + spread. */
    static double around(String name, long hour, double spread) {
        return 1 - spread + 2 * spread * of(name, hour);
    }
}
