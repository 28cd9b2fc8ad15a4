package io.aiaudit.collect.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import io.aiaudit.collect.Failures;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.Retry;
import io.aiaudit.model.UserError;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Turns failures of Azure into a problem and its fix. The only class that knows its error codes. */
final class AzureFailure implements Failures {
    private static final Set<String> NOT_REGISTERED =
            Set.of("MissingSubscriptionRegistration", "SubscriptionNotRegistered", "NoRegisteredProviderFound");
    private static final Set<String> NO_SUBSCRIPTION =
            Set.of("SubscriptionNotFound", "InvalidSubscriptionId", "InvalidAuthenticationTokenTenant");
    private static final Set<String> DISABLED =
            Set.of("ReadOnlyDisabledSubscription", "DisabledSubscription", "SubscriptionNotActive");

    /** How Cost Management and budgets refuse who has no role, with 401, which elsewhere is about the token. */
    private static final String NO_ROLE = "RBACAccessDenied";

    /** What lies above roles, as in resource groups that a service of Azure manages. */
    private static final String DENY_ASSIGNMENT = "DenyAssignmentAuthorizationFailed";

    /** An answer came that Azure would not send. */
    private static final String AGAIN_OR_PROXY = "Run it again; if it persists, check what stands before Azure "
            + "(HTTPS_PROXY, firewall), or the Azure status: https://azure.status.microsoft";

    /**
     * What the resource graph answers, with 400, where the caller may read none of the subscriptions in the query.
     */
    private static final String NOT_IN_GRAPH = "NoValidSubscriptionsInQueryRequest";

    private static final Pattern PROVIDER = Pattern.compile("/providers/(Microsoft[.][A-Za-z]+)");
    private static final String AGAIN =
            "Run it again; if it persists, check the Azure status: https://azure.status.microsoft";

    /** Credentials that are there, and a login that did not answer. */
    private static final Pattern LOGIN_NOT_ANSWERED =
            Pattern.compile("Credential authentication failed[.] Error Details: "
                    + "[^>]*(ConnectException|UnknownHost|UnresolvedAddress|TimeoutException|SSL)");

    /** One of the ways of the chain was there, and failed for another reason. */
    private static final Pattern LOGIN_FAILED =
            Pattern.compile("(\\w+Credential) authentication failed[.] Error Details: ([^>]{1,200})");

    private final Operations operations;

    AzureFailure(Operations operations) {
        this.operations = operations;
    }

    /** Empty where it is none of Azure's failures, but our defect. */
    @Override
    public Optional<UserError> explain(Exception thrown) {
        for (Throwable below = thrown; below != null; below = below.getCause()) {
            if (below instanceof RestFailure failure) {
                return Optional.of(of(failure));
            }
            if (below instanceof ClientAuthenticationException failure) {
                return Optional.of(credentials(failure));
            }
            if (below instanceof HttpResponseException failure) {
                return Optional.of(blob(failure));
            }
            if (isNetwork(below)) {
                return Optional.of(storageNotAnswered(below));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isOfService(RuntimeException failure) {
        return RestFailure.isOfService(failure);
    }

    static boolean isNotRegistered(RestFailure failure) {
        return NOT_REGISTERED.contains(failure.code());
    }

    private UserError of(RestFailure failure) {
        String action = operations.action(failure.operation());
        if (failure.status() == 0) {
            return notAnswered(failure, action);
        }
        if (isNotRegistered(failure)) {
            String provider = provider(failure.operation());
            return error(
                    failure,
                    "the provider " + provider + " is not registered in this subscription.",
                    "Register it if it is in use: az provider register --namespace " + provider
                            + ". If it is not, accept the gap with --allow-gaps.");
        }
        if (NO_SUBSCRIPTION.contains(failure.code())) {
            return error(
                    failure,
                    "there is no such subscription, or these credentials may not see it.",
                    "Correct azure: subscriptions in aiaudit.yaml ('az account list --all' lists yours), or assign "
                            + "the role of docs/azure.md there.");
        }
        if (failure.code().equals(NOT_IN_GRAPH)) {
            return error(
                    failure,
                    "access denied for " + action + ": these credentials can't read the subscription.",
                    "Assign the role of docs/azure.md in the subscription; 'aiaudit sources check azure' prints it.");
        }
        if (DISABLED.contains(failure.code())) {
            return error(
                    failure,
                    "the subscription is disabled.",
                    "Enable it again, or list only the other subscriptions under azure: subscriptions in "
                            + "aiaudit.yaml.");
        }
        if (failure.code().equals(NO_ROLE)) {
            return denied(failure, action);
        }
        if (failure.code().equals(DENY_ASSIGNMENT)) {
            return error(
                    failure,
                    "access denied for " + action + " by a deny assignment.",
                    "Have the credentials excluded from it, which no role can; or accept the gap with --allow-gaps.");
        }
        if (failure.status() == 403 && !operations.needsPermission(failure.operation())) {
            return error(
                    failure,
                    failure.host() + " refused the request with HTTP 403, though it needs no login and no permission.",
                    "Check what is between this computer and " + failure.host() + ": a proxy, or a firewall.");
        }
        if (failure.isOfAnswer()) {
            return error(failure, action + " failed: " + failure.serviceMessage() + ".", AGAIN_OR_PROXY);
        }
        return switch (failure.status()) {
            case 401 ->
                error(
                        failure,
                        "Azure does not accept the token for " + action + ": " + sentence(failure) + ".",
                        "Log in again: az login");
            case 403 -> denied(failure, action);
            case 404 ->
                error(
                        failure,
                        failure.host() + " does not know " + action + ": " + sentence(failure) + ".",
                        "Run it again; resources deleted meanwhile will be gone.");
            case 429 ->
                error(
                        failure,
                        "Azure kept refusing " + action + " because of too many requests"
                                + (isWaitedFor(failure) ? "." : ", and requires a wait of more than two minutes."),
                        "Run it again when the tenant has less API traffic.");
            default -> error(failure, action + " failed: " + sentence(failure) + ".", AGAIN);
        };
    }

    private static UserError denied(RestFailure failure, String action) {
        return error(
                failure,
                "access denied for " + action + ".",
                "Add the permission to the audit role; 'aiaudit sources check azure' lists every permission needed.");
    }

    /** The seconds would differ from one object to the next, and with them the gaps. */
    private static boolean isWaitedFor(RestFailure failure) {
        return failure.retryAfter() == null || failure.retryAfter().compareTo(Retry.USUAL.longest()) <= 0;
    }

    private static String provider(String operation) {
        Matcher provider = PROVIDER.matcher(operation);
        String last = "it";
        while (provider.find()) {
            last = provider.group(1);
        }
        return last;
    }

    private static String sentence(RestFailure failure) {
        String code = failure.code().isEmpty() ? "HTTP " + failure.status() : failure.code();
        return failure.serviceMessage().isEmpty() ? code : code + ", " + failure.serviceMessage();
    }

    private static UserError notAnswered(RestFailure failure, String action) {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownHostException) {
            return error(
                    failure,
                    "the address " + failure.host() + " is not known: there is no network, or it is another cloud.",
                    "Check the network; or name the cloud in aiaudit.yaml: azure: {cloud: us_government}");
        }
        String why = cause == null || cause.getMessage() == null ? "no connection was made" : cause.getMessage();
        return error(
                failure,
                action + " at " + failure.host() + " could not be reached: " + why + ".",
                "Check the connection to Azure: HTTPS_PROXY, firewall.");
    }

    /**
     * The chain ends where one of its ways fails rather than is not there, such as a proxy that answers for the
     * machine's own identity.
     */
    private static UserError credentials(ClientAuthenticationException failure) {
        String text = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        if (text.contains("ManagedIdentityCredential") && text.contains("authentication failed. Error Details")) {
            return error(
                    failure,
                    "the managed identity of this computer returned no token; other credentials were not tried.",
                    "To use the Azure CLI's credentials: az login, then export "
                            + "AZURE_TOKEN_CREDENTIALS=AzureCliCredential");
        }
        if (text.contains("AADSTS")) {
            String message = text.replaceFirst(".*?(AADSTS[0-9]+: ?[^.]*).*", "$1");
            return error(failure, "Azure refuses the credentials: " + message + ".", "Log in again: az login");
        }
        Matcher notAnswered = LOGIN_NOT_ANSWERED.matcher(text);
        if (notAnswered.find()) {
            return error(
                    failure,
                    "the Azure login could not be reached: " + notAnswered.group(1) + ".",
                    "Check the connection to the address of the login: HTTPS_PROXY, firewall; or name the "
                            + "cloud in aiaudit.yaml: azure: {cloud: us_government}");
        }
        Matcher failed = LOGIN_FAILED.matcher(text);
        if (failed.find()) {
            return error(
                    failure,
                    "the Azure login failed, with " + failed.group(1) + ": " + failed.group(2) + ".",
                    "Wait a minute and run it again; if it persists, check the credentials: az login.");
        }
        return error(
                failure,
                "no Azure credentials were found.",
                "Log in with 'az login', or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET.");
    }

    /** Failures of the way to a host, not of files here. */
    private static boolean isNetwork(Throwable thrown) {
        return thrown instanceof SocketException
                || thrown instanceof UnknownHostException
                || thrown instanceof HttpTimeoutException
                || thrown instanceof SSLException;
    }

    /** Failures of requests to the resource manager are explained there: what is left is the container of an export. */
    static UserError storageNotAnswered(Throwable failure) {
        String why = failure.getMessage() == null ? "no connection was made" : failure.getMessage();
        return new UserError(
                "the storage account of the export could not be reached: " + why + ".",
                "Check the connection to it: HTTPS_PROXY, the firewall of the storage account, its private endpoint.",
                failure);
    }

    private static UserError blob(HttpResponseException failure) {
        int status = failure.getResponse() == null ? 0 : failure.getResponse().getStatusCode();
        if (status == 401 || status == 403) {
            return error(
                    failure,
                    "access denied to the container of the export.",
                    "Assign the role Storage Blob Data Reader on the container, and allow this computer in the "
                            + "firewall of the storage account.");
        }
        if (status == 404) {
            return error(
                    failure,
                    "the container of the export, or a file in it, does not exist.",
                    "Check the export's destination: az costmanagement export list --scope "
                            + "subscriptions/SUBSCRIPTION-ID");
        }
        return error(failure, "the container of the export cannot be read: HTTP " + status + ".", AGAIN);
    }

    private static UserError error(Exception cause, String problem, String fix) {
        return new UserError(problem.replaceAll("[.]{2,}$", "."), fix, cause);
    }
}
