package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Bills without columns of units: what a charge pays for is in its description. */
class HoursInDescriptionsTest {
    @TempDir
    private Path folder;

    private static final List<Arguments> DESCRIPTIONS = Cases.of("""
            AWS | $7.09 per Hosting ml.g5.12xlarge hour | time
            AWS | $1.515 per Processing ml.g4dn.2xlarge hr in US East | time
            AWS | $32.7726 per On Demand Linux p4d.24xlarge Instance Hour | time
            AWS | $0.526 per hour for Notebk ml.g4dn.xlarge | time
            AWS | $0.10 per GB - first 1 GB of data transferred out | usage
            AWS | $0.008 per 1,000 requests in an hour with burst | usage
            AWS | $0.10 per GB-month of provisioned storage | storage
            AWS | $0.14 per GB-Mo of Endpoint ML storage | storage
            AWS | $0.23 per GB/month of Notebook volume | storage
            AWS | $0.016 per GB for Endpoint Data OUT | usage
            AWS | $0.09 per GB - first 10 TB / month | usage
            AWS | $0.24 per GB hour for a host of vectors | time
            Google | Services Min Instance Memory in us-central1 | time
            Google | Services CPU (Instance-based billing) in us-central1 | time
            Microsoft | Virtual Machines NCADSA100v4 Series - NC24ads A100 v4 - US East 2 - 1 Hour | time
            Microsoft | Azure Machine Learning - NC6s v3 100 Hours | time
            Microsoft | Azure AI Search - Standard S1 Unit - 1 Hour | time
            Microsoft | Managed Disks Premium SSD P10 - 24 Hour snapshot | storage
            Microsoft | Bandwidth - Data Transfer Out 100 GB | usage
            Google | Vertex AI: Online Prediction A2 GPU Machine running in Iowa | time
            Google | Nvidia L4 GPU attached, running in Netherlands for an hour | time
            Google | A2 Instance Core running in Americas | time
            Google | Licensing Fee for RHEL running in Americas | licence
            Google | Network Egress from Americas to Europe | usage
            """);
    private static final Once<Map<String, String>> COMPONENTS = new Once<>();

    private Map<String, String> components() {
        FocusCsv bill = new FocusCsv();
        for (Arguments row : DESCRIPTIONS) {
            bill.row(
                    "ProviderName=" + Cases.text(row, 0),
                    "ServiceName=Some service",
                    "ResourceId=some-id",
                    "ConsumedUnit=",
                    "ChargeDescription=" + Cases.text(row, 1));
        }
        return components(bill);
    }

    /** By description. */
    private Map<String, String> components(FocusCsv bill) {
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "bill.csv"))) {
            return store.locked().select("SELECT ChargeDescription, component FROM charges").rows().stream()
                    .collect(Collectors.toMap(row -> (String) row.get(0), row -> (String) row.get(1)));
        }
    }

    @ParameterizedTest
    @FieldSource("DESCRIPTIONS")
    void the_component_is_recognised_by_the_words(String provider, String description, String component) {
        assertThat(COMPONENTS.get(this::components)).containsEntry(description, component);
    }

    private static final List<Arguments> SOLD = Cases.of("""
            AWS | AWS | GB Hour | Container memory | time
            AWS | AWS | GB | Data out | usage
            AWS | A vendor | | $1.50 per Software ml.g5.xlarge hour | licence
            AWS | A vendor | Hrs | A model in your own account | licence
            AWS | A vendor | 1K tokens | Million input tokens | usage
            AWS | AWS | Hrs | AWS Marketplace hourly software on g5.2xlarge | licence
            Microsoft | Microsoft | 1 Hour | Azure Marketplace - vision server | licence
            Google | Google Cloud | hour | Cloud Marketplace image | licence
            AWS | AWS | Hrs | Market data server on g5.2xlarge | time
            """);
    private static final Once<Map<String, String>> COMPONENTS_OF_SOLD = new Once<>();

    private Map<String, String> componentsOfSold() {
        FocusCsv bill = new FocusCsv();
        for (Arguments row : SOLD) {
            String unit = Cases.text(row, 2);
            bill.row(
                    "ProviderName=" + Cases.text(row, 0),
                    "InvoiceIssuerName=AWS",
                    "PublisherName=" + Cases.text(row, 1),
                    "ServiceName=Some service",
                    "ResourceId=some-id",
                    "ConsumedUnit=" + (unit == null ? "" : unit),
                    "ChargeDescription=" + Cases.text(row, 3));
        }
        return components(bill);
    }

    @ParameterizedTest
    @FieldSource("SOLD")
    void what_another_sells_is_a_licence_and_memory_by_the_hour_is_time(
            String provider, String seller, String unit, String description, String component) {
        assertThat(COMPONENTS_OF_SOLD.get(this::componentsOfSold)).containsEntry(description, component);
    }

    @ParameterizedTest
    @CsvSource({"A vendor, licence", "AWS, time"})
    void the_seller_of_a_marketplace_is_the_service_provider_of_focus_1_3(String seller, String component) {
        Path bill = new FocusCsv()
                .row(
                        "ProviderName=AWS",
                        "PublisherName=",
                        "ServiceProviderName=" + seller,
                        "ServiceName=Some service",
                        "ResourceId=some-id",
                        "ConsumedUnit=Hours",
                        "ChargeDescription=g5.2xlarge")
                .write(folder, "bill.csv");
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.locked().select("SELECT component FROM charges").rows())
                    .extracting(row -> row.get(0))
                    .containsExactly(component);
        }
    }
}
