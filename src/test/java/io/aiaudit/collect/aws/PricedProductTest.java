package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Offer;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row of the Price List is the machine, and which only looks like it. In the shape that AWS documents. */
class PricedProductTest {
    private static final LocalDate DAY = LocalDate.parse("2026-06-30");

    private static final String EC2 = """
            {"product": {"productFamily": "Compute Instance", "attributes": {"regionCode": "eu-west-1", \
            "instanceType": "g5.xlarge", "operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA",
               "capacitystatus": "Used", "marketoption": "OnDemand", "operation": "RunInstances", "usagetype": \
            "EU-BoxUsage:g5.xlarge", "vcpu": "4", "memory": "16 GiB", "gpu": "1", "instanceFamily": "GPU instance"}, \
            "sku": "S"},
             "serviceCode": "AmazonEC2", "terms": {
               "OnDemand": {"S.J": {"priceDimensions": {"S.J.6": {"unit": "Hrs", "beginRange": "0", "endRange": "Inf", \
            "pricePerUnit": {"USD": "1.1230000000"}}}, "termAttributes": {}}},
               "Reserved": {
                 "S.1": {"priceDimensions": {"S.1.6": {"unit": "Hrs", "pricePerUnit": {"USD": "0.7075000000"}}}, \
            "termAttributes": {"LeaseContractLength": "1yr", "OfferingClass": "standard", "PurchaseOption": "No \
            Upfront"}},
                 "S.2": {"priceDimensions": {"S.2.6": {"unit": "Hrs", "pricePerUnit": {"USD": "0.9000000000"}}}, \
            "termAttributes": {"LeaseContractLength": "1yr", "OfferingClass": "convertible", "PurchaseOption": "No \
            Upfront"}},
                 "S.3": {"priceDimensions": {"S.3.6": {"unit": "Hrs", "pricePerUnit": {"USD": "0.0000000000"}}, \
            "S.3.2": {"unit": "Quantity", "pricePerUnit": {"USD": "5000"}}}, "termAttributes": {"LeaseContractLength": \
            "3yr", "OfferingClass": "standard", "PurchaseOption": "All Upfront"}},
                 "S.4": {"priceDimensions": {"S.4.6": {"unit": "Hrs", "pricePerUnit": {"USD": "0.4853000000"}}}, \
            "termAttributes": {"LeaseContractLength": "3yr", "OfferingClass": "standard", "PurchaseOption": "No \
            Upfront"}}}},
             "version": "20260601000000", "publicationDate": "2026-06-01T00:00:00Z"}""";

    private static final String HOSTING = """
            {"product": {"productFamily": "ML Instance", "attributes": {"regionCode": "eu-west-1", "instanceName": \
            "ml.g5.xlarge", "component": "Hosting", "usagetype": "EU-Host:ml.g5.xlarge", "operation": "RunInstance", \
            "vCpu": "4"}},
             "terms": {"OnDemand": {"S.J": {"priceDimensions": {"S.J.6": {"unit": "Hrs", "pricePerUnit": {"USD": \
            "1.5722"}}}}}}}""";

    private static Optional<Offer> ec2(String json) {
        return PricedProduct.of(json).orElseThrow().ec2("eu-west-1", DAY);
    }

    @Test
    void a_machine_has_its_price_on_demand_and_for_one_and_three_years_without_advance() {
        Offer offer = ec2(EC2).orElseThrow();
        assertThat(offer.machineType()).isEqualTo("g5.xlarge");
        assertThat(offer.onDemand()).isEqualByComparingTo("1.123");
        assertThat(offer.committed1y()).isEqualByComparingTo("0.7075");
        assertThat(offer.committed3y()).isEqualByComparingTo("0.4853");
        assertThat(offer.vcpus()).isEqualByComparingTo("4");
        assertThat(offer.memoryGib()).isEqualByComparingTo("16");
        assertThat(offer.currency()).isEqualTo("USD");
        assertThat(offer.asOf()).isEqualTo(DAY);
    }

    @Test
    void a_machine_that_hosts_models_has_that_price_and_no_other() {
        assertThat(PricedProduct.of(HOSTING)
                        .orElseThrow()
                        .sageMaker("eu-west-1", DAY)
                        .orElseThrow()
                        .onDemand())
                .isEqualByComparingTo("1.5722");
        assertThat(PricedProduct.of(HOSTING.replace("EU-Host:", "EU-Train:"))
                        .orElseThrow()
                        .sageMaker("eu-west-1", DAY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"operatingSystem\": \"Linux\"', '\"operatingSystem\": \"Windows\"'",
        "'\"tenancy\": \"Shared\"', '\"tenancy\": \"Dedicated\"'",
        "'\"preInstalledSw\": \"NA\"', '\"preInstalledSw\": \"SQL Std\"'",
        "'\"capacitystatus\": \"Used\"', '\"capacitystatus\": \"UnusedCapacityReservation\"'",
        "'\"capacitystatus\": \"Used\"', '\"capacitystatus\": \"AllocatedCapacityReservation\"'",
        "'\"marketoption\": \"OnDemand\"', '\"marketoption\": \"CapacityBlock\"'",
        "'\"operation\": \"RunInstances\"', '\"operation\": \"RunInstances:0002\"'",
        "EU-BoxUsage:, EU-UnusedBox:",
        "EU-BoxUsage:, EU-Reservation:",
        "'\"regionCode\": \"eu-west-1\"', '\"regionCode\": \"eu-west-3\"'",
        "'1.1230000000', '0.0000000000'",
        "'1.1230000000', 'n/a'",
        "'\"instanceType\": \"g5.xlarge\"', '\"instanceType\": \"g5.2xlarge\"'",
    })
    void what_only_looks_like_the_machine_is_not_taken(String part, String other) {
        assertThat(EC2).contains(part);
        assertThat(ec2(EC2.replace(part, other))).isEmpty();
    }

    @Test
    void two_prices_for_one_thing_are_none() {
        String second = "{\"S.K\": {\"priceDimensions\": {\"S.K.6\": {\"unit\": \"Hrs\", \"pricePerUnit\": {\"USD\": "
                + "\"2\"}}}}, \"S.J\"";
        assertThat(ec2(EC2.replace("{\"S.J\"", second))).isEmpty();
    }

    @Test
    void what_is_no_json_is_no_product() {
        assertThat(PricedProduct.of("<html>")).isEmpty();
        assertThat(ec2("{}")).isEmpty();
    }
}
