package io.aiaudit.collect;

/**
 * How often a scan calls an operation: whatever there is, or for each thing that it finds.
 *
 * @param what the things that it is called for, in the plural; empty where it is called whatever there is
 * @param howOften for each of them, in words
 */
public record Frequency(String what, String howOften) {
    public static final Frequency ONCE = always("once");

    /** In each account, subscription or project. */
    public static final Frequency ACCOUNT = always("in each account");

    /** In each region or location of an account. */
    public static final Frequency REGION = always("in each region");

    /** Where no file holds the bill. */
    public static final Frequency BILL = always("for the bill");

    private static Frequency always(String howOften) {
        return new Frequency("", howOften);
    }

    public boolean isAlways() {
        return what.isEmpty();
    }
}
