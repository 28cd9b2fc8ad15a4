package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.store.ParquetRows;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Azurite;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of an export are the bill, whatever runs lie in its container. */
@Outside
class AzureExportTest {
    private static final String SEARCH = AzureTenant.SEARCH;
    private static final String SCOPE = "subscriptions/" + SEARCH;
    private static final String EXPORTS = "/" + SCOPE + "/providers/Microsoft.CostManagement/exports";
    private static final String QUERY = "/" + SCOPE + "/providers/Microsoft.CostManagement/query";
    private static final Window SEPTEMBER = Window.parse("2024-09-01/2024-10-01");
    private static final String KEY = "AZURE_STORAGE_KEY";

    private static AzureServer azure;
    private static Azurite azurite;
    private static int containers;

    @TempDir
    private Path folder;

    private BlobContainerClient container;
    private String name;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
        azurite = Azurite.withKey();
        System.setProperty(KEY, Azurite.KEY);
    }

    @AfterAll
    static void stop() {
        System.clearProperty(KEY);
        if (azure != null) {
            azure.close();
        }
    }

    @BeforeEach
    void fill() {
        azure.reset();
        new AzureTenant(azure).subscription(SEARCH, "search");
        name = "exports-" + containers++;
        container = azurite.container(name);
        azure.list(EXPORTS, export());
        history();
        azure.stub(post(urlPathEqualTo(QUERY)).willReturn(okJson("""
                {"properties": {"columns": [{"name": "Cost"}, {"name": "UsageDate"}, {"name": "ResourceId"}, {"name": \
                "Meter"}, {"name": "Currency"}],
                 "rows": [[7.5, 20240903, "queried", "NC24ads A100 v4", "USD"]]}}""")));
    }

    private String export() {
        return """
                {"id": "%s/providers/Microsoft.CostManagement/exports/daily", "name": "daily", "properties": \
                {"definition": {"type": "FocusCost"},
                 "deliveryInfo": {"destination": {"resourceId": "/x/storageAccounts/%s", "container": "%s", \
                "rootFolderPath": "costs"}}}}""".formatted(SCOPE, Azurite.ACCOUNT, name);
    }

    private static void history(String... runs) {
        azure.list(EXPORTS + "/daily/runHistory", runs);
    }

    private Gathered gather(String blobTemplate, String export) throws Exception {
        return gather(blobTemplate, export, SEPTEMBER);
    }

    private Gathered gather(String blobTemplate, String export, Window window) throws Exception {
        Map<String, String> endpoints = new HashMap<>(azure.scope().endpoints());
        endpoints.put("blobs", blobTemplate);
        AzureScope scope = new AzureScope(AzureCloud.PUBLIC, null, List.of(), export, endpoints);
        return Gathered.from(new AzureCollector(scope, folder, ParquetRows::any, Duration.ofMillis(10)), window);
    }

    private Gathered gather() throws Exception {
        return gather(azurite.template(), null);
    }

    private static byte[] rows(String text) {
        return ("BilledCost,ServiceName\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private void put(String blob, String text) {
        Azurite.put(container, "costs/" + blob, rows(text));
    }

    /** A run that has its days in its manifest alone; each text is a part. */
    private void run(String run, String submitted, String from, String last, String... texts) {
        for (int i = 0; i < texts.length; i++) {
            put(run + "/part_" + i + ".csv", texts[i]);
        }
        String parts = java.util.stream.IntStream.range(0, texts.length)
                .mapToObj(i -> "{\"blobName\": \"costs/" + run + "/part_" + i + ".csv\", \"byteCount\": "
                        + rows(texts[i]).length + "}")
                .collect(Collectors.joining(", "));
        Azurite.put(
                container, "costs/" + run + "/manifest.json", """
                {"exportConfig": {"exportName": "daily", "resourceId": \
                "/SUBSCRIPTIONS/%s/providers/Microsoft.CostManagement/exports/daily"}, "runInfo": {"runId": "%s", \
                "submittedTime": "%s",
                 "startDate": "%sT00:00:00", "endDate": "%sT00:00:00"}, "blobs": \
                [%s]}""".formatted(SEARCH, run, submitted, from, last, parts)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** What is below the headers of the bill, without what was queried. */
    private static List<String> reported(Gathered gathered) {
        return gathered.files.stream()
                .flatMap(set -> set.files().stream())
                .map(gathered.texts::get)
                .filter(text -> text.startsWith("BilledCost,ServiceName"))
                .flatMap(text -> text.lines().skip(1))
                .sorted()
                .toList();
    }

    private static void assertQueried(int times, String... days) {
        azure.wireMock().verify(times, postRequestedFor(urlPathEqualTo(QUERY)));
        Arrays.stream(days)
                .forEach(day -> azure.wireMock()
                        .verify(postRequestedFor(urlPathEqualTo(QUERY)).withRequestBody(containing(day))));
    }

    @Test
    void a_month_is_its_newest_run_and_its_parts_are_parts_of_one_bill() throws Exception {
        run("old", "2024-09-10T01:00:00Z", "2024-09-01", "2024-09-10", "1,old");
        run("new", "2024-10-02T01:00:00Z", "2024-09-01", "2024-09-30", "2,new", "2,new");
        run("other-days", "2024-10-03T01:00:00Z", "2024-09-10", "2024-09-11", "3,days");
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("2,new", "2,new");
        FileSet bill = gathered.files.get(0);
        assertThat(bill.files())
                .hasSize(2)
                .allSatisfy(file -> assertThat(bill.runs()).containsEntry(file, "costs/new/manifest.json"));
        assertQueried(0);
    }

    @Test
    void an_export_of_another_subscription_that_has_the_same_name_and_folder_is_another_one() throws Exception {
        run("ours", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,ours");
        put("theirs/part.csv", "2,theirs");
        Azurite.put(container, "costs/theirs/manifest.json", """
                {"exportConfig": {"exportName": "daily", "resourceId": \
                "/subscriptions/%s/providers/Microsoft.CostManagement/exports/daily"}, "runInfo": {"runId": "t",
                 "submittedTime": "2024-10-02T01:00:00Z", "startDate": "2024-09-01T00:00:00"}, "blobs": [{"blobName": \
                "costs/theirs/part.csv"}]}""".formatted(AzureTenant.SHOP)
                .getBytes(StandardCharsets.UTF_8));
        assertThat(reported(gather())).containsExactly("1,ours");
    }

    @Test
    void a_manifest_that_is_no_json_shows_no_run() throws Exception {
        run("good", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,good");
        Azurite.put(container, "costs/broken/manifest.json", "{\"blobs\": [".getBytes(StandardCharsets.UTF_8));
        assertThat(reported(gather())).containsExactly("1,good");
    }

    @Test
    void weeks_are_all_read() throws Exception {
        run("a", "2024-09-08T01:00:00Z", "2024-09-01", "2024-09-07", "1,a");
        run("b", "2024-09-15T01:00:00Z", "2024-09-08", "2024-09-14", "2,b");
        run("c", "2024-09-22T01:00:00Z", "2024-09-15", "2024-09-21", "3,c");
        run("d", "2024-09-29T01:00:00Z", "2024-09-22", "2024-09-28", "4,d");
        assertThat(reported(gather())).containsExactly("1,a", "2,b", "3,c", "4,d");
        assertQueried(0);
    }

    @Test
    void days_that_an_export_does_not_show_are_queried() throws Exception {
        run("late", "2024-10-02T01:00:00Z", "2024-09-16", "2024-09-30", "1,late");
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,late");
        assertThat(gathered.warnings)
                .anySatisfy(warning -> assertThat(warning)
                        .contains("The export daily has no data of 2024-09-01/2024-09-16", "Cost Management"));
        assertQueried(1, "2024-09-01T00:00:00", "2024-09-15T23:59:59");
    }

    @Test
    void days_that_may_not_be_queried_are_a_gap_beside_what_the_export_shows() throws Exception {
        run("late", "2024-10-02T01:00:00Z", "2024-09-16", "2024-09-30", "1,late");
        azure.refuse(QUERY, 403, "AuthorizationFailed", "no");
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,late");
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).isEqualTo(SEARCH + " costs of 2024-09-01/2024-09-16"));
    }

    /** A file of the export with these rows and a header. */
    private byte[] file(String form, String rows) throws Exception {
        if (form.equals("csv")) {
            return rows(rows);
        }
        if (form.equals("csv.gz")) {
            ByteArrayOutputStream gzip = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
                out.write(rows(rows));
            }
            return gzip.toByteArray();
        }
        Path csv = Files.write(folder.resolve("rows.csv"), rows(rows));
        Path parquet = folder.resolve("rows.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (FROM read_csv('" + csv + "', all_varchar = true, header = true)) TO '" + parquet
                    + "' (FORMAT parquet)");
        }
        byte[] bytes = Files.readAllBytes(parquet);
        Files.delete(csv);
        Files.delete(parquet);
        return bytes;
    }

    private void emptyRun(String form) throws Exception {
        Azurite.put(container, "costs/none/part." + form, file(form, ""));
        Azurite.put(container, "costs/none/manifest.json", """
                {"exportConfig": {"exportName": "daily"}, "runInfo": {"runId": "none", "submittedTime": \
                "2024-10-03T01:00:00Z", "startDate": "2024-09-01T00:00:00"},
                 "blobs": [{"blobName": "costs/none/part.%s"}]}""".formatted(form).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "parquet"})
    void a_run_with_nothing_below_its_header_is_no_bill_of_nothing(String form) throws Exception {
        run("good", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,good");
        emptyRun(form);
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,good");
        assertThat(gathered.warnings)
                .contains("The export daily: there are no rows in its newest run, costs/none/manifest.json, which does "
                        + "not mean zero cost; the bill comes from earlier runs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "parquet"})
    void where_the_only_run_has_no_rows_costs_are_queried(String form) throws Exception {
        emptyRun(form);
        Gathered gathered = gather();
        assertThat(reported(gathered)).isEmpty();
        assertThat(gathered.warnings)
                .anySatisfy(warning -> assertThat(warning)
                        .contains(
                                "comes from queries of Cost Management",
                                "the export daily has no complete data of the window with rows: there are no "
                                        + "rows in its newest run, costs/none/manifest.json"));
        assertQueried(1, "2024-09-01T00:00:00", "2024-09-30T23:59:59");
    }

    @Test
    void a_named_export_whose_only_run_has_no_rows_is_a_gap() throws Exception {
        azure.respond(EXPORTS + "/daily", export());
        emptyRun("parquet");
        Gathered gathered = gather(azurite.template(), SCOPE + "/exports/daily");
        assertThat(gathered.files).isEmpty();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem())
                        .isEqualTo("the export daily has no complete data of 2024-09-01/2024-10-01 with rows: "
                                + "there are no rows in its newest run, costs/none/manifest.json."));
    }

    @Test
    void a_run_that_its_manifest_shows_to_be_without_rows_counts_for_nothing() throws Exception {
        run("good", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,good");
        Azurite.put(container, "costs/none/manifest.json", """
                {"exportConfig": {"exportName": "daily"}, "runInfo": {"runId": "none", "submittedTime": \
                "2024-10-03T01:00:00Z", "startDate": "2024-09-01T00:00:00"},
                 "blobs": [], "blobCount": 0}""".getBytes(StandardCharsets.UTF_8));
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,good");
        assertThat(gathered.warnings).anySatisfy(warning -> assertThat(warning).contains("costs/none/manifest.json"));
    }

    @Test
    void a_part_without_rows_beside_one_that_has_some_is_left_out() throws Exception {
        Azurite.put(container, "costs/r/part_0.parquet", file("parquet", ""));
        put("r/part_1.csv", "1,some");
        Azurite.put(container, "costs/r/manifest.json", """
                {"exportConfig": {"exportName": "daily"}, "runInfo": {"runId": "r", "submittedTime": \
                "2024-10-03T01:00:00Z", "startDate": "2024-09-01T00:00:00"},
                 "blobs": [{"blobName": "costs/r/part_0.parquet"}, {"blobName": \
                "costs/r/part_1.csv"}]}""".getBytes(StandardCharsets.UTF_8));
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,some");
        assertThat(gathered.files)
                .singleElement()
                .satisfies(set -> assertThat(set.files()).hasSize(1));
    }

    @Test
    void an_export_without_manifests_is_its_newest_run_by_folder_and_time() throws Exception {
        put("daily/20240901-20240930/daily_1.csv", "1,first");
        Thread.sleep(1100); // times of blobs have no fractions
        put("daily/20240901-20240930/daily_2.csv", "2,second");
        Thread.sleep(1100);
        put("daily/20240901-20240930/daily_3.csv", "3,failed");
        put("daily/20240801-20240831/daily_4.csv", "4,august");
        put("another/20240901-20240930/another_5.csv", "5,another");
        history("{\"name\": \"x\", \"properties\": {\"status\": \"Failed\", \"fileName\": "
                + "\"costs/daily/20240901-20240930/daily_3.csv\"}}");
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("2,second");
        assertThat(gathered.warnings).anySatisfy(warning -> assertThat(warning).contains("It has no manifest"));
        assertQueried(0);
    }

    /** As in Microsoft's published example: an id without a slash before it, and no name. */
    @Test
    void a_run_that_failed_is_known_by_the_end_of_its_id() throws Exception {
        run("aaaa", "2024-09-12T01:00:00Z", "2024-09-01", "2024-09-30", "1,whole");
        run("bbbb", "2024-09-13T01:00:00Z", "2024-09-01", "2024-09-30", "2,failed");
        history("{\"id\": \"" + SCOPE.substring(1) + "/providers/Microsoft.CostManagement/exports/daily/Run/BBBB\", "
                + "\"properties\": {\"executionType\": \"Scheduled\", \"status\": \"Failed\", \"fileName\": \"\"}}");
        assertThat(reported(gather())).containsExactly("1,whole");
    }

    @Test
    void the_files_of_a_folder_below_a_period_are_one_run_and_what_has_a_manifest_counts_first() throws Exception {
        put("daily/20240901-20240930/202410020100/a/part_0.csv", "1,a");
        put("daily/20240901-20240930/202410020100/a/part_1.csv", "2,b");
        assertThat(reported(gather())).containsExactly("1,a", "2,b");
        run("whole", "2024-09-12T01:00:00Z", "2024-09-01", "2024-09-30", "3,whole");
        assertThat(reported(gather())).containsExactly("3,whole");
        assertQueried(1, "2024-09-12T00:00:00", "2024-09-30T23:59:59");
    }

    @Test
    void a_run_of_the_month_shows_the_days_before_it_ran_and_no_others() throws Exception {
        run("stale", "2024-09-10T01:00:00Z", "2024-09-01", "2024-09-30", "1,stale");
        Gathered gathered = gather();
        assertThat(reported(gathered)).containsExactly("1,stale");
        assertThat(gathered.warnings)
                .anySatisfy(warning ->
                        assertThat(warning).contains("The export daily has no data of 2024-09-10/2024-10-01"));
        assertQueried(1, "2024-09-10T00:00:00", "2024-09-30T23:59:59");
    }

    @Test
    void files_without_a_manifest_show_the_days_before_they_were_written() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate from = today.minusDays(10);
        LocalDate end = today.plusDays(10);
        DateTimeFormatter digits = DateTimeFormatter.BASIC_ISO_DATE;
        put("daily/" + from.format(digits) + "-" + end.minusDays(1).format(digits) + "/daily_1.csv", "1,stale");
        Gathered gathered = gather(azurite.template(), null, Window.ofDays(from, end));
        assertThat(reported(gathered)).containsExactly("1,stale");
        assertThat(gathered.warnings)
                .anySatisfy(warning ->
                        assertThat(warning).contains("The export daily has no data of " + Window.ofDays(today, end)));
    }

    @Test
    void a_run_of_the_first_day_shows_none() throws Exception {
        run("first", "2024-09-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,first");
        assertThat(reported(gather())).isEmpty();
        assertQueried(1, "2024-09-01T00:00:00");
    }

    @Test
    void what_is_no_name_of_a_storage_account_is_not_requested() throws Exception {
        String host = azure.url().substring("https://".length());
        azure.list(EXPORTS, export().replace(Azurite.ACCOUNT, host + "?"));
        assertThat(gather("https://{account}.blob.core.windows.net", null).warnings)
                .anySatisfy(warning -> assertThat(warning).contains(host + "?\", which is not a storage account"));
        azure.wireMock().verify(0, getRequestedFor(urlMatching("/[?].*")));
        assertQueried(1);
    }

    @Test
    void manifests_of_other_months_are_not_fetched() throws Exception {
        run("daily/20240801-20240831/x", "2024-09-01T01:00:00Z", "2024-08-01", "2024-08-31", "1,august");
        run("daily/20240901-20240930/y", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "2,september");
        AzureCollector collector = new AzureCollector(
                new AzureScope(
                        AzureCloud.PUBLIC,
                        null,
                        List.of(),
                        null,
                        Map.of(
                                "resource_manager",
                                azure.url(),
                                "login",
                                azure.url(),
                                "metrics",
                                azure.url() + "/metrics/{region}",
                                "prices",
                                azure.url(),
                                "blobs",
                                azurite.template())),
                folder,
                ParquetRows::any);
        assertThat(reported(Gathered.from(collector, SEPTEMBER))).containsExactly("2,september");
        assertThat(collector.cost().requests()).containsEntry("Blob.GetBlob", 2L);
    }

    @Test
    void storage_that_does_not_answer_leaves_the_queries() throws Exception {
        Gathered gathered = gather("http://127.0.0.1:9/{account}", null);
        assertThat(gathered.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.scope()).isEqualTo(SEARCH + " bill of the export daily");
            assertThat(gap.problem()).contains("could not be reached");
        });
        assertThat(gathered.warnings)
                .anySatisfy(warning -> assertThat(warning)
                        .contains("the export daily cannot be read (the storage account of the export could not "
                                + "be reached"));
        assertQueried(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void exports_that_may_not_be_listed_are_a_gap_and_leave_the_queries(int status) throws Exception {
        azure.refuse(EXPORTS, status, "AuthorizationFailed", "no");
        Gathered gathered = gather();
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.scope()).isEqualTo(SEARCH + " exports of costs"));
        assertQueried(1);
    }

    @Test
    void without_a_key_storage_over_http_is_not_read_and_reported_so() throws Exception {
        System.clearProperty(KEY);
        try {
            assertThat(gather("http://127.0.0.1:9/{account}", null).warnings)
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("http://127.0.0.1:9/" + Azurite.ACCOUNT
                                    + " is not read: tokens for storage are sent over https " + "only"));
        } finally {
            System.setProperty(KEY, Azurite.KEY);
        }
    }

    @Test
    void a_container_that_is_gone_is_reported_to_be() throws Exception {
        container.delete();
        assertThat(gather().warnings)
                .anySatisfy(warning ->
                        assertThat(warning).contains("the container of the export, or a file in it, does not exist"));
    }

    @Test
    void an_export_that_is_named_and_not_there_is_a_gap() throws Exception {
        azure.refuse(EXPORTS + "/daily", 404, "ResourceNotFound", "not found");
        assertThat(gather(azurite.template(), SCOPE + "/exports/daily").gaps)
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.problem()).contains("there is no export " + SCOPE + "/exports/daily");
                    assertThat(gap.fix()).contains("az costmanagement export list --scope " + SCOPE);
                });
    }

    @Test
    void days_that_a_named_export_does_not_show_are_a_gap() throws Exception {
        azure.respond(EXPORTS + "/daily", export());
        run("late", "2024-10-02T01:00:00Z", "2024-09-16", "2024-09-30", "1,late");
        Gathered gathered = gather(azurite.template(), SCOPE + "/exports/daily");
        assertThat(reported(gathered)).containsExactly("1,late");
        assertThat(gathered.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem()).isEqualTo("it has no data of 2024-09-01/2024-09-16."));
    }

    @Test
    void nothing_of_it_stays_on_this_machine() throws Exception {
        run("new", "2024-10-02T01:00:00Z", "2024-09-01", "2024-09-30", "2,new");
        gather();
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** Storage that gives this answer to its first so many requests of one kind. */
    private static void behindStorage(
            String kind, ResponseDefinitionBuilder response, int times, Consumer<String> template) {
        WireMockServer proxy = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        proxy.start();
        try {
            String there = azurite.template().replaceFirst("/[{]account[}].*", "");
            proxy.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().proxiedFrom(there)));
            for (int i = 0; i < times; i++) {
                proxy.stubFor(get(urlMatching(".*" + kind + ".*"))
                        .atPriority(1)
                        .inScenario("faults")
                        .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                        .willSetStateTo("after " + (i + 1))
                        .willReturn(response));
            }
            template.accept(azurite.template().replace(there, "http://127.0.0.1:" + proxy.port()));
        } finally {
            proxy.stop();
        }
    }

    private Gathered gathered(String template) {
        try {
            return gather(template, null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"comp=list", "part_0", "manifest"})
    void storage_is_requested_again_as_late_as_it_wants(String kind) throws Exception {
        run("good", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,good");
        for (ResponseDefinitionBuilder response : List.of(
                aResponse().withStatus(429).withHeader("Retry-After", "1"),
                aResponse().withStatus(503).withBody("<html>busy</html>"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))) {
            behindStorage(kind, response, 1, template -> {
                Instant begun = Instant.now();
                Gathered gathered = gathered(template);
                assertThat(reported(gathered)).containsExactly("1,good");
                assertThat(gathered.gaps).isEmpty();
                if (response.build().getStatus() == 429) {
                    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
                }
            });
        }
    }

    @Test
    void a_part_that_cannot_be_had_is_a_gap_and_the_others_are_the_bill() throws Exception {
        run("good", "2024-10-01T01:00:00Z", "2024-09-01", "2024-09-30", "1,good", "2,lost", "3,good");
        behindStorage("part_1", aResponse().withStatus(500), 9, template -> {
            Gathered gathered = gathered(template);
            assertThat(reported(gathered)).containsExactly("1,good", "3,good");
            assertThat(gathered.gaps).singleElement().satisfies(gap -> {
                assertThat(gap.scope()).endsWith("costs/good/part_1.csv");
                assertThat(gap.problem())
                        .isEqualTo("the part could not be read: the container of the export cannot "
                                + "be read: HTTP 500.");
                assertThat(gap.fix()).contains("excluded from totals");
            });
        });
        assertQueried(0);
    }
}
