package io.aiaudit.collect.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.BaseServiceException;
import io.aiaudit.collect.Failures;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns failures of Google into a problem and its fix. The only class that knows Google's error codes. */
final class GcpFailure implements Failures {
    private static final String AGAIN =
            "Run it again; if it persists, check the Google Cloud status: https://status.cloud.google.com";

    private static final String CLOUD_BILLING = "Cloud Billing";

    /** An answer came that Google would not send. */
    private static final String AGAIN_OR_PROXY = "Run it again; if it persists, check what stands before Google "
            + "(HTTPS_PROXY, firewall), or the Google Cloud status: https://status.cloud.google.com";

    /**
     * The resource on which a permission is missing, which the scope of a gap names: the same in several locations is
     * one gap.
     */
    private static final String RESOURCE = " on resource '[^']*'.*$";

    /** How a problem begins that a permission solves. */
    static final String DENIED = "access denied for ";

    private static final String BIG_QUERY = "BigQuery";

    /** A permission, where BigQuery names the one that is missing. */
    private static final Pattern OF_BIG_QUERY = Pattern.compile("(bigquery[.][a-z]+[.][a-zA-Z]+)");

    /** Refusals, by Google's reason, that no permission of a role lifts, though their status is the same. */
    private static final Map<String, Lift> OTHERWISE = Map.of(
            "SECURITY_POLICY_VIOLATED", Lift.PERIMETER,
            "ORG_RESTRICTION_VIOLATION", Lift.ORGANIZATION,
            "LOCATION_POLICY_VIOLATED", Lift.ORGANIZATION,
            "USER_BLOCKED_BY_ADMIN", Lift.ORGANIZATION,
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT", Lift.SCOPE,
            "BILLING_DISABLED", Lift.BILLING,
            "CONSUMER_SUSPENDED", Lift.SUSPENDED,
            "GCP_SUSPENDED", Lift.SUSPENDED);

    /** What has to be changed instead. */
    private enum Lift {
        PERIMETER,
        ORGANIZATION,
        SCOPE,
        BILLING,
        SUSPENDED
    }

    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    /** How older services say, with a 403, that it was too much. */
    private static final Pattern LIMIT = Pattern.compile("(user)?(rateLimit|quota)Exceeded|RATE_LIMIT_EXCEEDED");

    private static final Pattern SERVICE = Pattern.compile("apis?/api/([a-z0-9.-]+[.]com)");
    private static final Pattern PROJECT = Pattern.compile("in project ([a-z0-9:.-]+) before");

    private final Operations operations;

    /** Numbers of projects, by which Google names them in its answers, to their ids. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    GcpFailure(Operations operations) {
        this.operations = operations;
    }

    /** From now on the project with this number is called so. */
    void name(String number, String project) {
        if (number != null) {
            names.put(number, project);
        }
    }

    /** Empty where it is none of Google's failures, but our defect. */
    @Override
    public Optional<UserError> explain(Exception thrown) {
        for (Throwable below = thrown; below != null; below = below.getCause()) {
            if (below instanceof UserError error) {
                return Optional.of(error);
            }
            if (below instanceof RestFailure failure) {
                return Optional.of(ofRest(failure));
            }
            if (below instanceof BaseServiceException failure) {
                return Optional.of(ofLibrary(failure));
            }
            if (below instanceof ApiException failure) {
                return Optional.of(ofBilling(failure));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isOfService(RuntimeException failure) {
        return RestFailure.isOfService(failure);
    }

    private UserError ofRest(RestFailure failure) {
        String action = operations.action(failure.operation());
        return failure.status() == 0
                ? notAnswered(failure, action)
                : new Refusal(action, failure.status(), failure.code(), line(failure.serviceMessage()), names)
                        .error(failure);
    }

    private UserError ofLibrary(BaseServiceException failure) {
        if (failure.getCode() == 0) {
            return notAnswered(failure, BIG_QUERY);
        }
        String reason = failure.getReason() == null ? "" : failure.getReason();
        String permission = Objects.requireNonNullElse(
                Refusal.found(OF_BIG_QUERY, String.valueOf(failure.getMessage())),
                "bigquery.jobs.create or bigquery.tables.getData");
        String what = failure.getCode() == FORBIDDEN ? permission : BIG_QUERY;
        return new Refusal(what, failure.getCode(), reason, line(failure.getMessage()), names).error(failure);
    }

    /** The library keeps what was answered, and does not read it. */
    private UserError ofBilling(ApiException failure) {
        return refusal(failure)
                .map(responded -> {
                    String content = responded.getContent() == null ? "" : responded.getContent();
                    RestAnswer response = new RestAnswer(responded.getStatusCode(), Map.of(), content);
                    return ofRest(RestFailure.responded(CLOUD_BILLING, "", response, null));
                })
                .orElseGet(() -> notAnswered(failure, CLOUD_BILLING));
    }

    /** Whether the request was refused because of the role of the caller. */
    static boolean isOfRole(RestFailure failure) {
        return failure.status() == FORBIDDEN
                && !OTHERWISE.containsKey(failure.code())
                && !SwitchedOff.CODES.contains(failure.code())
                && !LIMIT.matcher(failure.code()).matches()
                && !isOfQuotaProject(failure.code(), failure.serviceMessage());
    }

    private static boolean isOfQuotaProject(String reason, String message) {
        return reason.equals("USER_PROJECT_DENIED") || message.contains("requires a quota project");
    }

    /** Whether nothing can be read of the whole project, and nothing runs in it. */
    static boolean closesProject(RestFailure failure) {
        Lift lift = OTHERWISE.get(failure.code());
        return lift == Lift.BILLING || lift == Lift.SUSPENDED;
    }

    /** Whether an answer came that refuses the request for good, and is about no API that is switched off. */
    boolean isForbidden(ApiException failure) {
        return refusal(failure)
                        .filter(answer -> answer.getStatusCode() == FORBIDDEN)
                        .isPresent()
                && ofBilling(failure).problem().startsWith(DENIED);
    }

    /** Whether an answer came that refuses the request; else it broke off, or none came. */
    static boolean isRefusal(ApiException failure) {
        return refusal(failure).isPresent();
    }

    private static Optional<HttpResponseException> refusal(ApiException failure) {
        for (Throwable below = failure; below != null; below = below.getCause()) {
            if (below instanceof HttpResponseException responded) {
                return Optional.of(responded);
            }
        }
        return Optional.empty();
    }

    static UserError notAnswered(Exception failure, String what) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof UnknownHostException)) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return new UserError(
                    "the address " + root.getMessage() + " is not known: there is no network.",
                    "Check the network: HTTPS_PROXY, firewall.",
                    failure);
        }
        if (root instanceof IOException && String.valueOf(root.getMessage()).contains("token")) {
            return GoogleLogin.refused((IOException) root);
        }
        if (isLate(root)) {
            return new UserError(what + " did not respond in time.", AGAIN, failure);
        }
        if (!isOfNetwork(root)) {
            return new UserError(what + " sent an answer that broke off or is not JSON.", AGAIN_OR_PROXY, failure);
        }
        return new UserError(
                what + " could not be reached: " + line(root.getMessage()) + ".",
                "Check the connection to Google: HTTPS_PROXY, firewall.",
                failure);
    }

    /** Google's libraries keep no more of it than its text. */
    private static boolean isLate(Throwable root) {
        return root instanceof SocketTimeoutException
                || String.valueOf(root.getMessage()).contains("Read timed out");
    }

    /** What reads an answer, in a library, has failures of its own, which are no concern of the connection. */
    private static boolean isOfNetwork(Throwable root) {
        return root instanceof IOException
                && !(root instanceof EOFException)
                && root.getClass().getName().startsWith("java");
    }

    /**
     * A response that refuses the request.
     *
     * @param what the permission or operation, as an administrator knows it
     * @param reason Google's own reason code, where it gives one
     * @param names ids of projects by number
     */
    private record Refusal(String what, int status, String reason, String message, Map<String, String> names) {
        UserError error(Exception cause) {
            return switch (status) {
                case 200 -> error(cause, what + " failed: " + message + ".", AGAIN_OR_PROXY);
                case 401 ->
                    error(
                            cause,
                            "Google does not accept the token for " + what + ": " + message + ".",
                            GoogleLogin.AGAIN);
                case 403 -> forbidden(cause);
                case 404 ->
                    error(
                            cause,
                            what + " does not know the requested resource: " + message + ".",
                            "Run it again; resources deleted meanwhile will be gone.");
                case 429 ->
                    error(
                            cause,
                            "Google kept refusing " + what + " because of too many requests.",
                            "Run it again later, or with a quota project that has more: gcp: {quota_project: PROJECT}");
                default ->
                    error(cause, what + " failed: " + (message.isEmpty() ? "HTTP " + status : message) + ".", AGAIN);
            };
        }

        /**
         * Several things that all are 403: the permission, an API that is switched off, the project that requests are
         * counted on, and what no permission lifts.
         */
        private UserError forbidden(Exception cause) {
            if (isOfQuotaProject(reason, message)) {
                return error(
                        cause,
                        "the quota project cannot be used for " + what + ": " + message + ".",
                        "Name a project in which you have the role Service Usage Consumer: gcp: {quota_project: "
                                + "PROJECT}");
            }
            if (LIMIT.matcher(reason).matches()) {
                return new Refusal(what, TOO_MANY, reason, message, names).error(cause);
            }
            if (SwitchedOff.CODES.contains(reason)) {
                return error(
                        cause,
                        "the API of " + what + " is disabled: "
                                + message.replaceFirst("[.] Enable it by visiting.*$", "") + ".",
                        enabling(cause) + " Otherwise accept the gap with --allow-gaps.");
            }
            if (OTHERWISE.containsKey(reason)) {
                return otherwise(OTHERWISE.get(reason), cause);
            }
            return error(
                    cause,
                    DENIED + what + ": " + message.replaceFirst(RESOURCE, "") + ".",
                    "Add the permission to the audit role; 'aiaudit sources check gcp' lists every permission "
                            + "required.");
        }

        private UserError otherwise(Lift lift, Exception cause) {
            return switch (lift) {
                case PERIMETER ->
                    error(
                            cause,
                            DENIED + what + " by VPC Service Controls.",
                            "Have the service perimeter let the audit credentials in, which no role can; or run "
                                    + "aiaudit inside it.");
                case ORGANIZATION ->
                    error(
                            cause,
                            DENIED + what + " by a policy of the organization: " + message + ".",
                            "Have it allowed there, which no role can; or accept the gap with --allow-gaps.");
                case SCOPE ->
                    error(
                            cause,
                            "the login lacks the access scope for " + what + ".",
                            "Log in with it: gcloud auth application-default login "
                                    + "--scopes=https://www.googleapis.com/auth/cloud-platform. An instance of Compute "
                                    + "Engine needs this access scope, too.");
                case BILLING ->
                    error(
                            cause,
                            "billing is disabled for the project.",
                            "Enable it if the project is in use: gcloud billing projects link PROJECT "
                                    + "--billing-account=ACCOUNT; else remove it from gcp: projects in aiaudit.yaml.");
                case SUSPENDED ->
                    error(
                            cause,
                            "Google has suspended the project.",
                            "Have it restored if it is in use; else remove it from gcp: projects in aiaudit.yaml.");
            };
        }

        /** With the service and the project that Google names, if it does. */
        private String enabling(Exception cause) {
            Map<String, String> facts = cause instanceof RestFailure failure ? failure.facts() : Map.of();
            String service = facts.getOrDefault("service", found(SERVICE, message));
            String project = GcpSession.last(facts.getOrDefault("consumer", found(PROJECT, message)));
            return service == null || project == null
                    ? "Enable it if it is in use."
                    : "Enable it if it is in use: gcloud services enable " + service + " --project "
                            + names.getOrDefault(project, project) + ".";
        }

        private static String found(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.group(1) : null;
        }

        private static UserError error(Exception cause, String problem, String fix) {
            return new UserError(problem.replaceAll("[.]{2,}$", "."), fix, cause);
        }
    }

    private static String line(String text) {
        String line = text == null
                ? "no answer"
                : RestFailure.withoutRequest(text)
                        .strip()
                        .replaceAll("\\s+", " ")
                        .replaceFirst("[.]+$", "");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }
}
