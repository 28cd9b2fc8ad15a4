package io.aiaudit.collect.azure;

import io.aiaudit.model.Resource;

/**
 * The row of a subscription as a whole, for rules about how it is governed: a resource of kind {@code account} that
 * carries no money.
 */
final class AccountFacts {
    private AccountFacts() {}

    static Resource.Builder account(AzurePlace place) {
        return Resource.builder("azure:" + place.subscription(), "account", "azure")
                .account(place.subscription(), place.name())
                .name(place.name() == null ? place.subscription() : place.name());
    }
}
