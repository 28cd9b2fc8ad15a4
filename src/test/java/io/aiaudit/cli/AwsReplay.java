package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.collect.aws.AwsCollector;
import io.aiaudit.collect.aws.AwsScope;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.MotoCompany;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The set-up of tests that change answers one at a time: what AWS answers about a company is recorded before. */
abstract class AwsReplay extends AwsTest {
    static final String TARGET = "X-Amz-Target";

    private static final List<StubMapping> FAULTS = new ArrayList<>();

    private static boolean recorded;

    Map<String, Long> requests;

    Gathered gather() {
        return reading(collector -> {
            Gathered gathered = Gathered.from(collector, window());
            requests = collector.cost().requests();
            return gathered;
        });
    }

    interface Reading<T> {
        T read(AwsCollector collector) throws Exception;
    }

    /** With a collector that has read nothing yet. */
    <T> T reading(Reading<T> reading) {
        return AwsRun.talkingTo(aws.address(), () -> {
            AwsScope scope =
                    new AwsScope(false, List.of(), List.of("us-east-1"), AwsScope.DEFAULT_ROLE, null, null, null);
            try (AwsCollector collector = new AwsCollector(scope, null, folder)) {
                return reading.read(collector);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static Window window() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Window.ofDays(today.minusDays(3), today);
    }

    /** What moto answered, without another request. */
    private static void remember() {
        for (ServeEvent event : aws.wireMock().getAllServeEvents()) {
            ResponseDefinitionBuilder response = aResponse()
                    .withStatus(event.getResponse().getStatus())
                    .withBody(event.getResponse().getBody());
            for (HttpHeader header : event.getResponse().getHeaders().all()) {
                if (!header.keyEquals("Transfer-Encoding") && !header.keyEquals("Content-Length")) {
                    response.withHeader(header.key(), header.values().toArray(String[]::new));
                }
            }
            aws.stubFor(same(event.getRequest()).atPriority(9).willReturn(response));
        }
        aws.wireMock().resetRequests();
    }

    /** The same request again. */
    static MappingBuilder same(LoggedRequest request) {
        MappingBuilder mapping = any(urlEqualTo(request.getUrl()));
        if (request.containsHeader(TARGET)) {
            mapping.withHeader(TARGET, equalTo(request.getHeader(TARGET)));
        }
        return request.getBodyAsString().isEmpty()
                ? mapping
                : mapping.withRequestBody(equalTo(request.getBodyAsString()));
    }

    @BeforeAll
    static void forgetRecord() {
        recorded = false;
        FAULTS.clear();
    }

    /** What moto answers about the company is recorded once for all tests, whose faults are taken away again. */
    @Override
    @BeforeEach
    void reset() {
        if (recorded) {
            heal();
            aws.forgetRequests();
            return;
        }
        super.reset();
        fill();
        gather();
        remember();
        recorded = true;
    }

    /** The company, and what else a test lets AWS answer. */
    void fill() {
        new MotoCompany(moto).fill();
    }

    static void fail(MappingBuilder mapping, ResponseDefinitionBuilder answer) {
        FAULTS.add(aws.wireMock().stubFor(mapping.willReturn(answer)));
    }

    static void heal() {
        FAULTS.forEach(aws.wireMock()::removeStub);
        FAULTS.clear();
    }
}
