package io.aiaudit.collect.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aiaudit.collect.Operations;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Calls services with JSON over HTTP. Lets only listed operations out, counts what is sent, keeps to the pace of
 * an operation, waits as long as a service requires, and follows pages only where the first one came from. A token
 * leaves over https only, but for this machine itself. Safe for several threads.
 */
public final class RestClient {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // 1.5E-05 is money
            .build();

    private static final int NO_CONTENT = 204;

    /** For what has just failed for good with another object, and for what a page of some proxy may have answered. */
    private static final int FEW_ATTEMPTS = 2;

    /** The longest wait for another object of what has just failed for good, or of what was waited for long enough. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(10);

    /**
     * So long in all are refusals waited for in vain that one subscription, project or location has: each object by
     * itself may be refused for a while, but a scan has to end.
     */
    static final Duration LONGEST_IN_VAIN = Duration.ofMinutes(10);

    private static final int TOO_MANY = 429;

    /** What services count requests by. */
    private static final Pattern COUNTED_BY =
            Pattern.compile("/(?:subscriptions|projects|folders|organizations|locations|zones|regions)/[^/]+");

    /** What comes before the path, and the path. */
    private static final Pattern PARTS = Pattern.compile("((?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?]*)?)([^?]*)(.*)");

    private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");

    /** What an address may have beside letters and digits. */
    private static final String OF_ADDRESS = "-._~:/?@!$&'()*+,;=%";

    private final Transport transport;
    private final Operations operations;
    private final Map<String, Pace> paces;
    private final Retry retry;
    private final Waiting waiting;

    /**
     * Operations in a scope whose last request failed for good because of the service: one object after the other would
     * be waited for. One that was refused for a stated time is not among them.
     */
    private final Set<String> unwell = ConcurrentHashMap.newKeySet();

    /** How long refusals of a scope were waited for in vain. */
    private final Map<String, Duration> inVain = new ConcurrentHashMap<>();

    RestClient(Transport transport, Operations operations, Map<String, Pace> paces, Retry retry, Waiting waiting) {
        this.transport = transport;
        this.operations = operations;
        this.paces = Map.copyOf(paces);
        this.retry = retry;
        this.waiting = waiting;
    }

    /** {@code paces} holds the limits of operations that have some, by operation. */
    public RestClient(Transport transport, Operations operations, Map<String, Pace> paces) {
        this(transport, operations, paces, Retry.USUAL, Waiting.REAL);
    }

    /** One answer; missing where the service reports that it has none. */
    public JsonNode call(RestRequest request) {
        operations.allow(request.operation());
        return send(request, request.address());
    }

    /**
     * All pages of an answer, each as it comes.
     *
     * @param next the address of the next page in a page; null or empty at the last one
     */
    public void pages(RestRequest request, Function<JsonNode, String> next, Consumer<JsonNode> page) {
        operations.allow(request.operation());
        URI first = request.address();
        URI address = first;
        PageTrail trail = new PageTrail(request);
        while (address != null) {
            JsonNode response = send(request, address);
            page.accept(response);
            String link = next.apply(response);
            if (link == null || link.isEmpty()) {
                return;
            }
            address = following(request, first, link);
            trail.read(response, address);
        }
    }

    /** A page lies where the first one lies: whoever could name another host would be sent the token. */
    private static URI following(RestRequest request, URI first, String link) {
        URI next;
        try {
            next = first.resolve(repaired(link));
        } catch (IllegalArgumentException e) {
            throw foreign(request, first, "an invalid address", e);
        }
        boolean same = first.getScheme().equalsIgnoreCase(next.getScheme())
                && first.getHost().equalsIgnoreCase(next.getHost())
                && port(first) == port(next)
                && next.getUserInfo() == null;
        boolean samePath = request.method().equals("GET") || first.getPath().equalsIgnoreCase(next.getPath());
        if (!same || !samePath) {
            throw foreign(request, first, same ? next.getPath() : next.getScheme() + "://" + next.getHost(), null);
        }
        return next;
    }

    /**
     * Services put tokens into links as they are, such as JSON: what no address may have is encoded. What comes before
     * the path is left alone, since it says where a token goes.
     */
    private static String repaired(String link) {
        Matcher parts = PARTS.matcher(link);
        return parts.matches()
                ? parts.group(1) + encoded(parts.group(2), "") + encoded(parts.group(3), "[]")
                : link; // a line break: no address
    }

    private static String encoded(String part, String allowed) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < part.length(); i = part.offsetByCodePoints(i, 1)) {
            int character = part.codePointAt(i);
            boolean isFine = character < 128
                    && (Character.isLetterOrDigit(character) || (OF_ADDRESS + allowed).indexOf(character) >= 0);
            boolean isBare = character == '%'
                    && !ESCAPED.matcher(part).region(i, part.length()).lookingAt();
            String one = Character.toString(character);
            encoded.append(
                    isFine && !isBare
                            ? one
                            : URLEncoder.encode(one, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return encoded.toString();
    }

    private static UserError foreign(RestRequest request, URI first, String where, Exception cause) {
        return new UserError(
                "the response of " + first.getHost() + " to " + request.template() + " names " + where
                        + " for its next page, which was not requested and was sent no token.",
                "Check what responds instead of " + first.getHost() + ": a proxy, or an address in aiaudit.yaml.",
                cause);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
    }

    private JsonNode send(RestRequest request, URI address) {
        keepTokenIn(request, address);
        try {
            return sendPatiently(request, address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for " + address.getHost(), e);
        }
    }

    private static void keepTokenIn(RestRequest request, URI address) {
        if (request.audience() != null && !isSafe(address)) {
            throw new UserError(
                    address.getScheme() + "://" + address.getHost() + " is not used: tokens are sent over https only.",
                    "Name an address that begins with https:// in aiaudit.yaml.");
        }
    }

    /** Whether a token may go there: over https, or to this machine itself. */
    public static boolean isSafe(URI address) {
        String host = address.getHost();
        return "https".equalsIgnoreCase(address.getScheme())
                || "127.0.0.1".equals(host)
                || "localhost".equals(host)
                || "[::1]".equals(host);
    }

    /** What a service counts requests by: its host, the subscription or project, and the location. */
    private static String scope(URI address) {
        return COUNTED_BY
                .matcher(address.getRawPath())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("", address.getHost() + ":" + port(address), ""))
                .toLowerCase(Locale.ROOT);
    }

    private JsonNode sendPatiently(RestRequest request, URI address) throws InterruptedException {
        Patience patience = new Patience(retry);
        String scope = scope(address);
        String here = request.operation() + " " + scope;
        Duration refusedFor = Duration.ZERO;
        boolean renewed = false;
        while (true) {
            RestFailure failure;
            Optional<Duration> requested = Optional.empty();
            boolean passing = true;
            boolean isRefused = false;
            boolean isUnwell = unwell.contains(here);
            int attempts = isUnwell ? FEW_ATTEMPTS : retry.attempts();
            Instant sent = waiting.now();
            try {
                RestAnswer response = sendOnce(request, address);
                if (response.isFine()) {
                    JsonNode body = read(request, response);
                    unwell.remove(here);
                    return body;
                }
                if (response.isTokenRefused() && !renewed && request.audience() != null) {
                    renewed = true; // a clock that is wrong, or a token that was revoked
                    transport.refused(request.audience(), sent);
                    continue;
                }
                requested = Retry.requestedWait(response.headers(), waiting.now());
                isRefused = response.status() == TOO_MANY && requested.isPresent();
                attempts = isRefused ? retry.attempts() : attempts;
                boolean isEnough = isRefused
                        ? inVain.getOrDefault(scope, Duration.ZERO).compareTo(LONGEST_IN_VAIN) >= 0
                        : isUnwell;
                passing = response.isPassing()
                        && !(isEnough
                                && requested.isPresent()
                                && requested.get().compareTo(SHORT_WAIT) > 0);
                failure =
                        RestFailure.responded(request.operation(), address.getHost(), response, requested.orElse(null));
            } catch (RestFailure unreadable) { // cut on the way, or a page of some proxy
                failure = unreadable;
                attempts = FEW_ATTEMPTS;
            } catch (IOException e) {
                patience.waitedInVain(Duration.between(sent, waiting.now()));
                passing = !(e instanceof UnknownHostException || e instanceof SSLException);
                failure = RestFailure.notAnswered(request.operation(), address.getHost(), e);
            }
            Optional<Duration> wait = passing
                    ? patience.failed(requested.orElse(Retry.backoff(patience.tries())), attempts)
                    : Optional.empty();
            if (wait.isEmpty()) {
                inVain.merge(scope, refusedFor, Duration::plus);
                if (failure.isOfService() && !isRefused) {
                    unwell.add(here);
                }
                throw failure;
            }
            refusedFor = isRefused ? refusedFor.plus(wait.get()) : refusedFor;
            waiting.sleep(wait.get());
        }
    }

    private RestAnswer sendOnce(RestRequest request, URI address) throws IOException, InterruptedException {
        Pace pace = paces.get(request.operation());
        if (pace == null) {
            return sendNow(request, address);
        }
        Pace.Turn turn = pace.await();
        try {
            return sendNow(request, address);
        } finally {
            pace.received(turn);
        }
    }

    private RestAnswer sendNow(RestRequest request, URI address) throws IOException {
        operations.send(request.operation());
        return transport.send(request.method(), address, request.audience(), request.body());
    }

    private static JsonNode read(RestRequest request, RestAnswer response) {
        if (response.status() == NO_CONTENT) {
            return JSON.missingNode();
        }
        try {
            JsonNode body = JSON.readTree(response.body());
            if (body.isObject()) {
                return body;
            }
            throw RestFailure.unreadable(request, body.isMissingNode() ? "it is empty" : "it is no object");
        } catch (JsonProcessingException e) {
            throw RestFailure.unreadable(
                    request,
                    RestFailure.isPage(response.body())
                            ? "it sent an HTML page, which is not from the service"
                            : "the response is not JSON");
        }
    }
}
