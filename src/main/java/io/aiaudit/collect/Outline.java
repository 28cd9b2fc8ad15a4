package io.aiaudit.collect;

import io.aiaudit.collect.Frequency.Sort;
import java.util.List;

/** The declared operations of a source by how often a scan calls them, for a dry run. */
public record Outline(List<? extends Operation> operations) {
    /** How many requests operations of this frequency take at least. */
    public int requests(Frequency often) {
        return operations.stream()
                .filter(operation -> operation.frequency().equals(often))
                .mapToInt(Operation::times)
                .sum();
    }

    /** How often what is called only where there is something. */
    public String whereFound(Sort sort) {
        return String.join(", ", howOften(sort));
    }

    public List<String> howOften(Sort sort) {
        return operations.stream()
                .map(Operation::frequency)
                .filter(often -> often.sort() == sort)
                .map(Frequency::howOften)
                .distinct()
                .toList();
    }
}
