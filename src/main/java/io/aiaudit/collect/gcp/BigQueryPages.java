package io.aiaudit.collect.gcp;

import com.google.api.gax.paging.Page;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All items of an answer of BigQuery, page by page. The client itself takes an empty page token for one more page, and
 * would ask for it for ever.
 */
final class BigQueryPages<T> implements Iterator<T> {
    private Page<T> page;
    private Iterator<T> items;

    private BigQueryPages(Page<T> first) {
        this.page = first;
        this.items = first.getValues().iterator();
    }

    static <T> Iterable<T> all(Page<T> first) {
        return () -> new BigQueryPages<>(first);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext()) {
            String token = page.getNextPageToken();
            if (token == null || token.isEmpty()) {
                return false;
            }
            page = page.getNextPage();
            items = page.getValues().iterator();
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
