package io.aiaudit.collect.gcp;

import com.google.api.gax.paging.Page;
import io.aiaudit.model.UserError;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * All items of a list that a library of Google reads, page by page. The libraries themselves follow a page that was
 * read already or empty ones without an end, and that of BigQuery an empty token, and would ask for ever.
 */
final class GooglePages<T> implements Iterator<T> {
    private static final int MOST = 10_000;
    private static final int MOST_EMPTY = 20;

    private Page<T> page;
    private Iterator<T> items;
    private final Set<String> read = new HashSet<>();
    private int empty;

    private GooglePages(Page<T> first) {
        this.page = first;
        this.items = first.getValues().iterator();
    }

    static <T> Iterable<T> all(Page<T> first) {
        return () -> new GooglePages<>(first);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext()) {
            String token = page.getNextPageToken();
            if (token == null || token.isEmpty()) {
                return false;
            }
            if (!read.add(token) || read.size() >= MOST || empty >= MOST_EMPTY) {
                throw new UserError(
                        "Google returned page after page of a list: the list does not end.",
                        "Run it again; if it persists, report it to Google.");
            }
            page = page.getNextPage();
            items = page.getValues().iterator();
            empty = items.hasNext() ? 0 : empty + 1;
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
