package io.aiaudit.store;

import java.util.Set;

/**
 * What the bill shows of the machine hours of one resource, or of those that an unused commitment is for.
 *
 * @param services that sell them
 * @param flexible true when all that lies under a commitment lies under one of an amount of money, for any machine of
 * the service; false for those of certain machines,
 *     and where it is unknown
 * @param usedBy of a commitment of which a part was unused, the resources that used the rest; else empty
 */
public record BilledTime(Set<String> services, boolean flexible, Set<String> usedBy) {
    public BilledTime {
        services = Set.copyOf(services);
        usedBy = Set.copyOf(usedBy);
    }

    /** Of a resource that is no commitment. */
    public BilledTime(Set<String> services, boolean flexible) {
        this(services, flexible, Set.of());
    }
}
