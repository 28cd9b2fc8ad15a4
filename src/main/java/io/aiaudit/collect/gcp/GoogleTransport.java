package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google's HTTP library and its tokens, without its own retries. */
final class GoogleTransport implements Transport {
    static final int CONNECT_MILLIS = 10_000;

    /** What a service that is slow may take, of whichever client. */
    static final int READ_MILLIS = 60_000;

    private static final int FORBIDDEN = 403;

    /** How long to wait, which Google has in the details of its errors and not in a header. */
    private static final Pattern RETRY_DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9.]+)s\"");

    private static final int TOO_MANY = 429;

    private final GoogleHttp http;
    private final Supplier<GoogleLogin> login;

    GoogleTransport(GoogleHttp http, Supplier<GoogleLogin> login) {
        this.http = http;
        this.login = login;
    }

    @Override
    public RestAnswer send(String method, URI address, String audience, JsonNode body) throws IOException {
        HttpRequest request = http.create()
                .createRequestFactory()
                .buildRequest(
                        method,
                        new GenericUrl(address.toURL(), true),
                        body == null ? null : ByteArrayContent.fromString("application/json", body.toString()));
        HttpHeaders headers = new HttpHeaders().setUserAgent("aiaudit").setAccept("application/json");
        if (audience != null) {
            login.get().headers(address).forEach((name, values) -> headers.set(name, values));
        }
        request.setHeaders(headers)
                .setThrowExceptionOnExecuteError(false)
                .setNumberOfRetries(0)
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(READ_MILLIS);
        HttpResponse response = request.execute();
        try {
            String text = response.getContent() == null
                    ? ""
                    : new String(response.getContent().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> received = new TreeMap<>();
            response.getHeaders().forEach((name, value) -> received.put(name, first(value)));
            Matcher delay = RETRY_DELAY.matcher(text);
            if (!response.isSuccessStatusCode() && delay.find()) {
                received.put("google-rpc-retry-after", delay.group(1));
            }
            return new RestAnswer(status(response.getStatusCode(), text), received, text);
        } finally {
            response.disconnect();
        }
    }

    @Override
    public void refused(String audience, Instant sent) {
        login.get().refused(sent);
    }

    /** Older services report too many requests with the status "forbidden". */
    private static int status(int status, String body) {
        boolean tooMany = status == FORBIDDEN
                && (body.contains("\"rateLimitExceeded\"") || body.contains("\"userRateLimitExceeded\""));
        return tooMany ? TOO_MANY : status;
    }

    private static String first(Object value) {
        Object one = value instanceof Iterable<?> several && several.iterator().hasNext()
                ? several.iterator().next()
                : value;
        return String.valueOf(one);
    }
}
