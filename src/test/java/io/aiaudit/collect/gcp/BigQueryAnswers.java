package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What BigQuery answers to a query: its job is not complete at once, and its rows come in two pages. The rows are those
 * of Google's own SQL engine.
 */
public final class BigQueryAnswers implements ResponseDefinitionTransformerV2 {
    public static final String NAME = "bigquery";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZetaSql table;
    private List<Map<String, String>> rows = List.of();

    public BigQueryAnswers(ZetaSql table) {
        this.table = table;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        try {
            boolean requested = event.getRequest().getMethod().equals(RequestMethod.POST);
            JsonNode response = requested
                    ? started(JSON.readTree(event.getRequest().getBodyAsString()))
                    : page(event.getRequest().getUrl().contains("pageToken=second"));
            return new ResponseDefinitionBuilder()
                    .withStatus(200)
                    .withHeader("Content-Type", "application/json")
                    .withBody(response.toString())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode started(JsonNode request) {
        rows = table.query(request.get("query").asText(), new Window(time(request, "since"), time(request, "until")));
        return job().put("jobComplete", false);
    }

    private static Instant time(JsonNode request, String name) {
        String text = "";
        for (JsonNode parameter : request.get("queryParameters")) {
            if (parameter.get("name").asText().equals(name)) {
                text = parameter.at("/parameterValue/value").asText();
            }
        }
        return Instant.parse(text.replace(' ', 'T').replace("+00:00", "Z"));
    }

    private static ObjectNode job() {
        ObjectNode job = JSON.createObjectNode();
        job.putObject("jobReference")
                .put("projectId", "cloud-custodian")
                .put("jobId", "job-1")
                .put("location", "US");
        return job;
    }

    private JsonNode page(boolean second) {
        int half = rows.size() / 2;
        ObjectNode response = job().put("jobComplete", true).put("totalRows", String.valueOf(rows.size()));
        ArrayNode fields = response.putObject("schema").putArray("fields");
        rows.get(0)
                .keySet()
                .forEach(name -> fields.addObject().put("name", name).put("type", "STRING"));
        ArrayNode reported = response.putArray("rows");
        (second ? rows.subList(half, rows.size()) : rows.subList(0, half)).forEach(row -> {
            ArrayNode values = reported.addObject().putArray("f");
            row.values().forEach(value -> values.addObject().put("v", value));
        });
        if (!second) {
            response.put("pageToken", "second");
        }
        return response;
    }
}
