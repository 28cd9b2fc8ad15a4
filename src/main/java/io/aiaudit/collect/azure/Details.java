package io.aiaudit.collect.azure;

import io.aiaudit.collect.rest.Questions;

/** What is asked about a subscription, none of it taking another with it. */
final class Details extends Questions {
    Details(AzurePlace place) {
        super("azure", place.subscription(), place.arm()::explain);
    }
}
