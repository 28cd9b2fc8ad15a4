package io.aiaudit.collect.trino;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TrinoServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Usage that Trino rolls up. The answers have the shape of those that were recorded for bills; LakeTest asks a real
 * Trino.
 */
@Outside
class TrinoUsageTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    @TempDir
    private Path folder;

    private static String response(List<String> columns, List<List<Object>> rows) throws Exception {
        List<Map<String, Object>> described = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ");
            described.add(Map.of(
                    "name",
                    parts[0],
                    "type",
                    parts[1],
                    "typeSignature",
                    Map.of("rawType", parts[1], "arguments", arguments(parts[1]))));
        }
        Map<String, Object> stats = new TreeMap<>(Map.of("state", "FINISHED", "queued", false, "scheduled", true));
        for (String count : List.of(
                "nodes",
                "totalSplits",
                "queuedSplits",
                "runningSplits",
                "completedSplits",
                "cpuTimeMillis",
                "wallTimeMillis",
                "queuedTimeMillis",
                "elapsedTimeMillis",
                "processedRows",
                "processedBytes",
                "physicalInputBytes",
                "peakMemoryBytes",
                "spilledBytes")) {
            stats.put(count, 0);
        }
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "id",
                        "20261128_2",
                        "infoUri",
                        "http://x/ui",
                        "columns",
                        described,
                        "data",
                        rows,
                        "stats",
                        stats,
                        "warnings",
                        List.of()));
    }

    private static List<Map<String, Object>> arguments(String type) {
        return type.equals("varchar") ? List.of(Map.of("kind", "LONG", "value", Integer.MAX_VALUE)) : List.of();
    }

    private static void stub(TrinoServer trino, String beginning, String body) {
        trino.wireMock()
                .stubFor(post("/v1/statement")
                        .withRequestBody(matching("(?s)" + beginning + ".*"))
                        .willReturn(aResponse()
                                .withHeader("Content-Type", "application/json")
                                .withBody(body)));
    }

    private static void describe(TrinoServer trino, String hour) throws Exception {
        stub(
                trino,
                "DESCRIBE iceberg.ops.usage",
                response(
                        List.of("Column varchar", "Type varchar"),
                        List.of(
                                List.of("resource_id", "varchar"),
                                List.of("metric", "varchar"),
                                List.of("hour", hour),
                                List.of("average", "double"))));
    }

    private Gathered read(TrinoServer trino) throws Exception {
        return Gathered.from(
                new TrinoCollector(
                        List.of(new TrinoTable(
                                FileSet.Content.USAGE,
                                TrinoAddress.parse("--usage", trino.table("iceberg/ops/usage")))),
                        Set.of("requests"),
                        new TrinoLogin(name -> null),
                        folder,
                        notice -> {}),
                JUNE);
    }

    @Test
    void hours_become_a_usage_file_and_a_series_with_impossible_values_a_gap() throws Exception {
        try (TrinoServer trino = TrinoServer.start()) {
            describe(trino, "timestamp(6)");
            stub(
                    trino,
                    "EXPLAIN",
                    response(List.of("plan varchar"), List.of(List.of("{\"inputTableColumnInfos\":[]}"))));
            List<Object> good = new ArrayList<>(List.of("i-1", "requests", "2026-06-02T00:00:00Z", 2.5));
            good.addAll(Arrays.asList(null, null, null, 0, 60));
            List<Object> bad = new ArrayList<>(List.of("i-2", "gpu_utilization", "2026-06-02T00:00:00Z", 0.5));
            bad.addAll(Arrays.asList(null, null, null, 3, 60));
            stub(
                    trino,
                    "WITH point",
                    response(
                            List.of(
                                    "resource_id varchar",
                                    "metric varchar",
                                    "hour varchar",
                                    "average double",
                                    "maximum double",
                                    "total double",
                                    "samples double",
                                    "impossible bigint",
                                    "times bigint"),
                            List.of(good, bad)));
            Gathered gathered = read(trino);
            assertThat(gathered.files).singleElement().satisfies(set -> {
                assertThat(set.content()).isEqualTo(FileSet.Content.USAGE);
                assertThat(set.absentIsZero()).containsExactly("requests");
            });
            assertThat(gathered.texts.values())
                    .singleElement()
                    .satisfies(text -> assertThat(text.lines())
                            .containsExactly(
                                    "resource_id,metric,hour,average,maximum,total,samples",
                                    "i-1,requests,2026-06-02T00:00:00Z,2.5,,,"));
            assertThat(gathered.gaps)
                    .singleElement()
                    .satisfies(gap ->
                            assertThat(gap.problem()).startsWith("1 series of ").contains("i-2 gpu_utilization"));
            assertThat(gathered.warnings)
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("60 points in time became 1 rows"));
            trino.wireMock()
                    .verify(postRequestedFor(urlEqualTo("/v1/statement"))
                            .withRequestBody(matching("(?s)WITH point.*"))
                            .withRequestBody(containing("\"hour\" >= TIMESTAMP '2026-06-01 00:00:00'")));
        }
    }

    @Test
    void a_table_whose_hours_are_texts_is_refused_with_the_columns_that_are_needed() throws Exception {
        try (TrinoServer trino = TrinoServer.start()) {
            describe(trino, "varchar");
            assertThat(read(trino).gaps).singleElement().satisfies(gap -> {
                assertThat(gap.problem()).contains("its hour is of type varchar, not a timestamp");
                assertThat(gap.fix()).contains("docs/files.md");
            });
        }
    }
}
