package io.aiaudit.scan;

import io.aiaudit.model.Gap;
import java.util.List;

/** Not one slice could be read, so there is nothing to report about. */
public final class NothingRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Gap> gaps;

    NothingRead(List<Gap> gaps) {
        super("nothing could be read");
        this.gaps = List.copyOf(gaps);
    }

    /** Why, for each slice. */
    public List<Gap> gaps() {
        return gaps;
    }
}
