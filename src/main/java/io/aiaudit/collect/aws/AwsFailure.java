package io.aiaudit.collect.aws;

import io.aiaudit.collect.Failures;
import io.aiaudit.model.UserError;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns failures of the SDK into a problem and its fix. The only class that knows AWS's error codes.
 *
 * @param action what an administrator would have to grant
 */
record AwsFailure(SdkException failure, String action, String region) {
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
    private static final Set<String> CLOCK = Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");
    /** EC2's code for both. */
    private static final String EXPIRED_OR_CLOCK = "RequestExpired";

    private static final Set<String> SIGNATURE = Set.of("SignatureDoesNotMatch", "InvalidSignatureException");
    private static final Set<String> UNKNOWN_KEY = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
            "AuthFailure",
            "IllegalLocationConstraintException");
    private static final Set<String> NOT_SWITCHED_ON = Set.of(
            "OptInRequired", "OptInRequiredException", "SubscriptionRequiredException", "DataUnavailableException");
    private static final Set<String> UNKNOWN_OPERATION = Set.of("UnknownOperationException", "InvalidAction");

    /** What a server that plays AWS answers to what it does not know. */
    private static final Set<Integer> PLAYED = Set.of(500, 501);

    /** In what the parsers of the SDK say, before names of their classes, and what they parse. */
    private static final Map<String, String> PARSERS = Map.of("[Source: ", "JSON", "[row,col", "XML");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private static final Pattern CLOCK_WORDS = Pattern.compile("(?i)expired|not yet current|later than|earlier than");
    private static final Pattern GONE_WORDS = Pattern.compile("(?i)could not find|not found|does not exist");
    /** What denies by itself, or does not allow what the role does: no permission of a role lifts it. */
    private static final Pattern OTHER_POLICY = Pattern.compile("(with an explicit deny in an?|because no) "
            + "(service control policy|resource control policy|permissions boundary|VPC endpoint policy"
            + "|session policy)\\b");

    private static final Pattern KEY_ACTION = Pattern.compile("not authorized to perform: (kms:\\w+)");
    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "SlowDown",
            "LimitExceededException",
            "ThrottledException");

    /** As the runner of optional calls knows failures. */
    static final Failures FAILURES = new Failures() {
        @Override
        public Optional<UserError> explain(Exception failure) {
            return AwsFailure.explain(failure);
        }

        @Override
        public boolean isOfService(RuntimeException failure) {
            return failure instanceof AwsServiceException response
                    ? response.statusCode() >= 500 || THROTTLED.contains(code(response)) || isOfLogin(response)
                    : failure instanceof SdkException;
        }

        @Override
        public boolean isUnknownOperation(RuntimeException failure) {
            return failure instanceof AwsServiceException response && AwsFailure.isUnknownOperation(response);
        }
    };

    /** True where one of several items of a request may be why it failed. */
    static boolean mayBeOfOne(SdkException failure) {
        return failure instanceof AwsServiceException response
                && !isDenied(response)
                && !isUnknownOperation(response)
                && !isOfLogin(response)
                && !THROTTLED.contains(code(response));
    }

    /** True where every other request would fail as this one did, such as after a session has expired. */
    private static boolean isOfLogin(AwsServiceException response) {
        String code = code(response);
        return EXPIRED.contains(code) || CLOCK.contains(code) || UNKNOWN_KEY.contains(code) || SIGNATURE.contains(code);
    }

    /** The request that failed; attached to the exception, since the SDK lets no exception of ours through. */
    static final class RequestNote extends Exception {
        private static final long serialVersionUID = 1L;

        private final String action;
        private final String region;
        private final boolean knownToEveryServer;

        RequestNote(String action, String region, boolean knownToEveryServer) {
            super(action + " in " + region, null, false, false);
            this.action = action;
            this.region = region;
            this.knownToEveryServer = knownToEveryServer;
        }
    }

    /** What went wrong as an error for the user. A role that cannot be assumed hangs deepest, and is what is wrong. */
    static Optional<UserError> explain(Exception thrown) {
        if (!(thrown instanceof SdkException failure)) {
            return Optional.empty();
        }
        SdkException deepest = failure;
        RequestNote request = new RequestNote("a service", "AWS", false);
        for (Throwable thrownBelow = failure; thrownBelow != null; thrownBelow = thrownBelow.getCause()) {
            deepest = thrownBelow instanceof AwsServiceException response ? response : deepest;
            for (Throwable note : thrownBelow.getSuppressed()) {
                request = note instanceof RequestNote question ? question : request;
            }
        }
        return Optional.of(new AwsFailure(deepest, request.action, request.region).error());
    }

    private UserError error() {
        return failure instanceof AwsServiceException response ? responded(response) : notAnswered();
    }

    private UserError responded(AwsServiceException response) {
        String code = code(response);
        String message = message(response);
        if (SIGNATURE.contains(code)) {
            return CLOCK_WORDS.matcher(message).find()
                    ? clock()
                    : error(
                            "AWS refuses the signature of the secret key.",
                            "Check the secret access key: aws sts get-caller-identity");
        }
        if (isDenied(response)) {
            return denied(message);
        }
        if (EXPIRED.contains(code)) {
            return error("the AWS session has expired.", AwsLogin.renew());
        }
        if (EXPIRED_OR_CLOCK.equals(code)) {
            return error(
                    "the AWS session has expired, or the clock of this computer is wrong.",
                    "Compare the clock with: date -u. If it is right: " + AwsLogin.renew());
        }
        if (CLOCK.contains(code)) {
            return clock();
        }
        if (UNKNOWN_KEY.contains(code) || response.statusCode() == UNAUTHORIZED) {
            return error(
                    "AWS does not accept the credentials in " + region
                            + ": they are wrong, or the region is not enabled for this account.",
                    "Check them: aws sts get-caller-identity --region " + region
                            + ". Or name the regions to read in aiaudit.yaml: aws: {regions: [us-east-1]}");
        }
        if (NOT_SWITCHED_ON.contains(code)) {
            return error(
                    "what " + action + " reads is not enabled in this account: " + message,
                    "Enable it if needed, or accept the gap with --allow-gaps.");
        }
        if (THROTTLED.contains(code)) {
            return error(
                    "AWS kept refusing " + action + " because of too many requests.",
                    "Run it again when the account has less API traffic.");
        }
        if (UNKNOWN_OPERATION.contains(code) || (response.statusCode() == 404 && code.isEmpty())) {
            return error(
                    region + " does not know " + action + ".",
                    "Exclude the region in aiaudit.yaml, or accept the gap with --allow-gaps.");
        }
        return error(
                action + " failed: " + (code.isEmpty() ? "HTTP " + response.statusCode() : code)
                        + (message.isEmpty() ? "" : ", " + message) + ".",
                "Run it again; if it persists, check the AWS status: https://health.aws.amazon.com");
    }

    /** A response without a code has no reason: a missing permission is the likeliest one. */
    private UserError denied(String message) {
        if (action.equals("sts:AssumeRole")) {
            return error(
                    "the audit role of this account cannot be assumed: "
                            + (message.isEmpty() ? "access denied for " + action : message) + ".",
                    "Create it in the account with the template of docs/aws.md, or correct aws: role and external_id "
                            + "in aiaudit.yaml.");
        }
        if (action.contains(".")) { // an operation, since there is no action to grant
            return error(
                    "access denied for " + action + ", which needs no permission.",
                    "Check the connection to AWS: HTTPS_PROXY, firewall, AWS_ENDPOINT_URL.");
        }
        Matcher key = KEY_ACTION.matcher(message);
        if (key.find()) {
            return error(
                    "access denied for " + key.group(1) + ", with the key that " + action + " takes.",
                    "Allow the audit role to use the key, in both policies; see docs/aws.md.");
        }
        Matcher deny = OTHER_POLICY.matcher(
                failure.getMessage() == null ? "" : failure.getMessage().replaceAll("\\s+", " "));
        if (deny.find()) {
            return error(
                    "access denied for " + action + " by a " + deny.group(2) + ".",
                    "Have it allowed there, which the audit role alone can't; or leave the region out: "
                            + "aws: {regions: [us-east-1]}");
        }
        return error(
                "access denied for " + action + ".",
                "Add the permission to the audit role; 'aiaudit sources check aws' lists every permission required.");
    }

    private UserError clock() {
        return error(
                "AWS rejects the request because the clock of this computer is wrong.",
                "Set the clock: sudo timedatectl set-ntp true");
    }

    private UserError notAnswered() {
        if (failure instanceof EndlessLists.Endless) {
            return error(
                    action + " in " + region + " returns page after page: the list does not end.",
                    "Run it again; if it persists, report it to AWS.");
        }
        if (root(failure) instanceof Responses.NoAnswer nothing) {
            return error(
                    action + " in " + region + " sent " + nothing.getMessage() + ".",
                    "Run it again; check what stands before AWS: HTTPS_PROXY, firewall, AWS_ENDPOINT_URL.");
        }
        String message = message(failure);
        if (message.startsWith("Unable to load credentials")
                || message.contains("Profile file contained no credentials")
                || message.contains("No AWS profiles available")) {
            return noCredentials();
        }
        if (message.contains("SSO") || message.contains("token") || message.contains("profile")) {
            return error("the AWS credentials cannot be used: " + message + ".", AwsLogin.renew());
        }
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return error(
                    action + " in " + region + " did not respond in time.",
                    "Run it again; check the connection to AWS: HTTPS_PROXY, firewall.");
        }
        Throwable root = root(failure);
        if (root instanceof UnknownHostException) {
            return error(
                    "the address " + root.getMessage() + " of " + action
                            + " is not known: there is no network, or the service is not in " + region + ".",
                    "Check the network; or name the regions to read in aiaudit.yaml: aws: {regions: [us-east-1]}");
        }
        Optional<String> expected = expected(root);
        if (expected.isPresent()) {
            return error(
                    action + " in " + region + " sent a response that broke off or is not " + expected.get() + ".",
                    "Run it again; check what stands before AWS: HTTPS_PROXY, firewall, AWS_ENDPOINT_URL.");
        }
        return error(
                action + " in " + region + " could not be reached: " + message(root) + ".",
                "Check the connection to AWS: HTTPS_PROXY, firewall, AWS_ENDPOINT_URL.");
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** What a response was expected to be that could not be parsed; empty for other failures. */
    private static Optional<String> expected(Throwable root) {
        String text = String.valueOf(root.getMessage());
        return PARSERS.entrySet().stream()
                .filter(parser -> text.contains(parser.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** True for a response that broke off on its way, or is none. The SDK requests only those in JSON again. */
    static boolean isBroken(Throwable thrown) {
        Throwable root = root(thrown);
        return root instanceof Responses.NoAnswer || expected(root).isPresent();
    }

    /** The SDK's credential chain reports all providers that it tried alike, also an expired login. */
    private UserError noCredentials() {
        String profile = AwsLogin.profile();
        if (profile == null) {
            return error("no AWS credentials were found.", AwsLogin.first());
        }
        return AwsLogin.isThere(profile)
                ? error("the AWS profile " + profile + " has no valid credentials.", AwsLogin.renew())
                : error(
                        "there is no AWS profile " + profile + ".",
                        "Name another one with AWS_PROFILE ('aws configure list-profiles' shows them), or make it: "
                                + "aws configure --profile "
                                + profile);
    }

    private UserError error(String problem, String fix) {
        return new UserError(problem.replaceAll("[.]{2,}$", "."), fix, failure);
    }

    private static String message(Throwable thrown) {
        String text = thrown instanceof AwsServiceException response && response.awsErrorDetails() != null
                ? response.awsErrorDetails().errorMessage()
                : thrown.getMessage();
        String line = text == null ? "" : text.strip().replaceAll("\\s+", " ");
        String bare = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return bare.length() > 200 ? bare.substring(0, 200) + "..." : bare;
    }

    private static String code(AwsServiceException response) {
        String code = response.awsErrorDetails() == null
                ? null
                : response.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    /**
     * The result of {@code call}, or empty where the requested object does not exist (any more), which is no failure.
     */
    static <T> Optional<T> unlessGone(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsServiceException e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * True where what answered has no such operation: a region that lacks it, or a server that only plays AWS
     * (AWS_ENDPOINT_URL), which fails without a code of AWS and without the id that AWS gives each request. A proxy in
     * front of AWS fails this way, too, and then nothing is known. What every such server has is not unknown there.
     */
    static boolean isUnknownOperation(AwsServiceException response) {
        String code = code(response);
        return UNKNOWN_OPERATION.contains(code)
                || (code.isEmpty()
                        && !isKnownToEveryServer(response)
                        && (response.statusCode() == 404 || isPlayed(response)));
    }

    private static boolean isPlayed(AwsServiceException response) {
        return PLAYED.contains(response.statusCode()) && response.requestId() == null && AwsClients.isElsewhere();
    }

    private static boolean isKnownToEveryServer(AwsServiceException response) {
        return Arrays.stream(response.getSuppressed())
                .anyMatch(note -> note instanceof RequestNote request && request.knownToEveryServer);
    }

    /**
     * True where AWS denies the request, by its code, or by the HTTP status alone, as a proxy does.
     */
    static boolean isDenied(AwsServiceException response) {
        String code = code(response);
        return DENIED.contains(code)
                || (code.isEmpty() && (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN));
    }

    /** True where the account has the service, and it is not switched on. */
    static boolean isNotSwitchedOn(Throwable failure) {
        return failure instanceof AwsServiceException response && NOT_SWITCHED_ON.contains(code(response));
    }

    private static boolean isGone(AwsServiceException response) {
        String code = code(response);
        return code.startsWith("ResourceNotFound")
                || code.endsWith(".NotFound")
                || code.equals("NoSuchKey")
                || code.equals("TrailNotFoundException")
                || code.equals("EntityNotFoundException")
                || (Set.of("ValidationException", "InvalidRequestException").contains(code)
                        && GONE_WORDS.matcher(message(response)).find());
    }
}
