package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.testing.Moto;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Plays AWS: answers that a test gives in the shapes that AWS documents, and moto for everything else. */
final class AwsServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Moto moto = Moto.empty();
    private final WireMockServer answers;

    /** WireMock searches the class path whenever its own is requested. */
    private final URI address;

    /** {@code extensions} make answers that depend on the request. */
    AwsServer(Extension... extensions) {
        answers = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .extensions(extensions));
        answers.start();
        address = URI.create(answers.baseUrl());
    }

    Moto moto() {
        return moto;
    }

    WireMockServer wireMock() {
        return answers;
    }

    URI address() {
        return address;
    }

    /** Forgets all answers and everything in moto. */
    void reset() {
        moto.reset();
        forget();
    }

    /** Forgets the requests, and keeps the answers. */
    void forgetRequests() {
        judge();
        answers.resetRequests();
    }

    /** Forgets all answers and requests. */
    void forget() {
        judge();
        answers.resetAll();
        answers.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(moto.endpoint().toString())));
    }

    void answer(MappingBuilder question, ResponseDefinitionBuilder answer) {
        stubFor(question.willReturn(answer));
    }

    void stubFor(MappingBuilder answered) {
        answers.stubFor(answered);
    }

    /** A list in two pages: the second is given to those who ask with the token of the first. */
    void answerInTwoPages(MappingBuilder question, MappingBuilder again, String first, String second) {
        answer(question, first.startsWith("<") ? xml(first) : json(first));
        answer(again.atPriority(0), second.startsWith("<") ? xml(second) : json(second));
    }

    /**
     * Fails where AWS would refuse a request by its published model. Moto judges those that it answers, so that aiaudit
     * meets the refusal; these are the others.
     */
    private void judge() {
        ArrayNode requests = JSON.createArrayNode();
        answers.getAllServeEvents().stream()
                .filter(event -> !event.getResponseDefinition().isProxyResponse())
                .forEach(event -> describe(event.getRequest(), requests.addObject()));
        assertThat(requests.isEmpty() ? "[]" : moto.refused(requests.toString()))
                .as("what AWS would refuse")
                .isEqualTo("[]");
    }

    private static void describe(LoggedRequest request, ObjectNode description) {
        URI address = URI.create(request.getUrl());
        description
                .put("method", request.getMethod().getName())
                .put("path", address.getPath())
                .put("query", Objects.toString(address.getRawQuery(), ""))
                .put("body", request.getBody());
        ObjectNode headers = description.putObject("headers");
        request.getHeaders().all().forEach(header -> headers.put(header.key(), header.firstValue()));
    }

    /** Fails unless something like this was requested. */
    void verify(RequestPatternBuilder requested) {
        answers.verify(moreThanOrExactly(1), requested);
    }

    /** Fails unless this was requested so often. */
    void verify(int times, RequestPatternBuilder requested) {
        answers.verify(times, requested);
    }

    /** The requests so far, as they were sent. */
    List<String> bodies(RequestPatternBuilder requested) {
        return answers.findAll(requested).stream()
                .map(LoggedRequest::getBodyAsString)
                .toList();
    }

    /** An operation of a service of the JSON protocol. */
    static MappingBuilder target(String operation) {
        return post(anyUrl())
                .withHeader("X-Amz-Target", matching(".*[.]" + operation))
                .atPriority(1);
    }

    /** The same, requested with the token of the first page. */
    static MappingBuilder targetAgain(String operation) {
        return target(operation).withRequestBody(containing("\"second\"")).atPriority(0);
    }

    /** An operation of a service of the query protocol. */
    static MappingBuilder form(String operation) {
        return post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=" + operation + "(&.*)?"))
                .atPriority(1);
    }

    /** The same, requested with the token of the first page. */
    static MappingBuilder formAgain(String operation, String token) {
        return post(anyUrl())
                .withRequestBody(matching("(.*&)?Action=" + operation + "&.*" + token + "=second.*"))
                .atPriority(0);
    }

    /** An operation of a service that has a path for each list. */
    static MappingBuilder path(String path) {
        return get(urlPathEqualTo(path)).atPriority(1);
    }

    /** The same where the question is too long for an address. */
    static MappingBuilder body(String path) {
        return post(urlPathEqualTo(path)).atPriority(1);
    }

    static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body);
    }

    static ResponseDefinitionBuilder xml(String body) {
        return aResponse().withHeader("Content-Type", "text/xml").withBody(body);
    }

    /** As services with JSON refuse; those with paths have the code in a header. */
    static ResponseDefinitionBuilder refusal(int status, String code, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withHeader("x-amzn-ErrorType", code)
                .withBody("{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    @Override
    public void close() {
        try {
            judge();
        } finally {
            answers.stop();
        }
    }
}
