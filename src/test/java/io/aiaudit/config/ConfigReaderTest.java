package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.store.ExchangeRate;
import io.aiaudit.testing.Needs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static Config read(String yaml, String... flags) {
        Map<Setting, List<String>> given = new EnumMap<>(Setting.class);
        for (int i = 0; i < flags.length; i += 2) {
            given.put(Setting.ofFlag(flags[i]).orElseThrow(), List.of(flags[i + 1]));
        }
        ConfigFile file = ConfigFile.parse("aiaudit.yaml", yaml);
        return new ConfigReader(Settings.of(given, file, Map.of()), file).scan();
    }

    @Test
    void the_file_in_the_documentation_says_what_its_comments_say() {
        Path path = Needs.projectFolder().resolve("src/test/resources/config/aiaudit.yaml");
        ConfigFile file = ConfigFile.read(path);
        Config config = new ConfigReader(Settings.of(Map.of(), file, Map.of()), file).scan();
        assertThat(config.sources()).containsExactly(Source.FILES);
        assertThat(config.inputs().billing())
                .containsExactly(path.resolveSibling("bills/*.csv.gz").toString());
        assertThat(config.ingest().exchangeRates())
                .containsExactly(new ExchangeRate("EUR", "USD", new BigDecimal("1.08"), LocalDate.parse("2026-06-30")));
        assertThat(config.ingest().discounts()).containsExactly(Map.entry("aws", new BigDecimal("12")));
        assertThat(config.ingest().aiTags())
                .containsExactly(Map.entry("team", "ml-platform"), Map.entry("workload", "*"));
        assertThat(config.rules().parameters().get("inference-endpoint-idle").values())
                .containsEntry("idle_days", 21L);
        Resource dev = Resource.builder("x", "instance", "aws")
                .tags(Map.of("env", "dev-2"))
                .build();
        assertThat(config.policy().of(Lineage.of(dev, Map.of())).answer(Ask.INTERRUPTION))
                .isEqualTo(Answer.YES);
    }

    @Test
    void a_second_exchange_rate_of_a_pair_is_refused_and_both_lines_are_named() {
        assertThatThrownBy(() -> read("""
                exchange_rates:
                  - {from: EUR, to: USD, rate: 1.10, date: 2026-01-01}
                  - {from: GBP, to: USD, rate: 1.30, date: 2026-01-01}
                  - {from: eur, to: USD, rate: 1.20, date: 2026-06-30}
                billing: x.csv"""))
                .hasMessageContaining("aiaudit.yaml:4:")
                .hasMessageContaining("there is a second rate from EUR to USD; the first is at aiaudit.yaml:2.");
    }

    @Test
    void naming_a_file_implies_the_source_files() {
        assertThat(read("", "--billing", "x.csv").sources()).containsExactly(Source.FILES);
        assertThat(read("sources: [files]\nusage: u.csv").sources()).containsExactly(Source.FILES);
    }

    @Test
    void the_more_exact_of_days_and_window_wins() {
        Config flagged = read("window: 2026-06-01/2026-07-01", "--billing", "x.csv", "--days", "7");
        assertThat(flagged.window()).isNull();
        assertThat(flagged.days()).isEqualTo(7);
        assertThat(read("days: 7", "--billing", "x.csv", "--window", "2026-06-01/2026-07-01")
                        .window())
                .isEqualTo(Window.parse("2026-06-01/2026-07-01"));
        assertThatThrownBy(() -> read("days: 7\nwindow: 2026-06-01/2026-07-01\nbilling: x.csv"))
                .hasMessageContaining("are both given");
    }

    @Test
    void what_is_counted_may_be_left_out_where_it_is_zero_and_so_may_what_only_the_user_knows() {
        assertThat(read("absent_is_zero: [requests, tokens_input, visits]\nusage: x.csv")
                        .inputs()
                        .absentIsZero())
                .containsExactlyInAnyOrder("requests", "tokens_input", "visits");
    }

    @Test
    void of_two_questionnaires_or_mappings_none_is_dropped_in_silence() {
        for (Setting setting : List.of(Setting.ANSWERS, Setting.OWNERSHIP)) {
            Settings twice = Settings.of(
                    Map.of(setting, List.of("a.md", "b.md"), Setting.BILLING, List.of("x.csv")), null, Map.of());
            assertThatThrownBy(() -> new ConfigReader(twice, null).scan())
                    .hasMessageContaining(setting.flag() + " names 2 files, and one is read.");
        }
    }

    @Test
    void notes_say_where_a_setting_was_made() {
        assertThat(read("usage: x.csv\nabsent_is_zero: [requests]\ndiscounts: [{provider: aws, percent: 12}]")
                        .ingest()
                        .locations())
                .containsEntry("absent_is_zero", "absent_is_zero in aiaudit.yaml:2")
                .containsEntry("discounts aws", "aiaudit.yaml:3");
    }

    @ParameterizedTest
    @CsvSource({"512MiB, 512", "2GiB, 2048"})
    void memory_is_given_with_its_unit(String text, long mib) {
        assertThat(read("memory_limit: " + text + "\nbilling: x.csv").machine().memoryMib())
                .isEqualTo(mib);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory_limit: 2G      | :1: memory_limit is \"2G\", expected a size from 128MiB to 16384GiB",
                "memory_limit: 1MiB    | expected a size from 128MiB to 16384GiB",
                "spill_dir: /no/such   | aiaudit.yaml:1: spill_dir is \"/no/such\", expected a folder that exists",
                "currency: euro        | expected a currency code of three capital letters",
                "window: june          | aiaudit.yaml:1: window \"june\" is not of the form START/END",
                "window: 0001-01-01/9999-12-31 | aiaudit.yaml:1: window \"0001-01-01/9999-12-31\" is outside of the "
                        + "years",
                "window: 2000-01-01/2030-01-01 | aiaudit.yaml:1: window \"2000-01-01/2030-01-01\" is longer than "
                        + "ten years",
                "days: 999999          | aiaudit.yaml:1: days is \"999999\", expected a whole number from 1 to 3660.",
                "days: 3661            | expected a whole number from 1 to 3660.",
                "days: 0               | expected a whole number from 1 to 3660.",
                "days: 99999999999     | expected a whole number from 1 to 3660.",
                "memory_limit: 99999999999GiB | expected a size from 128MiB to 16384GiB",
                "memory_limit: 16385GiB | expected a size from 128MiB to 16384GiB",
                "max_api_cost: 1e99    | of at most 12 digits",
                "max_api_cost: 9999999999999 | of at most 12 digits",
                "save: x.db            | expected a file that ends in .aiaudit",
                "ai: {tag: []}         | unknown key \"tag\". Did you mean \"tags\"?",
                "exchange_rates: [{from: EUR, to: USD, rate: -1, date: 2026-01-01}] | expected a rate from 0.000001",
                "exchange_rates: [{from: EUR, to: USD, rate: 1e-9, date: 2026-01-01}] | expected a rate from 0.000001",
                "exchange_rates: [{from: EUR, to: USD, rate: 1e9, date: 2026-01-01}] | expected a rate from 0.000001",
                "exchange_rates: [{from: EUR, to: USD, rate: 1e-999999999, date: 2026-01-01}] | at most 40 digits",
                "discounts: [{provider: aws, percent: 1e999999999}] | at most 40 digits",
                "exchange_rates: [{from: EUR, to: USD, rate: 1, date: today}] | \"today\" is not a day",
                "sources: [prometheus] | the source prometheus is not available yet",
                "gcp: {folders: [abc]} | \"abc\" is not the number of a folder",
                "gcp: {projects: [\"A b\"]} | \"A b\" is not the id of a project",
                "gcp: {export: bills}  | \"bills\" is not a dataset or table",
                "gcp: {endpoints: {compute: \"https://127.0.0.1:7403/compute\"}} | has more than a host and a port",
                "gcp: {endpoints: {compute: \"http://example.com\"}} | is not an address that begins with https://",
                "aws: {acounts: []}    | unknown key \"acounts\". Did you mean \"accounts\"?",
                "aws: {accounts: [\"1\"]} | \"1\" is not a number of twelve digits",
                "aws: {regions: [Ireland]} | \"Ireland\" is not a region such as eu-west-1",
                "aws: {athena: {workgroup: w, outputs: x}} | unknown key \"outputs\". Did you mean \"output\"?",
                "aws: {athena: {output: \"s3://results/\"}} | workgroup",
                "aws: {athena: {workgroup: w, output: results}} | \"results\" is not an address such as "
                        + "s3://BUCKET/PREFIX/",
                "aws: {athena: {workgroup: w, table: focus}} | \"focus\" is not a table such as DATABASE.TABLE",
                "aws: {athena: {workgroup: w, max_scan_gib: -1}} | expected GiB of 0 or more, found -1",
                "max_api_cost: much    | expected an amount such as",
                "absent_is_zero: [requests, gpu_utilization] | names gpu_utilization, which is a gauge, not a counter",
                "discounts: [{provider: awz, percent: 12}] | there are no list prices of \"awz\". Did you mean "
                        + "\"aws\"?",
                "discounts: [{provider: aws, percent: 100}] | expected percent above 0 and below 100, found 100",
                "discounts: [{provider: aws, percent: 0}] | expected percent above 0 and below 100, found 0",
                "discounts: [{provider: aws, percent: ten}] | ten",
                "discounts: [{provider: aws, percents: 12}] | unknown key \"percents\". Did you mean \"percent\"?",
                "discounts: [{provider: aws, percent: 12}, {provider: aws, percent: 5}] | there are two discounts of "
                        + "aws",
                "prices: no-such.csv    | no-such.csv does not exist",
                "sources: [filez]      | names \"filez\", which is not a source. Did you mean \"files\"?",
                "sources: [demo]       | can't be combined"
            })
    void what_makes_no_sense_is_refused(String line, String message) {
        assertThatThrownBy(() -> read(line + "\nbilling: x.csv")).hasMessageContaining(message);
    }

    @Test
    void what_a_saved_scan_keeps_says_the_same_with_the_same_lines() {
        String yaml = """
                billing: x.csv # not kept
                policy:
                  - latency: no
                    # a comment
                    owner: "o'hara \\"x\\" é"
                  - match: {tag: "a=*"}

                    standby: true
                    latency_target_ms: 12.5
                ignore:
                  - {rule: x, reason: y,
                     until: 2026-12-31}
                """;
        Config config = read(yaml);
        assertThat(config.saved().values().toString()).doesNotContain("comment").doesNotContain("x.csv");
        ConfigFile again = ConfigFile.ofSaved(config.saved());
        Config evaluated = new ConfigReader(Settings.of(Map.of(), again, Map.of()), again).evaluation();
        Resource resource =
                Resource.builder("r", "k", "aws").tags(Map.of("a", "b")).build();
        assertThat(evaluated.policy().of(Lineage.of(resource, Map.of())))
                .isEqualTo(config.policy().of(Lineage.of(resource, Map.of())));
        assertThat(evaluated.policy().of(Lineage.of(resource, Map.of())).decidedBy())
                .containsEntry("latency_target_ms", new PolicyLine("aiaudit.yaml:9", "tag a=*"))
                .containsEntry("owner", new PolicyLine("aiaudit.yaml:5", "default"));
        assertThat(evaluated.ignores().expired(List.of(), Map.of(), LocalDate.parse("2030-01-01")))
                .isEqualTo(config.ignores().expired(List.of(), Map.of(), LocalDate.parse("2030-01-01")));
    }
}
