package io.aiaudit.collect.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A request that was not answered as it should be. Each cloud explains what that means for the user. */
public final class RestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 200;
    private static final int HTTP_OK = 200;

    /** What an HTML page is worth: its text would be cut off before it says anything. */
    private static final String PAGE = "an HTML page";

    /** Codes that mean no more than the status. */
    private static final Set<String> GENERAL = Set.of("BadRequest", "Forbidden", "Conflict", "NotFound");

    /** A GUID, or a number as long as those that are made for requests. */
    private static final Pattern ONE_REQUEST =
            Pattern.compile("\\b([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}|[0-9]{10,})\\b");

    /** What services add to a sentence so that they find the request again. */
    private static final Pattern NAMED_REQUEST =
            Pattern.compile("(?i)[\\s.,;(]*\\b(((request|correlation|activity|tracking|trace) ?id)|"
                    + "vpcServiceControlsUniqueIdentifier)\\s*[:=]\\s*'?[\\w-]*[0-9][\\w-]*'?\\)?");

    private static final Pattern ONE_TIME =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|\\b)");

    private final String operation;
    private final String host;
    private final int status;
    private final String code;
    private final String serviceMessage;
    private final Duration retryAfter;
    private final transient Map<String, String> facts;

    private RestFailure(
            String operation,
            String host,
            int status,
            String code,
            String serviceMessage,
            Duration retryAfter,
            Map<String, String> facts,
            IOException cause) {
        super(operation + " at " + host + ": " + (status == 0 ? "no answer" : "HTTP " + status) + " " + code, cause);
        this.operation = operation;
        this.host = host;
        this.status = status;
        this.code = code;
        this.serviceMessage = serviceMessage;
        this.retryAfter = retryAfter;
        this.facts = Map.copyOf(facts);
    }

    /** {@code retryAfter} is null where the response does not give a time. */
    public static RestFailure responded(String operation, String host, RestAnswer response, Duration retryAfter) {
        JsonNode error = error(response.body());
        String code = code(error);
        String text = message(error)
                .orElseGet(() -> error.path("message").asText(isPage(response.body()) ? PAGE : response.body()));
        String line = line(isOfService(response.status()) ? ofAnyRequest(text) : text);
        return new RestFailure(operation, host, response.status(), code, line, retryAfter, facts(error), null);
    }

    /** The most exact of the words that there are: Google has a reason in the details of a status. */
    private static String code(JsonNode error) {
        for (String list : List.of("details", "errors")) {
            for (JsonNode detail : error.path(list)) {
                if (detail.path("reason").isTextual()) {
                    return detail.path("reason").asText();
                }
            }
        }
        return exact(error)
                .map(detail -> detail.path("code").asText())
                .orElseGet(() -> error.path("status").isTextual()
                        ? error.path("status").asText()
                        : error.path("code").asText(""));
    }

    /**
     * Azure's services wrap what is wrong in a code that only repeats the status, such as BadRequest, and put it into
     * the first of its details.
     */
    private static Optional<JsonNode> exact(JsonNode error) {
        JsonNode detail = error.path("details").path(0);
        return GENERAL.contains(error.path("code").asText())
                        && detail.path("code").isTextual()
                ? Optional.of(detail)
                : Optional.empty();
    }

    private static Optional<String> message(JsonNode error) {
        return exact(error)
                .map(detail -> detail.path("message"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** What Google adds to its reason, such as the project that it is about. */
    private static Map<String, String> facts(JsonNode error) {
        Map<String, String> facts = new HashMap<>();
        error.path("details").forEach(detail -> facts.putAll(Json.texts(detail, "/metadata")));
        return facts;
    }

    static RestFailure notAnswered(String operation, String host, IOException cause) {
        return new RestFailure(operation, host, 0, "", "", null, Map.of(), cause);
    }

    /** Such as the login of a network, or the error of a proxy. */
    static boolean isPage(String body) {
        return body.stripLeading().startsWith("<");
    }

    /** The answer came and is none; {@code why} such as {@code the response is not JSON}. */
    public static RestFailure unreadable(RestRequest request, String why) {
        return new RestFailure(
                request.operation(), host(request), HTTP_OK, "UnreadableAnswer", why, null, Map.of(), null);
    }

    /** A list names a page as its next one that was read already. */
    public static RestFailure endless(RestRequest request) {
        return new RestFailure(
                request.operation(),
                host(request),
                HTTP_OK,
                "EndlessList",
                "the list does not end",
                null,
                Map.of(),
                null);
    }

    private static String host(RestRequest request) {
        return request.address().getHost();
    }

    private static JsonNode error(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode error = root.path("error");
            return error.isObject() ? error : root;
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // a page of some proxy, which is shown as it is
        }
    }

    /**
     * Without the numbers and times of one request, which services name where they are not well: the same failure of
     * many objects is one gap.
     */
    private static String ofAnyRequest(String text) {
        return ONE_REQUEST.matcher(ONE_TIME.matcher(text).replaceAll("TIME")).replaceAll("ID");
    }

    /** Without the name of the request, where the text says that it is one: that is another one each time. */
    public static String withoutRequest(String text) {
        return NAMED_REQUEST.matcher(text).replaceAll("");
    }

    private static String line(String text) {
        String line = withoutRequest(text).strip().replaceAll("\\s+", " ").replaceFirst("[.]$", "");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "..." : line;
    }

    public String operation() {
        return operation;
    }

    public String host() {
        return host;
    }

    /** Whether {@code failure} is one of these, and of the service. */
    public static boolean isOfService(RuntimeException failure) {
        return failure instanceof RestFailure ofRest && ofRest.isOfService();
    }

    /** The status of the answer; 0 = none came. */
    public int status() {
        return status;
    }

    /** The service, or the way to it, is not well: the next request would fail as well. */
    public boolean isOfService() {
        return isOfService(status);
    }

    private static boolean isOfService(int status) {
        return status == 0 || status == 429 || status >= 500;
    }

    /** An answer came, and is none: {@link #code} is ours then. */
    public boolean isOfAnswer() {
        return status == HTTP_OK;
    }

    /** The service's own code for what is wrong; empty where it has none. */
    public String code() {
        return code;
    }

    /** The message of the service, in one line; may be empty. */
    public String serviceMessage() {
        return serviceMessage;
    }

    /** The details of the service's error, by name; empty where there are none. */
    public Map<String, String> facts() {
        return facts;
    }

    /** How long the service wants a client to wait; null = it gave no time. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
