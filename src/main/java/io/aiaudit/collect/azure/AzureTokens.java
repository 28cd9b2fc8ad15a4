package io.aiaudit.collect.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.aiaudit.collect.rest.Renewals;
import io.aiaudit.model.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Tokens by whom they are for, from the default chain of the Azure SDK: environment, workload and managed identity,
 * Azure CLI. Kept while they last, since the chain starts a program for each. Safe for several threads.
 */
final class AzureTokens implements TokenCredential {
    private static final Duration BEFORE_IT_ENDS = Duration.ofMinutes(5);

    private final Supplier<TokenCredential> login;
    private final String tenant;
    private final Map<String, Kept> tokens = new HashMap<>();
    private final Renewals renewals = new Renewals();
    private TokenCredential chain;
    private boolean hadToken;

    /** {@code login} makes a chain that has kept no token yet. */
    AzureTokens(Supplier<TokenCredential> login, String tenant) {
        this.login = login;
        this.chain = login.get();
        this.tenant = tenant;
    }

    private record Kept(AccessToken token, Instant since) {
        boolean isOver() {
            return token.getExpiresAt()
                    .isBefore(OffsetDateTime.now(ZoneOffset.UTC).plus(BEFORE_IT_ENDS));
        }
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
        return new AzureTokens(builder::build, scope.tenant());
    }

    /** For the header of a request. */
    String of(String audience) {
        return token(scope(audience)).getToken();
    }

    /**
     * A request that was sent then had a token that is not accepted. The chain keeps tokens, too, until they are over
     * by the clock of this computer: a new one has none.
     */
    synchronized void refused(String audience, Instant sent) {
        Kept kept = tokens.get(scope(audience));
        if (kept != null && renewals.isDue(kept.since(), sent)) {
            tokens.remove(scope(audience));
            chain = login.get();
        }
    }

    private static String scope(String audience) {
        return audience + "/.default";
    }

    private synchronized AccessToken token(String scope) {
        Kept kept = tokens.get(scope);
        if (kept == null || kept.isOver()) {
            kept = new Kept(issued(scope), Instant.now());
            tokens.put(scope, kept);
            hadToken = true;
        }
        return kept.token();
    }

    /** A chain that fails says that nothing is there, also where it issued tokens before. */
    private AccessToken issued(String scope) {
        try {
            return chain.getTokenSync(new TokenRequestContext().addScopes(scope).setTenantId(tenant));
        } catch (ClientAuthenticationException e) {
            if (!hadToken || String.valueOf(e.getMessage()).contains("AADSTS")) {
                throw e;
            }
            throw new UserError(
                    "Azure issues no more tokens: the login that this scan began with was revoked or has ended.",
                    "Log in again: az login",
                    e);
        }
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
