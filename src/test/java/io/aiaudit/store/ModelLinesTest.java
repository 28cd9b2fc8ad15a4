package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

@Slow
class ModelLinesTest {
    private static final String MODEL =
            "//aiplatform.googleapis.com/projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro";

    @TempDir
    private Path folder;

    private static FocusCsv line(FocusCsv bill, String meter, String quantity, String unit, String... more) {
        String[] cells = {
            "ProviderName=Google Cloud",
            "ResourceId=" + MODEL,
            "ServiceName=Vertex AI",
            "SkuMeter=" + meter,
            "ConsumedQuantity=" + quantity,
            "ConsumedUnit=" + unit,
            "BilledCost=6",
            "EffectiveCost=6"
        };
        String[] all = new String[cells.length + more.length];
        System.arraycopy(cells, 0, all, 0, cells.length);
        System.arraycopy(more, 0, all, cells.length, more.length);
        return bill.row(all);
    }

    private List<ModelLine> lines(FocusCsv bill) {
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "bill.csv"))))) {
            return store.scan().modelLines(TestStore.JUNE);
        }
    }

    private static final List<Arguments> UNITS = List.of(
            arguments("Tokens", "12"),
            arguments("count", "12"),
            arguments("1K tokens", "12000"),
            arguments("1K", "12000"),
            arguments("1000 tokens", "12000"),
            arguments("1M tokens", "12000000"),
            arguments("million tokens", "12000000"),
            arguments("Characters", null),
            arguments("Hours", null),
            arguments("", null));
    private static final Once<List<ModelLine>> BY_UNIT = new Once<>();

    private static String model(String unit) {
        return MODEL.replace("/p/", "/p-" + unit.replace(' ', '-') + "/");
    }

    private List<ModelLine> byUnit() {
        FocusCsv bill = new FocusCsv();
        for (Arguments unit : UNITS) {
            String name = (String) unit.get()[0];
            line(bill, "Gemini 2.5 Pro input tokens", "12", name, "ResourceId=" + model(name));
        }
        return lines(bill);
    }

    @ParameterizedTest
    @FieldSource("UNITS")
    void tokens_are_counted_in_the_unit_that_the_bill_names_and_unknown_in_another(String unit, BigDecimal tokens) {
        List<ModelLine> lines = BY_UNIT.get(this::byUnit).stream()
                .filter(line -> line.resourceId().equals(model(unit)))
                .toList();
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.model()).as("and not gpt-5-pro").isEqualTo("gemini-2.5-pro");
            assertThat(line.tokenKind()).isEqualTo("input");
            assertThat(line.cost()).isEqualByComparingTo("6");
            if (tokens == null) {
                assertThat(line.tokens()).isNull();
            } else {
                assertThat(line.tokens()).isEqualByComparingTo(tokens);
            }
        });
    }

    private static final List<Arguments> METERS = List.of(
            arguments("gpt 4.1 mini FT Hosting", "", 0),
            arguments("gpt-4o-0806-FT-hstng", "", 0),
            arguments("gpt 4o mini ft hosting Regional", "Hours", 0),
            arguments("gpt 4.1 mini FT Inp Tokens", "", 1),
            arguments("gpt 4.1 mini ghosting Inp Tokens", "", 1));
    private static final Once<List<ModelLine>> BY_METER = new Once<>();

    private static String deployment(String meter) {
        return "/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/accounts/a/deployments/"
                + meter.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private List<ModelLine> byMeter() {
        FocusCsv bill = new FocusCsv();
        for (Arguments meter : METERS) {
            String name = (String) meter.get()[0];
            line(
                    bill,
                    name,
                    "",
                    (String) meter.get()[1],
                    "ProviderName=Microsoft",
                    "ServiceName=Azure OpenAI",
                    "ResourceId=" + deployment(name));
        }
        return lines(bill);
    }

    /**
     * The hours of a fine-tuned model are paid for whether or not it is called, also where a query of costs has no
     * unit.
     */
    @ParameterizedTest
    @FieldSource("METERS")
    void hosting_of_a_fine_tuned_model_is_no_cost_of_tokens(String meter, String unit, int lines) {
        assertThat(BY_METER.get(this::byMeter))
                .filteredOn(line -> line.resourceId().equals(deployment(meter)))
                .hasSize(lines);
    }

    @Test
    void one_line_of_unknown_quantity_leaves_the_sum_unknown() {
        FocusCsv bill = line(new FocusCsv(), "Gemini 2.5 Pro input tokens", "12", "Tokens");
        line(bill, "Gemini 2.5 Pro input tokens", "", "Tokens");
        assertThat(lines(bill)).singleElement().satisfies(line -> {
            assertThat(line.tokens()).isNull();
            assertThat(line.cost()).isEqualByComparingTo("12");
        });
    }

    @Test
    void what_crosses_the_edge_of_the_window_counts_by_its_part_inside() {
        FocusCsv bill = line(
                new FocusCsv(),
                "Gemini 2.5 Pro output tokens",
                "12",
                "Tokens",
                "ChargePeriodStart=2026-05-31T12:00:00Z",
                "ChargePeriodEnd=2026-06-01T12:00:00Z");
        assertThat(TestStore.JUNE).isEqualTo(Window.parse("2026-06-01/2026-07-01"));
        assertThat(lines(bill)).singleElement().satisfies(line -> {
            assertThat(line.tokens()).isEqualByComparingTo("6");
            assertThat(line.cost()).isEqualByComparingTo("3");
        });
    }

    /** A tier that nobody here knows is not priced as standard. */
    @ParameterizedTest
    @CsvSource({
        "gpt 4.1 Inp glbl Tokens, standard, 0",
        "GPT 5.2 pp inp Gl 1M Tokens, priority, 0",
        "gpt 4.1 mini pp cd Inp glbl Tokens, priority, 0",
        "gpt 4.1 hp Inp glbl Tokens, unknown, 1",
        "GPT 5.2 xtr opt Gl 1M Tokens, unknown, 1",
        "5.4 cd inp Gl 1M Tokens, standard, 0",
        "5.4 pro inp Gl 1M Tokens, standard, 0",
        "gpt 4o 0806 cached Inp glbl Tokens, standard, 0",
        "gpt 4.1 Batch Inp glbl Tokens, batch, 0"
    })
    void the_tier_of_a_meter_of_azure_is_known_or_a_warning(String meter, String tier, int warnings) {
        FocusCsv bill = new FocusCsv()
                .row(
                        "ProviderName=Microsoft",
                        "ResourceId=/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/"
                                + "accounts/chat",
                        "ServiceName=Azure OpenAI",
                        "SkuMeter=" + meter,
                        "ConsumedUnit=1M Tokens");
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "bill.csv"))))) {
            assertThat(store.locked().select("SELECT tier FROM charges").rows()).containsExactly(List.of(tier));
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("a tier that is not known"))
                    .hasSize(warnings);
        }
    }
}
