package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever the bill and the inventory are: nothing is lost and nothing is made when charges are laid on leaves and
 * spread over days.
 */
@Slow
class AttributionPropertyTest {
    private record Charge(
            int resource,
            BigDecimal billed,
            BigDecimal effective,
            int startHour,
            int hours,
            String unit,
            String category) {}

    private record Machine(int parent, int type, int replicas) {}

    @Provide
    Arbitrary<List<Charge>> charges() {
        Arbitrary<BigDecimal> money = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
                .ofScale(12);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        money,
                        money,
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.of(0, 1, 5, 24, 100, 8760),
                        Arbitraries.of("Hours", "GB-Mo", "Requests", ""),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.just("Usage")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.of("Tax", "Credit", "Adjustment", "Purchase"))))
                .as(Charge::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Machine>> machines() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 5))
                .as(Machine::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void sums_after_attribution_are_the_sums_of_the_file(
            @ForAll("charges") List<Charge> charges, @ForAll("machines") List<Machine> machines) throws IOException {
        Path folder = Files.createTempDirectory("attribution");
        try (TestStore store =
                TestStore.of(folder, IngestSettings.NONE, staging -> fill(staging, folder, charges, machines))) {
            Audit.ProviderBill bill = store.scan().bill().providers().get(0);
            BigDecimal effective = charges.stream()
                    .filter(charge -> List.of("Usage", "Purchase").contains(charge.category))
                    .map(Charge::effective)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(bill.billedCost())
                    .isEqualByComparingTo(
                            charges.stream().map(Charge::billed).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(bill.effectiveCost()).isEqualByComparingTo(effective);
            assertThat(bill.aiCost().add(bill.otherCost()).add(bill.untoldCost()))
                    .isEqualByComparingTo(effective);
            assertThat(bill.rows()).isEqualTo(charges.size());
            assertThat(store.scan().dailySpend().stream()
                            .map(Audit.DailySpend::cost)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(effective);
            // Taxes, credits and refunds alone are of what is no resource, be it a parent or a service.
            assertThat(store.locked().select("""
                                    SELECT count(*) FROM charges
                                    WHERE (charge_kind = 'cost'
                                        AND resource_id NOT IN (SELECT resource_id FROM resources))
                                      OR resource_id IN (SELECT parent_id FROM resources
                                        WHERE parent_id IN (SELECT resource_id FROM resources))
                                    """).rows()).containsExactly(List.of(0L));
        } finally {
            delete(folder);
        }
    }

    private static void fill(Staging staging, Path folder, List<Charge> charges, List<Machine> machines) {
        for (int i = 0; i < machines.size(); i++) {
            Machine machine = machines.get(i);
            staging.resource(Resource.builder("machine-" + i, "instance", "aws")
                    .region("nowhere-1")
                    .machineType(machine.type == 0 ? null : "type-" + machine.type)
                    .replicas(machine.replicas)
                    .parentId("r-" + machine.parent)
                    .build());
        }
        for (int type = 1; type <= 2; type++) {
            staging.offer(OfferBuilder.builder()
                    .provider("aws")
                    .region("nowhere-1")
                    .machineType("type-" + type)
                    .onDemand(new BigDecimal(type + ".37"))
                    .currency("USD")
                    .asOf(LocalDate.parse("2026-06-01"))
                    .build());
        }
        FocusCsv csv = new FocusCsv();
        for (Charge charge : charges) {
            java.time.Instant start =
                    java.time.Instant.parse("2026-06-01T00:00:00Z").plusSeconds(3600L * charge.startHour);
            csv.row(
                    "ResourceId=" + (charge.resource == 6 ? "" : "r-" + charge.resource),
                    "BilledCost=" + charge.billed.toPlainString(),
                    "EffectiveCost=" + charge.effective.toPlainString(),
                    "ChargePeriodStart=" + start,
                    "ChargePeriodEnd=" + start.plusSeconds(3600L * charge.hours),
                    "ConsumedUnit=" + charge.unit,
                    "ChargeCategory=" + charge.category);
        }
        staging.files(TestStore.set(FileSet.Content.BILLING, csv.write(folder, "b.csv")));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
