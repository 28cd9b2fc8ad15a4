package io.aiaudit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Judges requests by what Azure publishes of its operations, in azure-requests.yaml: an {@link AzureServer} refuses
 * what Azure would refuse, and its test fails.
 */
final class AzureRequests {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([.]\\d{3})?Z";
    private static final int RESOURCES_PER_BATCH = 50;
    private static final int ROWS_PER_PAGE = 1000;
    private static final int GROUPS = 2;
    private static final String VERSION = "api-version";
    private static final JsonNode PUBLISHED = published();
    private static final List<Operation> OPERATIONS = operations();

    private AzureRequests() {}

    /** Values of parameters are matched whole; a required one has {@code !} at its end. */
    private record Operation(String method, Pattern path, String version, Map<String, Pattern> parameters) {
        static Operation of(JsonNode reported) {
            String[] call = reported.path("call").asText().split(" ", 2);
            String path = Arrays.stream(call[1].split("(?<=[}])|(?=[{])"))
                    .map(part -> part.equals("{}") ? "[^/]+" : part.equals("{*}") ? ".+?" : Pattern.quote(part))
                    .collect(Collectors.joining());
            Map<String, Pattern> parameters = new LinkedHashMap<>();
            reported.path("parameters")
                    .properties()
                    .forEach(one -> parameters.put(
                            one.getKey(),
                            Pattern.compile(one.getValue().asText().replace("TIME", TIME))));
            return new Operation(
                    call[0],
                    Pattern.compile(path, Pattern.CASE_INSENSITIVE),
                    reported.path("version").asText(),
                    parameters);
        }

        boolean isOf(Request request, String requested) {
            return method.equals(request.getMethod().value())
                    && path.matcher(requested).matches();
        }

        List<String> faults(Request request) {
            List<String> faults = new ArrayList<>();
            String given = value(request, VERSION);
            if (!version.equals(given)) {
                faults.add("the api-version is " + given + ", and not " + version);
            }
            for (String name : names(request)) {
                Pattern allowed = parameters.getOrDefault(name, parameters.get(name + "!"));
                if (allowed == null) {
                    faults.add("there is no parameter " + name);
                } else if (!allowed.matcher(value(request, name)).matches()) {
                    faults.add(name + " cannot be " + value(request, name));
                }
            }
            parameters.keySet().stream()
                    .filter(name -> name.endsWith("!"))
                    .map(name -> name.substring(0, name.length() - 1))
                    .filter(name -> value(request, name) == null)
                    .forEach(name -> faults.add(name + " is missing"));
            return faults;
        }
    }

    private static JsonNode published() {
        try (InputStream text = AzureRequests.class.getResourceAsStream("azure-requests.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Operation> operations() {
        return StreamSupport.stream(PUBLISHED.path("operations").spliterator(), false)
                .map(Operation::of)
                .toList();
    }

    /** What Azure would refuse in a request, as sentences. */
    static List<String> faults(Request request) {
        String path = URLDecoder.decode(
                URI.create(request.getAbsoluteUrl()).getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        List<String> faults = new ArrayList<>(headers(request, path));
        OPERATIONS.stream()
                .filter(operation -> operation.isOf(request, path))
                .findFirst()
                .ifPresentOrElse(
                        operation -> faults.addAll(operation.faults(request)),
                        () -> faults.add("there is no such operation"));
        if (faults.isEmpty()) {
            faults.addAll(body(request, path));
        }
        return faults.stream()
                .map(fault -> request.getMethod() + " " + path + ": " + fault)
                .toList();
    }

    private static List<String> headers(Request request, String path) {
        List<String> faults = new ArrayList<>();
        boolean hasToken = request.containsHeader("Authorization")
                && request.getHeader("Authorization").startsWith("Bearer ");
        if (hasToken == path.startsWith("/prices/")) {
            faults.add(hasToken ? "it needs no token" : "it has no token");
        }
        if (request.getMethod().value().equals("POST")
                && !String.valueOf(request.getHeader("Content-Type")).startsWith("application/json")) {
            faults.add("its body is not declared to be JSON");
        }
        return faults;
    }

    private static List<String> body(Request request, String path) {
        try {
            if (path.endsWith("/metrics:getBatch")) {
                return batch(request, path, new ObjectMapper().readTree(request.getBodyAsString()));
            } else if (path.endsWith("/Microsoft.Insights/metrics") && value(request, "metricnames") != null) {
                return metrics(request, "$filter");
            } else if (path.endsWith("/Microsoft.ResourceGraph/resources")) {
                return graph(new ObjectMapper().readTree(request.getBodyAsString()));
            } else if (path.endsWith("/Microsoft.CostManagement/query")) {
                return query(new ObjectMapper().readTree(request.getBodyAsString()));
            }
            return List.of();
        } catch (IOException e) {
            return List.of("its body is not JSON");
        }
    }

    /** Resources of one type and of the subscription that the path names. */
    private static List<String> batch(Request request, String path, JsonNode body) {
        List<String> faults = new ArrayList<>(metrics(request, "filter"));
        only(body, Set.of("resourceids"), faults);
        JsonNode ids = body.path("resourceids");
        if (ids.isEmpty() || ids.size() > RESOURCES_PER_BATCH) {
            faults.add("it is about " + ids.size() + " resources");
        }
        String subscription = path.replaceFirst("^/metrics/[^/]+(/subscriptions/[^/]+)/.*", "$1/");
        String type = value(request, "metricnamespace");
        for (JsonNode id : ids) {
            if (!id.asText().regionMatches(true, 0, subscription, 0, subscription.length())
                    || !type(id.asText()).equalsIgnoreCase(type)) {
                faults.add(id.asText() + " is not of this subscription, or no " + type);
            }
        }
        if (!path.matches("/metrics/[a-z0-9]+/.*")) {
            faults.add("there is no such region");
        }
        return faults;
    }

    /** Such as Microsoft.Compute/virtualMachines. */
    private static String type(String id) {
        String[] parts = id.substring(id.toLowerCase(Locale.ROOT).lastIndexOf("/providers/") + 11)
                .split("/");
        StringBuilder type = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            type.append('/').append(parts[i]);
        }
        return type.toString();
    }

    private static List<String> metrics(Request request, String filter) {
        List<String> faults = new ArrayList<>();
        JsonNode rows = PUBLISHED.path("metrics").path(value(request, "metricnamespace"));
        Set<String> split = value(request, filter) == null
                ? Set.of()
                : Arrays.stream(value(request, filter).split(" and "))
                        .map(one -> one.replaceFirst(" eq .*", ""))
                        .collect(Collectors.toSet());
        for (String name : value(request, "metricnames").split(",")) {
            JsonNode row = StreamSupport.stream(rows.spliterator(), false)
                    .filter(one -> texts(one.path("names")).contains(name))
                    .findFirst()
                    .orElse(rows.path("none"));
            if (row.isMissingNode()) {
                faults.add("there is no metric " + name);
            }
            outside(
                            texts(row.path("aggregations")),
                            List.of(value(request, "aggregation").split(",")))
                    .forEach(one -> faults.add(name + " has no " + one));
            outside(texts(row.path("dimensions")), split)
                    .forEach(one -> faults.add(name + " cannot be split by " + one));
        }
        if (split.isEmpty() && value(request, "top") != null) {
            faults.add("top is for a filter only");
        }
        return faults;
    }

    private static List<String> graph(JsonNode body) {
        List<String> faults = new ArrayList<>();
        only(body, Set.of("query", "subscriptions", "managementGroups", "options", "facets"), faults);
        JsonNode options = body.path("options");
        only(options, Set.of("$skipToken", "$top", "$skip", "resultFormat", "allowPartialScopes"), faults);
        if (options.path("$top").asInt(1) > ROWS_PER_PAGE
                || !Set.of("table", "objectArray")
                        .contains(options.path("resultFormat").asText("table"))) {
            faults.add("its options cannot be " + options);
        }
        if (!body.path("query").asText().matches("(?s)Resources .*\\bproject id\\b.*")) {
            faults.add("a query without id has no further pages");
        }
        return faults;
    }

    private static List<String> query(JsonNode body) {
        List<String> faults = new ArrayList<>();
        only(body, Set.of("type", "timeframe", "timePeriod", "dataset"), faults);
        only(body.path("dataset"), Set.of("granularity", "configuration", "aggregation", "grouping", "filter"), faults);
        boolean named = Set.of("Usage", "ActualCost", "AmortizedCost")
                        .contains(body.path("type").asText())
                && Set.of("Daily", "Monthly", "None")
                        .contains(body.at("/dataset/granularity").asText("None"));
        String from = body.at("/timePeriod/from").asText();
        String to = body.at("/timePeriod/to").asText();
        if (!named || !"Custom".equals(body.path("timeframe").asText()) || from.compareTo(to) >= 0) {
            faults.add("it cannot be " + body);
        }
        JsonNode groups = body.at("/dataset/grouping");
        List<String> names = new ArrayList<>();
        groups.forEach(group -> names.add(group.path("name").asText()));
        outside(texts(PUBLISHED.path("dimensions")), names)
                .forEach(name -> faults.add("there is no dimension " + name));
        if (groups.size() > GROUPS) {
            faults.add("it groups by more than " + GROUPS);
        }
        for (JsonNode aggregation : body.at("/dataset/aggregation")) {
            if (!"Sum".equals(aggregation.path("function").asText())) {
                faults.add("it cannot aggregate by " + aggregation);
            }
        }
        return faults;
    }

    private static void only(JsonNode object, Set<String> fields, List<String> faults) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        outside(fields, names).forEach(name -> faults.add("there is no field " + name));
    }

    private static Set<String> outside(Collection<String> allowed, Collection<String> given) {
        Set<String> outside = new TreeSet<>(given);
        outside.removeAll(allowed);
        return outside;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> names(Request request) {
        String query = URI.create(request.getAbsoluteUrl()).getRawQuery();
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .map(one -> URLDecoder.decode(one.split("=")[0], StandardCharsets.UTF_8))
                        .filter(name -> !name.equals(VERSION))
                        .toList();
    }

    /** Null where it is not there. */
    private static String value(Request request, String name) {
        QueryParameter found = request.queryParameter(name);
        return found.isPresent() ? found.firstValue() : null;
    }
}
