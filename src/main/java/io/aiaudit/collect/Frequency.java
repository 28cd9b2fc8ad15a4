package io.aiaudit.collect;

/**
 * How often a scan calls an operation: whatever there is, or for each thing that it finds.
 *
 * @param what the things that it is called for, in the plural; empty where {@code howOften} names them
 * @param howOften for each of them, in words
 */
public record Frequency(Sort sort, String what, String howOften) {
    /** What a dry run writes together. */
    public enum Sort {
        /** Called whatever there is. */
        ALWAYS,
        FOUND,
        /** Called where a list has nothing. */
        NOTHING,
        METRICS,
        PRICES,
        GOVERNED,
        BILL
    }

    public static final Frequency ONCE = new Frequency(Sort.ALWAYS, "once");

    /** In each account, subscription or project. */
    public static final Frequency ACCOUNT = new Frequency(Sort.ALWAYS, "in each account");

    /** In each region or location of an account. */
    public static final Frequency REGION = new Frequency(Sort.ALWAYS, "in each region");

    /** Where no file holds the bill. */
    public static final Frequency BILL = new Frequency(Sort.ALWAYS, "for the bill");

    public Frequency(Sort sort, String howOften) {
        this(sort, "", howOften);
    }

    public Frequency(String what, String howOften) {
        this(Sort.FOUND, what, howOften);
    }

    public Frequency(String howOften) {
        this("", howOften);
    }

    public boolean isAlways() {
        return sort == Sort.ALWAYS;
    }
}
