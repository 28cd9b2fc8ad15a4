package io.aiaudit.testing;

import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that plays a tenant with one subscription, empty before each test. */
public final class TenantOfOne implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private AzureServer server;
    private AzureTenant tenant;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = AzureServer.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.reset();
        tenant = new AzureTenant(server);
        tenant.subscription(AzureTenant.SEARCH, "search");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }

    public AzureServer server() {
        return server;
    }

    public AzureTenant tenant() {
        return tenant;
    }

    /** What the collector reads of the last two whole days. */
    public Gathered gather() throws Exception {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        return Gathered.from(new AzureCollector(server.scope()), new Window(today.minus(2, ChronoUnit.DAYS), today));
    }
}
