package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Responses that Java's client refuses to read, from a socket that sends what no server library would. */
@Outside
class AzureTransportTest {
    private static RestAnswer sent(String response) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> respond(server, response));
            try {
                return new AzureTransport(new JdkHttpClientBuilder().build(), null)
                        .send("GET", URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x"), null, null);
            } finally {
                served.join();
            }
        }
    }

    private static void respond(ServerSocket server, String response) {
        try (Socket client = server.accept()) {
            assertThat(client.getInputStream().read(new byte[8192])).isPositive();
            client.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** "Could not be reached" would be wrong: it was, and responded with nothing. */
    @Test
    void no_content_with_a_length_is_no_content() throws Exception {
        RestAnswer response = sent("HTTP/1.1 204 No Content\r\nContent-Length: 12\r\n\r\n{\"value\": 1}");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void what_is_no_http_is_a_failure() {
        assertThatThrownBy(() -> sent("no HTTP\r\n\r\n")).isInstanceOf(IOException.class);
    }
}
