package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/** A region is known by its code and by the names that consoles and price lists give it. */
class RegionNamesTest {
    private static Sql sql;

    @BeforeAll
    static void open() {
        sql = Sql.open("", new Properties());
        Sql.statements("macros.sql").stream()
                .filter(statement -> statement.contains("region") && !statement.contains("destination_regions"))
                .forEach(sql::execute);
    }

    @AfterAll
    static void close() {
        sql.close();
    }

    private static String region(String provider, String written) {
        return (String) sql.value("SELECT region_of(?, ?)", provider, written);
    }

    @ParameterizedTest
    @CsvSource({
        "aws, Asia Pacific (Sydney), ap-southeast-2",
        "aws, asia pacific (sydney), ap-southeast-2",
        "aws, EU (Frankfurt), eu-central-1",
        "aws, Europe (Frankfurt), eu-central-1",
        "aws, N. Virginia, us-east-1",
        "aws, US East (N. Virginia), us-east-1",
        "aws, US East (N. Virginia) us-east-1, us-east-1",
        "aws, us-east-1 (N. Virginia), us-east-1",
        "aws, South America (São Paulo), sa-east-1",
        "aws, AWS GovCloud (US-East), us-gov-east-1",
        "aws, US-EAST-1, us-east-1",
        "aws, us-east-1a, us-east-1",
        "aws, us-west-2-lax-1a, us-west-2-lax-1a",
        "aws, US, US",
        "aws, EU, EU",
        "aws, Atlantis, Atlantis",
        "gcp, us-central1 (Iowa), us-central1",
        "gcp, Iowa (us-central1), us-central1",
        "gcp, zones/us-central1-a, us-central1",
        "azure, East US, eastus"
    })
    void a_region_has_one_code(String provider, String written, String code) {
        assertThat(region(provider, written)).isEqualTo(code);
    }

    @Test
    void all_regions_of_commercial_aws_are_known_by_their_names() {
        assertThat(Region.regions())
                .filteredOn(region -> !region.isGlobalRegion()
                        && region.metadata() != null
                        && (region.metadata().partition().id().equals("aws")
                                || region.metadata().partition().id().matches("aws-(cn|us-gov)")))
                .hasSizeGreaterThan(30)
                .allSatisfy(region -> assertThat(
                                region("aws", RegionMetadata.of(region).description()))
                        .as(region.id())
                        .isEqualTo(region.id()));
    }
}
