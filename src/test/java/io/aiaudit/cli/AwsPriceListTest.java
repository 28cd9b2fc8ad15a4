package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prices of the machines that were found. Moto has no Price List and its spot prices are of 2006: these answers are
 * WireMock's, in the shapes that AWS documents; all other requests go on to moto.
 */
@Outside
class AwsPriceListTest {
    private static final String CACHES = "aiaudit.caches";
    private static final String ONE_REGION = "aws: {regions: [us-east-1]}\n";

    private static Moto moto;
    private static WireMockServer aws;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        moto = Moto.empty();
        aws = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        aws.start();
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            aws.stop();
        }
    }

    @BeforeEach
    void aMachineAndAnEndpoint() throws Exception {
        moto.reset();
        aws.resetAll();
        aws.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(moto.endpoint().toString())));
        aws.stubFor(products("AmazonEC2")
                .willReturn(prices(
                        "second", ec2("g5.2xlarge", "1.3", "OnDemand"), ec2("g5.xlarge", "99", "CapacityBlock"))));
        aws.stubFor(products("AmazonEC2")
                .withRequestBody(containing("second"))
                .atPriority(1)
                .willReturn(prices(null, ec2("g5.xlarge", "1.1", "OnDemand"))));
        aws.stubFor(products("AmazonSageMaker").willReturn(prices(null, hosting("ml.g4dn.xlarge", "0.8"))));
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=DescribeSpotPriceHistory&.*"))
                .atPriority(2)
                .willReturn(aResponse().withHeader("Content-Type", "text/xml").withBody("""
                        <DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/\
                        "><requestId>r</requestId><spotPriceHistorySet>%s%s%s%s</spotPriceHistorySet></\
                        DescribeSpotPriceHistoryResponse>""".formatted(
                                spot("a", "0.5"),
                                spot("b", "0.3"),
                                spot("c", "0.4"),
                                spot("c", "0.9").replace(now(), "2026-01-01T00:00:00.000Z")))));
        new MotoCompany(moto).fillMachines("us-east-1", 1);
        new MotoCompany(moto).fillEndpoint("us-east-1", "chat");
    }

    private static String now() {
        return LocalDate.now(ZoneOffset.UTC) + "T00:00:00.000Z";
    }

    private static String spot(String zone, String price) {
        return "<item><instanceType>g5.xlarge</instanceType><productDescription>Linux/UNIX</"
                + "productDescription><spotPrice>"
                + price + "</spotPrice><timestamp>" + now() + "</timestamp><availabilityZone>us-east-1" + zone
                + "</availabilityZone></item>";
    }

    private static MappingBuilder products(String service) {
        return post(anyUrl())
                .withHeader("X-Amz-Target", containing(".GetProducts"))
                .withRequestBody(containing("\"" + service + "\""))
                .atPriority(2);
    }

    /** Each product is JSON in a string of JSON. */
    private static ResponseDefinitionBuilder prices(String next, String... products) throws JsonProcessingException {
        Map<String, Object> body =
                new HashMap<>(Map.of("FormatVersion", "aws_v1", "PriceList", Arrays.asList(products)));
        if (next != null) {
            body.put("NextToken", next);
        }
        return aResponse()
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(new ObjectMapper().writeValueAsString(body));
    }

    private static String ec2(String type, String price, String market) {
        return """
                {"product": {"productFamily": "Compute Instance", "attributes": {"regionCode": "us-east-1", \
                "instanceType": "%1$s", "operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA",
                   "capacitystatus": "Used", "marketoption": "%3$s", "operation": "RunInstances", "usagetype": \
                "BoxUsage:%1$s", "instanceFamily": "GPU instance"}},
                 "terms": {"OnDemand": {"S.J": {"priceDimensions": {"S.J.6": {"unit": "Hrs", "pricePerUnit": {"USD": \
                "%2$s"}}}}}}}""".formatted(type, price, market);
    }

    private static String hosting(String type, String price) {
        return """
                {"product": {"productFamily": "ML Instance", "attributes": {"regionCode": "us-east-1", "instanceName": \
                "%1$s", "component": "Hosting", "usagetype": "USE1-Host:%1$s"}},
                 "terms": {"OnDemand": {"S.J": {"priceDimensions": {"S.J.6": {"unit": "Hrs", "pricePerUnit": {"USD": \
                "%2$s"}}}}}}}""".formatted(type, price);
    }

    /** In a process of its own, with a cache where its environment says. */
    private Ran scanInAProcess() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.put("AWS_ENDPOINT_URL", aws.baseUrl());
        // Again once, as in the tests in this process: waiting for what moto does not know is time lost.
        environment.put("AWS_MAX_ATTEMPTS", "2");
        environment.put("XDG_CACHE_HOME", cache().toString());
        return Ran.program(folder, environment, CommandProcess.command(temporary, List.of(arguments())));
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private String[] arguments() throws IOException {
        Path configuration = Files.writeString(folder.resolve("aws.yaml"), ONE_REGION);
        return OneRule.with("scan", "--source", "aws", "--config", configuration.toString(), "-f", "json");
    }

    /** The same in this one, with the same cache. */
    private AwsRun scan() throws Exception {
        System.setProperty(CACHES, cache().toString());
        try {
            return AwsRun.command(URI.create(aws.baseUrl()), arguments());
        } finally {
            System.clearProperty(CACHES);
        }
    }

    @Test
    void prices_of_today_count_before_the_built_in_ones_and_are_requested_once_a_day() throws Exception {
        LocalDate day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        Ran process = scanInAProcess();
        AwsRun first = new AwsRun(process.exitCode(), process.out(), process.err());
        assertThat(first.exitCode()).as(first::err).isZero();
        JsonNode machine = AwsRun.resource(first.audit(), "worker");
        assertThat(machine.get("cost_basis").asText()).isEqualTo("list");
        assertThat(machine.get("monthly_cost").decimalValue()).as("730 x 1.10").isEqualByComparingTo("803");
        assertThat(machine.at("/list_price/origin").asText()).isEqualTo("price list that was read");
        assertThat(machine.at("/list_price/as_of").asText()).isEqualTo(day.toString());
        assertThat(AwsRun.resource(first.audit(), "chat/all")
                        .get("monthly_cost")
                        .decimalValue())
                .as("730 x 0.80")
                .isEqualByComparingTo("584");
        assertThat(AwsRun.requests(first.audit(), "Pricing.GetProducts")).isEqualTo(3);
        Path prices = folder.resolve("cache/aiaudit/prices");
        Path kept = prices.resolve(Arrays.stream(prices.toFile().list())
                .filter(name -> name.startsWith("aws-ec2-us-east-1-"))
                .findFirst()
                .orElseThrow());
        assertThat(kept).content().contains("aws,us-east-1,g5.xlarge,", ",1.1,0.4,", "," + day);
        assertThat(kept.getParent().toFile().list()).hasSize(2);

        AwsRun second = scan();
        assertThat(AwsRun.requests(second.audit(), "Pricing.GetProducts")).isZero();
        assertThat(AwsRun.resource(second.audit(), "worker").get("monthly_cost").decimalValue())
                .isEqualByComparingTo("803");

        Files.writeString(kept, Files.readString(kept).replace("," + day, "," + day.minusDays(1)));
        AwsRun nextDay = scan();
        assertThat(AwsRun.requests(nextDay.audit(), "Pricing.GetProducts"))
                .as("that of EC2 is of yesterday")
                .isEqualTo(2);

        Files.writeString(kept, "no list of prices");
        assertThat(AwsRun.requests(scan().audit(), "Pricing.GetProducts")).isEqualTo(2);
    }

    @Test
    void a_price_list_that_is_denied_is_a_gap_and_the_built_in_prices_count() throws Exception {
        aws.stubFor(post(anyUrl())
                .withHeader("X-Amz-Target", containing(".GetProducts"))
                .atPriority(0)
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/x-amz-json-1.1")
                        .withBody("{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}")));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 price list: access denied for pricing:GetProducts.");
        assertThat(AwsRun.resource(run.audit(), "worker")
                        .at("/list_price/origin")
                        .asText())
                .isEqualTo("built-in");
        // Once for EC2, once for SageMaker.
        aws.verify(2, postRequestedFor(anyUrl()).withHeader("X-Amz-Target", containing(".GetProducts")));
    }

    @Test
    void spot_prices_that_are_denied_are_a_gap_of_their_own_and_the_others_hold() throws Exception {
        aws.stubFor(post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=DescribeSpotPriceHistory&.*"))
                .atPriority(0)
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/xml")
                        .withBody("""
                        <Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></\
                        Errors><RequestID>r</RequestID></Response>""")));
        AwsRun run = scan();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 spot prices: access denied for "
                        + "ec2:DescribeSpotPriceHistory.");
        assertThat(run.audit().get("gaps")).hasSize(1);
        assertThat(AwsRun.resource(run.audit(), "worker")
                        .at("/list_price/origin")
                        .asText())
                .isEqualTo("price list that was read");
        assertThat(folder.resolve("cache/aiaudit/prices/aws-ec2-us-east-1.csv"))
                .as("the next scan may get them")
                .doesNotExist();
    }

    @Test
    void a_list_that_is_refused_takes_the_other_not_with_it() throws Exception {
        aws.stubFor(products("AmazonSageMaker")
                .atPriority(0)
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/x-amz-json-1.1")
                        .withBody("{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}")));
        AwsRun run = scan();
        assertThat(run.err())
                .contains("not read: AWS 123456789012/us-east-1 price list: access denied for pricing:GetProducts.");
        assertThat(AwsRun.resource(run.audit(), "worker")
                        .at("/list_price/origin")
                        .asText())
                .isEqualTo("price list that was read");
    }

    @Test
    void no_price_is_requested_where_no_machine_was_found() throws Exception {
        moto.reset();
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.requests(run.audit(), "Pricing.GetProducts")).isZero();
    }
}
