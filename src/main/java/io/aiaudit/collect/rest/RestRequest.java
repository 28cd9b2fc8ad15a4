package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to a service. The method and the template of the path are the operation, as a collector declares
 * it; what fills the template can therefore not make another operation of it.
 *
 * @param base where the service is, without a slash at its end
 * @param template a path with names in braces, such as {@code /subscriptions/{subscription}}; the value of a name that
 * ends in {@code *} may have several parts
 * @param values what fills the template, by name
 * @param query parameters, not yet encoded; one that is repeated has a line for each of its values
 * @param body null without one
 * @param audience whom the token is for; null = none is needed
 */
public record RestRequest(
        String method,
        String base,
        String template,
        Map<String, String> values,
        Map<String, String> query,
        JsonNode body,
        String audience) {
    public RestRequest {
        values = Map.copyOf(values);
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    public static RestRequest get(String base, String template, String audience) {
        return new RestRequest("GET", base, template, Map.of(), Map.of(), null, audience);
    }

    public static RestRequest post(String base, String template, String audience, JsonNode body) {
        return new RestRequest("POST", base, template, Map.of(), Map.of(), body, audience);
    }

    /** With one name of the template filled. */
    public RestRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new RestRequest(method, base, template, more, query, body, audience);
    }

    /** With one parameter. */
    public RestRequest query(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new RestRequest(method, base, template, values, more, body, audience);
    }

    /** The same with another body: the next page of a request by POST. */
    public RestRequest body(JsonNode other) {
        return new RestRequest(method, base, template, values, query, other, audience);
    }

    /** As it is declared. */
    public String operation() {
        return method + ":" + template;
    }

    URI address() {
        String filled = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", encoded(value.getKey(), value.getValue()));
        }
        if (filled.contains("{")) {
            throw new IllegalArgumentException("nothing fills a name of " + template);
        }
        String parameters = query.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().lines().map(value -> encode(parameter.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return URI.create(base + filled + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    private static String encoded(String name, String value) {
        return name.endsWith("*")
                ? Arrays.stream(value.split("/")).map(RestRequest::part).collect(Collectors.joining("/"))
                : part(value);
    }

    /** One part of a path: none that would lead out of it. */
    private static String part(String value) {
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("\"" + value + "\" is no part of a path");
        }
        return encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%24", "$");
    }
}
