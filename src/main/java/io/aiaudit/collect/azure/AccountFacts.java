package io.aiaudit.collect.azure;

import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;

/**
 * The row of a subscription as a whole, for rules about how it is governed: a resource of kind {@code account} that
 * carries no money.
 */
final class AccountFacts {
    private AccountFacts() {}

    static ResourceBuilder account(AzureSession session) {
        return Resource.builder("azure:" + session.subscription(), "account", "azure")
                .accountId(session.subscription())
                .accountName(session.name())
                .name(session.name() == null ? session.subscription() : session.name());
    }
}
