package io.aiaudit.collect;

import java.util.HashSet;
import java.util.Set;

/**
 * The pages of one list so far. A list ends: it names no page twice, does not return the same page again and again
 * under new names, and has no more pages than anybody has.
 */
public final class PagesRead {
    private static final int MOST = 10_000;

    /** Empty pages in the middle of a list are allowed, and come in a row where a filter finds nothing for long. */
    private static final int MOST_ALIKE = 20;

    private final Set<Object> named = new HashSet<>();
    private Object before;
    private int alike;

    /**
     * Takes note of a page that is not the last.
     *
     * @param content what it lists, without the name of the next one
     * @param next what it names as the next one
     * @return whether the list does not end
     */
    public boolean isEndless(Object content, Object next) {
        alike = content.equals(before) ? alike + 1 : 0;
        before = content;
        return !named.add(next) || named.size() >= MOST || alike >= MOST_ALIKE;
    }
}
