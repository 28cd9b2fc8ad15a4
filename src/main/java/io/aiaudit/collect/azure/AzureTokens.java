package io.aiaudit.collect.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Tokens by whom they are for, from the default chain of the Azure SDK: environment, workload and managed identity,
 * Azure CLI. Kept while they last, since the chain starts a program for each. Safe for several threads.
 */
final class AzureTokens implements TokenCredential {
    private static final Duration BEFORE_IT_ENDS = Duration.ofMinutes(5);

    private final TokenCredential chain;
    private final String tenant;
    private final Map<String, AccessToken> tokens = new HashMap<>();

    AzureTokens(TokenCredential chain, String tenant) {
        this.chain = chain;
        this.tenant = tenant;
    }

    static AzureTokens of(AzureScope scope, HttpClient http) {
        DefaultAzureCredentialBuilder builder = new DefaultAzureCredentialBuilder().httpClient(http);
        if (scope.tenant() != null) {
            builder.tenantId(scope.tenant());
        }
        if (scope.login() != null) {
            builder.authorityHost(scope.login());
        }
        if (scope.hasOwnLogin()) {
            builder.disableInstanceDiscovery();
        }
        return new AzureTokens(builder.build(), scope.tenant());
    }

    /** For the header of a request. */
    String of(String audience) {
        return token(audience + "/.default").getToken();
    }

    private synchronized AccessToken token(String scope) {
        AccessToken kept = tokens.get(scope);
        if (kept == null
                || kept.getExpiresAt()
                        .isBefore(OffsetDateTime.now(java.time.ZoneOffset.UTC).plus(BEFORE_IT_ENDS))) {
            kept = chain.getTokenSync(new TokenRequestContext().addScopes(scope).setTenantId(tenant));
            tokens.put(scope, kept);
        }
        return kept;
    }

    /** For clients of the SDK. */
    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        return token(request.getScopes().get(0));
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }
}
