package io.aiaudit.collect;

import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the lists that say which accounts, subscriptions or projects there are. One that breaks off keeps what it gave
 * before: the rest is a gap. Where no list gave anything, the first failure is reported.
 */
public final class AccountLists {
    private final String source;
    private final Function<Exception, Optional<UserError>> explain;
    private final List<Gap> gaps = new ArrayList<>();
    private RuntimeException failure;
    private boolean gave;

    /** {@code explain} gives the meaning of a failure of the source's library; empty where it is our defect. */
    public AccountLists(String source, Function<Exception, Optional<UserError>> explain) {
        this.source = source;
        this.explain = explain;
    }

    /**
     * Hands over one thing after the other.
     *
     * @param what as the gap calls the list, such as {@code subscriptions}
     * @return whether the list was read to its end
     */
    public <T> boolean each(String what, Details.Listing<T> listing, Consumer<T> thing) {
        int[] count = {0};
        try {
            listing.each(one -> {
                thing.accept(one);
                count[0]++;
            });
            return true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            UserError error =
                    e instanceof UserError known ? known : explain.apply(e).orElseThrow(() -> e);
            String problem = (count[0] == 0 ? "" : "the list broke off after " + count[0] + ": ") + error.problem();
            failed(what, e, problem, error.fix());
            return false;
        } finally {
            gave |= count[0] > 0;
        }
    }

    /** A list that was answered, and does not give what it is expected to. */
    public void failed(String what, UserError error) {
        failed(what, error, error.problem(), error.fix());
    }

    private void failed(String what, RuntimeException thrown, String problem, String fix) {
        failure = failure == null ? thrown : failure;
        gaps.add(new Gap(source, what, problem, fix));
    }

    /** What was not read. Fails where nothing was, and nothing else is there to read. */
    public void finish(boolean hasOthers, Consumer<Gap> unread) {
        if (failure != null && !gave && !hasOthers) {
            throw failure;
        }
        gaps.forEach(unread);
    }
}
