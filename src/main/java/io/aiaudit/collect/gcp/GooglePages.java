package io.aiaudit.collect.gcp;

import com.google.api.gax.paging.Page;
import io.aiaudit.collect.PagesRead;
import io.aiaudit.model.UserError;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All items of a list that a library of Google reads, page by page. The libraries themselves follow a page that was
 * read already or empty ones without an end, and that of BigQuery an empty token, and would ask for ever.
 */
final class GooglePages<T> implements Iterator<T> {
    private final PagesRead pages = new PagesRead();
    private Page<T> page;
    private Iterator<T> items;
    private boolean isEmpty;

    private GooglePages(Page<T> first) {
        open(first);
    }

    private void open(Page<T> next) {
        page = next;
        items = next.getValues().iterator();
        isEmpty = !items.hasNext();
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
            if (pages.isEndless(isEmpty ? "" : token, token)) { // rows are not kept to be compared
                throw new UserError(
                        "Google returned page after page of a list: the list does not end.",
                        "Run it again; if it persists, report it to Google.");
            }
            open(page.getNextPage());
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
