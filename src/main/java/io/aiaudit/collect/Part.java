package io.aiaudit.collect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that is read in a region, a subscription or a project: a slice of the plan, with what it calls. */
public abstract class Part<O extends Operation> {
    private final String label;
    private final Slice.Dataset dataset;
    private final List<O> operations;

    /**
     * @param label as gaps and progress call it, such as {@code endpoints}
     * @param operations everything that it calls
     */
    protected Part(String label, Slice.Dataset dataset, List<O> operations) {
        this.label = label;
        this.dataset = dataset;
        this.operations = List.copyOf(operations);
    }

    public final String label() {
        return label;
    }

    public final Slice.Dataset dataset() {
        return dataset;
    }

    public final List<O> operations() {
        return operations;
    }

    /** The metrics that it writes, by kind of resource: what rules can examine follows from them. */
    public Map<String, Set<String>> measures() {
        return Map.of();
    }
}
