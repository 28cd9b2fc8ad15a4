package io.aiaudit.collect.demo;

import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** All tables of the demo company. */
final class Company {
    private final Map<String, String> accountNames = new LinkedHashMap<>();
    private final Map<String, CSVRecord> services = new LinkedHashMap<>();
    private final List<Offer> offers;
    private final List<DemoResource> resources;

    Company() {
        Table.read("accounts.csv").forEach(row -> accountNames.put(row.get("account"), row.get("name")));
        Table.read("services.csv").forEach(row -> services.put(row.get("service"), row));
        offers = Table.read("offers.csv").stream().map(Company::offer).toList();
        resources = Table.read("resources.csv").stream()
                .map(row -> DemoResource.of(row, findOffer(row)))
                .toList();
    }

    List<DemoResource> resources() {
        return resources;
    }

    List<DemoResource> resources(String provider) {
        return resources.stream()
                .filter(resource -> resource.provider().equals(provider))
                .toList();
    }

    List<Offer> offers() {
        return offers;
    }

    String accountName(String account) {
        return accountNames.get(account);
    }

    /** The look of charges: a row of services.csv. */
    CSVRecord service(DemoResource resource) {
        return services.get(resource.service());
    }

    private Offer findOffer(CSVRecord row) {
        return offers.stream()
                .filter(offer -> offer.provider().equals(row.get("provider"))
                        && offer.region().equals(row.get("region"))
                        && offer.machineType().equals(row.get("machine")))
                .findFirst()
                .orElse(null);
    }

    private static Offer offer(CSVRecord row) {
        return OfferBuilder.builder()
                .provider(row.get("provider"))
                .region(row.get("region"))
                .machineType(row.get("machine_type"))
                .accelerator(row.get("accelerator"))
                .acceleratorCount(decimal(row, "accelerator_count"))
                .acceleratorMemoryGib(decimal(row, "accelerator_memory_gib"))
                .vcpus(decimal(row, "vcpus"))
                .memoryGib(decimal(row, "memory_gib"))
                .onDemand(decimal(row, "on_demand"))
                .spot(decimal(row, "spot"))
                .committed1y(decimal(row, "committed_1y"))
                .committed3y(decimal(row, "committed_3y"))
                .currency(row.get("currency"))
                .asOf(LocalDate.parse(row.get("as_of")))
                .build();
    }

    private static BigDecimal decimal(CSVRecord row, String column) {
        return row.get(column) == null ? null : new BigDecimal(row.get(column));
    }
}
