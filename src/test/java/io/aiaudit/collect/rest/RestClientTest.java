package io.aiaudit.collect.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The thin client, against answers that wait in a row and a clock that does not take its time. */
class RestClientTest {
    private static final String BASE = "https://management.example";
    private static final String OPERATION = "GET:/subscriptions";

    private final Deque<Object> responses = new ArrayDeque<>();
    private final List<String> requested = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Clock clock = new Clock();
    private final Operations operations = Operations.of(AzureCollector.operations(), null);

    /** Sleeping moves the time. */
    private static final class Clock implements Waiting {
        private Instant now = Instant.parse("2026-06-01T00:00:00Z");
        private final List<Duration> slept = new ArrayList<>();

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration time) {
            slept.add(time);
            now = now.plus(time);
        }
    }

    private RestClient client(Map<String, Pace> paces) {
        return new RestClient(new Answers(), operations, paces, Retry.USUAL, clock);
    }

    /** Those that wait; a time is how long a request takes until nothing comes. */
    private final class Answers implements Transport {
        @Override
        public RestAnswer send(String method, URI address, String audience, JsonNode body) throws IOException {
            requested.add(method + " " + address + (audience == null ? "" : " with token"));
            Object next = responses.pollFirst();
            if (next instanceof Duration silence) {
                clock.now = clock.now.plus(silence);
                throw new IOException("timed out");
            }
            if (next instanceof IOException failure) {
                throw failure;
            }
            return (RestAnswer) next;
        }

        @Override
        public void refused(String audience, Instant sent) {
            refused.add(audience + " " + sent);
        }
    }

    private static RestAnswer response(int status, String body, String... headers) {
        Map<String, String> map = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return new RestAnswer(status, map, body);
    }

    private static RestRequest request() {
        return RestRequest.get(BASE, "/subscriptions", "https://management.example");
    }

    private List<String> pages(RestRequest request) {
        List<String> names = new ArrayList<>();
        client(Map.of())
                .pages(
                        request,
                        page -> Json.text(page, "/nextLink"),
                        page -> page.path("value").forEach(value -> names.add(value.asText())));
        return names;
    }

    @Test
    void pages_are_followed_to_the_last() {
        responses.add(response(
                200, "{\"value\": [\"a\"], \"nextLink\": \"" + BASE + ":443/subscriptions?$skiptoken=x|y z\"}"));
        responses.add(response(200, "{\"value\": [\"b\"], \"nextLink\": null}"));
        assertThat(pages(request())).containsExactly("a", "b");
        assertThat(requested)
                .containsExactly(
                        "GET " + BASE + "/subscriptions with token",
                        "GET " + BASE + ":443/subscriptions?$skiptoken=x%7Cy%20z with token");
        assertThat(operations.cost().requests()).containsEntry(OPERATION, 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '|',
            value = {
                "{\"a\":[1]} %7B%22a%22:[1]%7D",
                "a^b`c` a%5Eb%60c%60",
                "<a>\\b#c %3Ca%3E%5Cb%23c",
                "100%&x=%7B 100%25&x=%7B",
                "é %C3%A9"
            })
    void a_token_in_a_link_may_have_what_no_address_has(String token, String sent) {
        responses.add(response(
                200,
                "{\"value\": [\"a\"], \"nextLink\": "
                        + JsonNodeFactory.instance.textNode(BASE + "/subscriptions?$skiptoken=" + token) + "}"));
        responses.add(response(200, "{\"value\": [\"b\"]}"));
        assertThat(pages(request())).containsExactly("a", "b");
        assertThat(requested).last().isEqualTo("GET " + BASE + "/subscriptions?$skiptoken=" + sent + " with token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/subscriptions",
                "https://management.example{@evil.example/subscriptions",
                "http://management.example/subscriptions",
                "https://management.example:8443/subscriptions",
                "https://management.example@evil.example/",
                "//evil.example/subscriptions",
                "https://user@management.example/subscriptions",
                "https://management.example.evil.example/"
            })
    void a_page_on_another_host_is_not_requested_and_is_sent_no_token(String link) {
        responses.add(response(200, "{\"value\": [\"a\"], \"nextLink\": \"" + link + "\"}"));
        assertThatThrownBy(() -> pages(request()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was sent no token");
        assertThat(requested).hasSize(1);
    }

    @Test
    void what_is_requested_by_post_continues_at_the_same_address_only() {
        String query = "/subscriptions/{subscription}/providers/Microsoft.CostManagement/query";
        RestRequest request = RestRequest.post(
                BASE, "/providers/Microsoft.ResourceGraph/resources", "x", JsonNodeFactory.instance.objectNode());
        responses.add(response(200, "{\"nextLink\": \"" + BASE + query.replace("{subscription}", "s") + "\"}"));
        assertThatThrownBy(() -> pages(request)).isInstanceOf(UserError.class);
        assertThat(requested).hasSize(1);
    }

    @Test
    void pages_with_nothing_on_them_may_come_before_the_others() {
        for (int page = 1; page <= 5; page++) {
            responses.add(response(
                    200, "{\"value\": [], \"nextLink\": \"" + BASE + "/subscriptions?$skiptoken=" + page + "\"}"));
        }
        responses.add(response(200, "{\"value\": [\"a\"]}"));
        assertThat(pages(request())).containsExactly("a");
    }

    @Test
    void a_token_that_is_refused_is_taken_anew_once() {
        responses.add(response(401, "{\"error\": {\"code\": \"ExpiredAuthenticationToken\"}}"));
        responses.add(response(200, "{\"value\": [\"a\"]}"));
        assertThat(pages(request())).containsExactly("a");
        assertThat(refused).containsExactly("https://management.example 2026-06-01T00:00:00Z");
        assertThat(clock.slept).isEmpty();
        responses.add(response(401, "{}"));
        responses.add(response(401, "{\"error\": {\"code\": \"InvalidAuthenticationToken\"}}"));
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("InvalidAuthenticationToken"));
        assertThat(requested).hasSize(4);
    }

    @Test
    void who_does_not_answer_is_waited_for_twice_and_then_once_for_the_next_object() {
        RestClient client = client(Map.of());
        responses.add(Duration.ofSeconds(60));
        responses.add(response(200, "{}"));
        client.call(request());
        assertThat(requested).hasSize(2);
        for (int i = 0; i < 3; i++) {
            responses.add(Duration.ofSeconds(60));
        }
        assertThatThrownBy(() -> client.call(request())).isInstanceOf(RestFailure.class);
        assertThatThrownBy(() -> client.call(request())).isInstanceOf(RestFailure.class);
        assertThat(requested).hasSize(2 + 2 + 1);
    }

    @Test
    void a_time_to_come_back_is_one_of_the_clock_that_named_it() {
        responses.add(new RestAnswer(
                429,
                Map.of("Date", "Mon, 01 Jun 2026 01:00:00 GMT", "Retry-After", "Mon, 01 Jun 2026 01:00:20 GMT"),
                ""));
        responses.add(response(200, "{}"));
        client(Map.of()).call(request());
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void an_operation_that_is_not_listed_is_not_sent() {
        RestRequest start = RestRequest.post(
                        BASE,
                        "/subscriptions/{subscription}/providers/Microsoft.Compute/virtualMachines/{name}/start",
                        "x",
                        null)
                .with("subscription", "s")
                .with("name", "vm");
        assertThatThrownBy(() -> client(Map.of()).call(start)).isInstanceOf(Operations.NotAllowed.class);
        assertThat(requested).isEmpty();
    }

    @Test
    void what_fills_a_template_leads_nowhere_else() {
        RestRequest one = RestRequest.get(BASE, "/subscriptions/{subscription}", "x");
        assertThat(one.with("subscription", "a/../b?x=y").address())
                .hasToString(BASE + "/subscriptions/a%2F..%2Fb%3Fx%3Dy");
        assertThatThrownBy(() -> one.with("subscription", "..").address()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(one::address).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 7, 7",
        "retry-after-ms, 2500, 2.5",
        "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after, 11, 11",
        "x-ms-ratelimit-microsoft.costmanagement-entity-retry-after, 30, 30",
        "x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after, 4, 4",
        "x-ms-ratelimit-microsoft.consumption-retry-after, 9, 9",
        "x-ms-user-quota-resets-after, 00:00:05, 5",
        "'Retry-After', 'Mon, 01 Jun 2026 00:00:20 GMT', 20"
    })
    void a_refusal_waits_as_long_as_it_has_to(String header, String value, BigDecimal seconds) {
        responses.add(response(429, "{}", header, value));
        responses.add(response(200, "{\"value\": [\"a\"]}"));
        assertThat(pages(request())).containsExactly("a");
        assertThat(clock.slept)
                .containsExactly(Duration.ofMillis(seconds.movePointRight(3).longValueExact()));
        assertThat(operations.cost().requests()).as("each attempt counts").containsEntry(OPERATION, 2L);
    }

    @Test
    void of_several_waits_the_longest_counts() {
        responses.add(new RestAnswer(
                429,
                Map.of(
                        "Retry-After", "2",
                        "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after", "40",
                        "x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after", "12",
                        "x-ms-ratelimit-microsoft.costmanagement-qpu-remaining", "QueryUnits:0"),
                ""));
        responses.add(response(200, "{}"));
        client(Map.of()).call(request());
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(40));
    }

    @Test
    void who_requires_too_long_a_wait_is_given_up_on_at_once() {
        responses.add(response(429, "{\"error\": {\"code\": \"429\"}}", "Retry-After", "3600"));
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class,
                        failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1)));
        assertThat(clock.slept).isEmpty();
    }

    @Test
    void a_service_that_is_not_well_is_tried_five_times() {
        for (int i = 0; i < 5; i++) {
            responses.add(response(503, "<html>busy</html>"));
        }
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(503));
        assertThat(requested).hasSize(5);
        assertThat(clock.slept).hasSize(4);
    }

    @Test
    void what_failed_for_good_is_tried_twice_for_the_next_object_until_it_is_answered() {
        RestClient client = client(Map.of());
        for (int i = 0; i < 5 + 2; i++) {
            responses.add(response(503, "busy"));
        }
        assertThatThrownBy(() -> client.call(request())).isInstanceOf(RestFailure.class);
        assertThatThrownBy(() -> client.call(request())).isInstanceOf(RestFailure.class);
        assertThat(requested).hasSize(5 + 2);
        responses.add(response(200, "{}"));
        client.call(request());
        for (int i = 0; i < 5; i++) {
            responses.add(response(503, "busy"));
        }
        assertThatThrownBy(() -> client.call(request())).isInstanceOf(RestFailure.class);
        assertThat(requested).as("well again").hasSize(5 + 2 + 1 + 5);
    }

    private static RestRequest inSubscription(String subscription) {
        return RestRequest.get(BASE, "/subscriptions/{subscription}/providers/Microsoft.Compute/disks", "x")
                .with("subscription", subscription);
    }

    @Test
    void an_object_that_is_refused_for_long_takes_none_of_its_siblings() {
        RestClient client = client(Map.of());
        for (int i = 0; i < 3; i++) {
            responses.add(response(429, "{}", "Retry-After", "50"));
        }
        assertThatThrownBy(() -> client.call(inSubscription("a"))).isInstanceOf(RestFailure.class);
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(50));
        for (int i = 0; i < 2; i++) {
            responses.add(response(429, "{}", "Retry-After", "50"));
        }
        responses.add(response(200, "{}"));
        client.call(inSubscription("a"));
        assertThat(clock.slept).as("the next object is waited for as long").hasSize(4);
        responses.add(response(429, "{}", "Retry-After", "3600"));
        assertThatThrownBy(() -> client.call(inSubscription("a"))).isInstanceOf(RestFailure.class);
        responses.add(response(429, "{}", "Retry-After", "20"));
        responses.add(response(200, "{}"));
        client.call(inSubscription("a"));
        assertThat(clock.slept).as("a refusal for an hour takes no other").endsWith(Duration.ofSeconds(20));
    }

    /** Hundreds of objects would each take two minutes of waits otherwise. */
    @Test
    void objects_of_a_subscription_that_are_all_refused_are_waited_for_ten_minutes_in_all() {
        RestClient client = client(Map.of());
        Instant start = clock.now;
        for (int object = 0; object < 200; object++) {
            responses.clear();
            for (int i = 0; i < 5; i++) {
                responses.add(response(429, "{}", "Retry-After", "50"));
            }
            assertThatThrownBy(() -> client.call(inSubscription("a"))).isInstanceOf(RestFailure.class);
        }
        assertThat(Duration.between(start, clock.now))
                .isBetween(RestClient.LONGEST_IN_VAIN, RestClient.LONGEST_IN_VAIN.plusMinutes(2));
        responses.clear();
        responses.add(response(429, "{}", "Retry-After", "5"));
        responses.add(response(200, "{}"));
        client.call(inSubscription("a"));
        assertThat(clock.slept).as("a short wait").endsWith(Duration.ofSeconds(5));
        responses.add(response(429, "{}", "Retry-After", "50"));
        responses.add(response(200, "{}"));
        client.call(inSubscription("b"));
        assertThat(clock.slept).as("another subscription").endsWith(Duration.ofSeconds(50));
    }

    @Test
    void a_service_that_is_not_well_in_one_subscription_may_be_in_another() {
        RestClient client = client(Map.of());
        for (int i = 0; i < 5 + 2 + 5; i++) {
            responses.add(response(503, "busy"));
        }
        assertThatThrownBy(() -> client.call(inSubscription("a"))).isInstanceOf(RestFailure.class);
        assertThatThrownBy(() -> client.call(inSubscription("A"))).isInstanceOf(RestFailure.class);
        assertThat(requested).hasSize(5 + 2);
        assertThatThrownBy(() -> client.call(inSubscription("b"))).isInstanceOf(RestFailure.class);
        assertThat(requested).hasSize(5 + 2 + 5);
    }

    /** The same failure of many objects is one gap: its words must not differ by the number of a request. */
    @ParameterizedTest
    @CsvSource({
        "500, 'failed. Activity ID: 0f8fad5b-d9cb-469f-a165-70867728950e', 'failed. Activity ID: ID'",
        "503, 'busy (7c9e66797425440de944be07) at 2026-06-01T10:11:12.345Z', 'busy (ID) at TIME'",
        "500, 'Request 1780300800123 failed after 31 s', 'Request ID failed after 31 s'",
        "404, 'no 0f8fad5b-d9cb-469f-a165-70867728950e', 'no 0f8fad5b-d9cb-469f-a165-70867728950e'"
    })
    void the_message_of_a_service_that_is_not_well_has_no_number_of_one_request(
            int status, String sent, String reported) {
        for (int i = 0; i < 5; i++) {
            responses.add(
                    response(status, "{\"error\": {\"code\": \"InternalError\", \"message\": \"" + sent + "\"}}"));
        }
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class,
                        failure -> assertThat(failure.serviceMessage()).isEqualTo(reported));
    }

    /** Azure's own form: a code that repeats the status, and what is wrong in the details. */
    @ParameterizedTest
    @CsvSource({
        "BadRequest, NoValidSubscriptionsInQueryRequest, NoValidSubscriptionsInQueryRequest, what is wrong",
        "Forbidden, LinkedAuthorizationFailed, LinkedAuthorizationFailed, what is wrong",
        "AuthorizationFailed, Whatever, AuthorizationFailed, ask for support",
        "BadRequest, , BadRequest, ask for support"
    })
    void a_general_code_is_reported_by_its_details(String code, String ofDetail, String reported, String message) {
        String detail = ofDetail == null ? "" : "{\"code\": \"" + ofDetail + "\", \"message\": \"what is wrong\"}";
        responses.add(response(
                400,
                "{\"error\": {\"code\": \"" + code + "\", \"message\": \"ask for support\", \"details\": [" + detail
                        + "]}}"));
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(RestFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(reported);
                    assertThat(failure.serviceMessage()).isEqualTo(message);
                });
    }

    @Test
    void a_lost_connection_is_tried_again_and_a_host_that_is_not_known_is_not() {
        responses.add(new IOException("connection reset"));
        responses.add(response(200, "{}"));
        client(Map.of()).call(request());
        assertThat(requested).hasSize(2);
        responses.add(new UnknownHostException("management.example"));
        assertThatThrownBy(() -> client(Map.of()).call(request())).hasCauseInstanceOf(UnknownHostException.class);
        assertThat(requested).hasSize(3);
    }

    @Test
    void a_refusal_is_not_repeated_and_shows_its_code() {
        responses.add(response(403, "{\"error\": {\"code\": \"AuthorizationFailed\", \"message\": \"no\\nright.\"}}"));
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(RestFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("AuthorizationFailed");
                    assertThat(failure.serviceMessage()).isEqualTo("no right");
                });
        assertThat(requested).hasSize(1);
    }

    @Test
    void no_body_is_no_answer_and_numbers_keep_every_digit() {
        responses.add(response(204, ""));
        assertThat(client(Map.of()).call(request()).isMissingNode()).isTrue();
        responses.add(response(200, "{\"cost\": 1.5E-05, \"long\": 123456789.123456789123}"));
        JsonNode response = client(Map.of()).call(request());
        assertThat(Json.number(response, "/cost")).isEqualByComparingTo("0.000015");
        assertThat(Json.number(response, "/long")).isEqualByComparingTo("123456789.123456789123");
    }

    @Test
    void an_answer_that_was_cut_on_the_way_is_requested_once_more() {
        responses.add(response(200, "{\"value\": [1, 2"));
        responses.add(response(200, "{\"value\": [1, 2]}"));
        assertThat(client(Map.of()).call(request()).path("value")).hasSize(2);
        assertThat(requested).hasSize(2);
    }

    @Test
    void a_list_that_names_ever_new_pages_of_the_same_content_is_ended() {
        for (int i = 0; i < 100; i++) {
            responses.add(
                    response(200, "{\"value\": [\"a\"], \"nextLink\": \"" + BASE + "/subscriptions?page=" + i + "\"}"));
        }
        assertThatThrownBy(() -> pages(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class, failure -> assertThat(failure.code()).isEqualTo("EndlessList"));
        assertThat(requested).hasSize(21);
    }

    @Test
    void a_list_may_have_some_empty_pages_before_its_things() {
        for (int i = 0; i < 15; i++) {
            responses.add(
                    response(200, "{\"value\": [], \"nextLink\": \"" + BASE + "/subscriptions?page=" + i + "\"}"));
        }
        responses.add(response(200, "{\"value\": [\"a\"]}"));
        assertThat(pages(request())).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "200, '<html>log in to this network</html>', 'it sent an HTML page, which is not from the service'",
        "200, 'log in to this network', 'the response is not JSON'",
        "200, '', 'it is empty'",
        "200, '[]', 'it is no object'",
        "502, ' <!doctype html><html><head><style>body {color: red}</style>', 'an HTML page'",
        "502, 'upstream down', 'upstream down'"
    })
    void what_is_no_json_is_reported_as_what_it_is(int status, String body, String reported) {
        for (int i = 0; i < 5; i++) {
            responses.add(response(status, body));
        }
        assertThatThrownBy(() -> client(Map.of()).call(request()))
                .isInstanceOfSatisfying(
                        RestFailure.class,
                        failure -> assertThat(failure.serviceMessage()).isEqualTo(reported));
    }

    @Test
    void a_token_leaves_over_https_only() {
        RestRequest plain = RestRequest.get("http://management.example", "/subscriptions", "x");
        assertThatThrownBy(() -> client(Map.of()).call(plain))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("over https only");
        assertThat(requested).isEmpty();
        responses.add(response(200, "{}"));
        client(Map.of()).call(RestRequest.get("http://127.0.0.1:8080", "/subscriptions", "x"));
        assertThat(RestClient.isSafe(URI.create("http://127.0.0.1.evil.example")))
                .isFalse();
        assertThat(RestClient.isSafe(URI.create("http://localhost:1"))).isTrue();
    }

    @Test
    void requests_keep_to_the_pace_of_their_operation() {
        Pace pace = new Pace(
                List.of(new Pace.Limit(2, Duration.ofSeconds(10)), new Pace.Limit(3, Duration.ofMinutes(1))), clock);
        RestClient client = client(Map.of(OPERATION, pace));
        for (int i = 0; i < 4; i++) {
            responses.add(response(200, "{}"));
            client.call(request());
        }
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(50));
    }

    /** Such as the first one, which waits for a token and a connection: the service counts it late. */
    @Test
    void a_request_that_took_its_time_is_counted_from_its_answer() throws Exception {
        Pace pace = new Pace(List.of(new Pace.Limit(1, Duration.ofSeconds(10))), clock);
        Pace.Turn turn = pace.await();
        clock.now = clock.now.plusSeconds(4);
        pace.received(turn);
        pace.await();
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(10));
    }
}
