package io.aiaudit.store;

import java.util.Set;

/**
 * What the bill tells of the machine hours of one resource.
 *
 * @param services that sell them
 * @param flexible true when all that lies under a commitment lies under one of an amount of money, for any machine of
 * the service; false for those of certain machines,
 *     and where nothing tells
 */
public record BilledTime(Set<String> services, boolean flexible) {
    public BilledTime {
        services = Set.copyOf(services);
    }
}
