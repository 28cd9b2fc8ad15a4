package io.aiaudit.collect.azure;

import java.util.Locale;

/** The clouds of Azure that have addresses of their own. */
public enum AzureCloud {
    PUBLIC(
            "https://management.azure.com",
            "https://login.microsoftonline.com",
            "https://{region}.metrics.monitor.azure.com",
            "https://metrics.monitor.azure.com",
            "https://{account}.blob.core.windows.net",
            "https://prices.azure.com"),
    US_GOVERNMENT(
            "https://management.usgovcloudapi.net",
            "https://login.microsoftonline.us",
            "https://{region}.metrics.monitor.azure.us",
            "https://metrics.monitor.azure.us",
            "https://{account}.blob.core.usgovcloudapi.net",
            "https://prices.azure.com"),
    /** Its prices are in no price API that needs no account. */
    CHINA(
            "https://management.chinacloudapi.cn",
            "https://login.chinacloudapi.cn",
            "https://{region}.metrics.monitor.azure.cn",
            "https://metrics.monitor.azure.cn",
            "https://{account}.blob.core.chinacloudapi.cn",
            null);

    private final String manager;
    private final String login;
    private final String metrics;
    private final String metricsAudience;
    private final String blobs;
    private final String prices;

    AzureCloud(String manager, String login, String metrics, String metricsAudience, String blobs, String prices) {
        this.manager = manager;
        this.login = login;
        this.metrics = metrics;
        this.metricsAudience = metricsAudience;
        this.blobs = blobs;
        this.prices = prices;
    }

    /** As {@code azure: cloud} in aiaudit.yaml names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String metricsAudience() {
        return metricsAudience;
    }

    String manager() {
        return manager;
    }

    String login() {
        return login;
    }

    String metrics() {
        return metrics;
    }

    String blobs() {
        return blobs;
    }

    String prices() {
        return prices;
    }
}
