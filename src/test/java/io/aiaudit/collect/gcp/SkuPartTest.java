package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.billing.v1.Category;
import com.google.cloud.billing.v1.ListSkusResponse;
import com.google.cloud.billing.v1.PricingExpression;
import com.google.cloud.billing.v1.PricingExpression.TierRate;
import com.google.cloud.billing.v1.PricingInfo;
import com.google.cloud.billing.v1.Sku;
import com.google.protobuf.util.JsonFormat;
import com.google.type.Money;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkuPartTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

    private static Sku sku(String description, String usage, String unit) {
        return Sku.newBuilder()
                .setDescription(description)
                .setCategory(Category.newBuilder().setUsageType(usage))
                .addServiceRegions("us-central1")
                .addPricingInfo(PricingInfo.newBuilder()
                        .setPricingExpression(PricingExpression.newBuilder()
                                .setUsageUnit(unit)
                                .addTieredRates(TierRate.newBuilder()
                                        .setUnitPrice(Money.newBuilder()
                                                .setCurrencyCode("USD")
                                                .setUnits(1)
                                                .setNanos(500_000_000)))))
                .build();
    }

    @Test
    void recorded_skus_are_parts_with_exact_prices() throws IOException {
        ListSkusResponse.Builder recorded = ListSkusResponse.newBuilder();
        JsonFormat.parser()
                .ignoringUnknownFields()
                .merge(Files.readString(Needs.fixture("gcp/opencost-skus.json")), recorded);
        List<SkuPart> parts = recorded.getSkusList().stream()
                .map(SkuPart::of)
                .flatMap(Optional::stream)
                .toList();
        assertThat(parts)
                .extracting(SkuPart::name)
                .containsExactly("gpu/a100", "a2/ram", "a2/core", "t2d/ram", "t2d/core", "e2/core", "e2/ram");
        assertThat(parts.get(0).price()).isEqualByComparingTo("2.933908");
        assertThat(parts.get(0).regions()).contains("us-central1", "us-east1");
        assertThat(PartPrices.offers(parts, DAY))
                .as("three parts in three regions; what is not in dollars is left out")
                .hasSize(9)
                .allSatisfy(offer -> assertThat(offer.currency()).isEqualTo("USD"));
    }

    @ParameterizedTest
    @CsvSource({
        "Nvidia Tesla T4 GPU attached to Spot Preemptible VMs running in Americas,Preemptible,h,gpu/t4",
        "Nvidia H100 80GB Mega GPU running in Tokyo,OnDemand,h,gpu/80gb h100 plus",
        "Commitment v1: Nvidia L4 GPU in Frankfurt for 1 Year,Commit1Yr,h,gpu/l4",
        "Spot Preemptible A3Plus Instance Ram running in Tokyo,Preemptible,GiBy.h,a3plus/ram",
        "N1 Predefined Instance Core running in Americas,OnDemand,h,n1/core",
        "Commitment v1: Cpu in Americas for 3 Years,Commit3Yr,h,n1/core",
        "Commitment v1: A2 Ram in APAC for 1 Year,Commit1Yr,GiBy.h,a2/ram",
        "Vertex AI: Online/Batch Prediction A3 Predefined Instance Ram running in Iowa,OnDemand,GBy.h,vertex/a3/ram",
        "Vertex AI: Online/Batch Prediction Nvidia H100 80gb GPU running in Iowa,OnDemand,h,vertex/gpu/80gb h100",
        "DWS Defined Duration A3 Core running in Americas,OnDemand,h,flex/a3/core",
        "DWS Defined Duration A2 Instance Ram running in Americas,OnDemand,GiBy.h,flex/a2/ram",
        "Nvidia H100 80GB GPU attached to DWS Defined Duration VMs running in Americas,OnDemand,h,flex/gpu/80gb h100",
        "N2 Custom Instance Core running in Americas,OnDemand,h,custom/n2/core",
        "N2D AMD Custom Instance Ram running in Americas,OnDemand,GiBy.h,custom/n2d/ram",
        "Custom Instance Core running in Americas,OnDemand,h,custom/n1/core",
        "Spot Preemptible G2 Custom Instance Core running in Americas,Preemptible,h,custom/g2/core"
    })
    void words_of_the_catalog_are_parts(String description, String usage, String unit, String name) {
        assertThat(SkuPart.of(sku(description, usage, unit))).hasValueSatisfying(part -> {
            assertThat(part.name()).isEqualTo(name);
            assertThat(part.usage()).isEqualTo(usage);
            assertThat(part.price()).isEqualByComparingTo("1.5");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N2 Custom Extended Instance Ram running in Americas",
                "A3 Core running in Americas",
                "Custom Core running in Americas",
                "Calendar Mode A3 Instance Core running in Americas",
                "Hyperdisk Balanced Capacity in Iowa",
                "Extreme PD Capacity in Iowa",
                "Nvidia L4 Virtual Workstation GPU running in Netherlands",
                "Reserved Nvidia L4 GPU running in Americas",
                "A2 Sole Tenancy Instance Core running in Americas",
                "Vertex AI: Online/Batch Prediction management fee on A3 Instance Core in Iowa",
                "Spot Preemptible A2 Instance Core running in Americas",
                "Commitment v1: A2 Cpu in Americas for 1 Year"
            })
    void what_is_sold_under_other_conditions_is_no_part(String description) {
        assertThat(SkuPart.of(sku(description, "OnDemand", "h"))).isEmpty();
    }

    @Test
    void a_price_of_another_unit_or_of_nothing_is_no_part() {
        assertThat(SkuPart.of(sku("A2 Instance Core running in Americas", "OnDemand", "GiBy.mo")))
                .isEmpty();
        Sku free = sku("A2 Instance Core running in Americas", "OnDemand", "h").toBuilder()
                .clearPricingInfo()
                .build();
        assertThat(SkuPart.of(free)).isEmpty();
    }

    @Test
    void a_machine_is_its_parts_added_up_and_unknown_where_one_is_missing() {
        List<SkuPart> parts = List.of(
                part("n1/core", "OnDemand", "0.031611"),
                part("n1/ram", "OnDemand", "0.004237"),
                part("gpu/t4", "OnDemand", "0.35"),
                part("n1/core", "Preemptible", "0.006655"),
                part("n1/ram", "Preemptible", "0.000892"));
        MachineShape bare = shape(null, false);
        MachineShape attached = shape("T4", true);
        PartPrices prices = new PartPrices(PartPrices.offers(parts, DAY));
        assertThat(prices.of(bare, "us-central1", "", DAY)).hasValueSatisfying(offer -> {
            assertThat(offer.machineType()).isEqualTo("n1-standard-4");
            assertThat(offer.onDemand()).isEqualByComparingTo("0.189999"); // 4 x 0.031611 + 15 x 0.004237
            assertThat(offer.spot()).isEqualByComparingTo("0.04");
        });
        assertThat(prices.of(attached, "us-central1", "", DAY)).hasValueSatisfying(offer -> {
            assertThat(offer.machineType()).isEqualTo("attached/n1-standard-4+2xt4");
            assertThat(offer.onDemand()).isEqualByComparingTo("0.889999");
            assertThat(offer.spot()).as("that of the card is not known").isNull();
        });
        assertThat(prices.of(bare, "europe-west4", "", DAY)).isEmpty();
        assertThat(prices.of(bare, "us-central1", SkuPart.VERTEX, DAY)).isEmpty();
    }

    /** 73 dollars for a GiB and month, 0.1 for an hour; the first ones may be free. */
    @Test
    void disks_are_sold_by_the_month_and_priced_by_the_hour() {
        Sku disk = sku("SSD backed PD Capacity in Iowa", "OnDemand", "GiBy.mo");
        TierRate paid = TierRate.newBuilder()
                .setUnitPrice(Money.newBuilder().setCurrencyCode("USD").setUnits(73))
                .build();
        PricingExpression.Builder rates =
                PricingExpression.newBuilder().setUsageUnit("GiBy.mo").addTieredRates(paid);
        assertThat(SkuPart.of(with(disk, rates))).hasValueSatisfying(part -> {
            assertThat(part.name()).isEqualTo("disk/pd-ssd");
            assertThat(part.price()).isEqualByComparingTo("0.1");
        });
        PricingExpression.Builder firstFree = PricingExpression.newBuilder()
                .setUsageUnit("GiBy.mo")
                .addTieredRates(TierRate.getDefaultInstance())
                .addTieredRates(paid);
        assertThat(SkuPart.of(with(
                        disk.toBuilder().setDescription("Storage PD Capacity").build(), firstFree)))
                .hasValueSatisfying(part -> assertThat(part.price()).isEqualByComparingTo("0.1"));
        assertThat(SkuPart.of(with(
                        disk.toBuilder()
                                .setDescription("Regional Balanced PD Capacity in Iowa")
                                .build(),
                        rates)))
                .hasValueSatisfying(part -> assertThat(part.name()).isEqualTo("disk/regional/pd-balanced"));
    }

    private static Sku with(Sku sku, PricingExpression.Builder rates) {
        return sku.toBuilder()
                .setPricingInfo(0, PricingInfo.newBuilder().setPricingExpression(rates))
                .build();
    }

    @Test
    void a_custom_type_shows_what_it_is_made_of() {
        assertThat(MachineShape.ofCustom("n2-custom-8-20480")).hasValueSatisfying(shape -> {
            assertThat(shape.vcpus()).isEqualByComparingTo("8");
            assertThat(shape.memoryGib()).isEqualByComparingTo("20");
            assertThat(shape.parts(""))
                    .extracting(MachineShape.Part::name)
                    .containsExactly("custom/n2/core", "custom/n2/ram");
        });
        assertThat(MachineShape.ofCustom("custom-4-15360"))
                .hasValueSatisfying(
                        shape -> assertThat(shape.parts("").get(0).name()).isEqualTo("custom/n1/core"));
        assertThat(MachineShape.ofCustom("n2-custom-8-20480-ext")).isEmpty();
        assertThat(MachineShape.ofCustom("n2-standard-8")).isEmpty();
    }

    @Test
    void of_two_prices_for_the_same_neither_is_taken() {
        assertThat(PartPrices.offers(
                        List.of(part("a2/core", "OnDemand", "0.03"), part("a2/core", "OnDemand", "0.04")), DAY))
                .allSatisfy(offer -> assertThat(offer.onDemand()).isNull());
    }

    private static SkuPart part(String name, String usage, String price) {
        return new SkuPart(name, List.of("us-central1"), usage, new BigDecimal(price), "USD");
    }

    private static MachineShape shape(String card, boolean attached) {
        return new MachineShape(
                "n1-standard-4",
                BigDecimal.valueOf(4),
                BigDecimal.valueOf(15),
                card,
                card,
                card == null ? BigDecimal.ZERO : BigDecimal.valueOf(2),
                null,
                attached);
    }
}
