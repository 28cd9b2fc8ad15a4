package io.aiaudit.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * A moto server, which plays AWS: a process of its own on a free port, started once for all tests of a Java and ended
 * by its process id when that Java ends. Tests fill it with clients that may do anything.
 */
public final class Moto {
    /** The account that any credentials belong to. */
    public static final String ACCOUNT = "123456789012";

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

    private static Moto server;

    private static final HttpClient POSTING = HttpClient.newHttpClient();

    private final Process process;
    private final URI endpoint;

    /** Whether a test may have put something there since it forgot everything; a scan only reads. */
    private volatile boolean filled = true;

    /** A thousand instances take moto a while where other work keeps the cores busy. */
    private final SdkHttpClient http = new Filling(
            UrlConnectionHttpClient.builder().socketTimeout(LONGEST_ANSWER).build());

    /** What tests fill it by. */
    private final class Filling implements SdkHttpClient {
        private final SdkHttpClient client;

        Filling(SdkHttpClient client) {
            this.client = client;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            filled = true;
            return client.prepareRequest(request);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Moto(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * The server of this Java, which knows nothing yet. Nobody has to close it, and so nobody closes one that never
     * started.
     */
    public static synchronized Moto empty() {
        if (server == null) {
            server = start();
        }
        server.daysAgo(0);
        server.reset();
        return server;
    }

    private static Moto start() {
        Path python = Needs.pythonWith("moto.server");
        try {
            int port = freePort();
            Process process = Ran.builder(
                            Needs.projectFolder(),
                            Map.of(),
                            List.of(python.toString(), "src/test/python/moto_server.py", String.valueOf(port)))
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            AtExit.run(process::destroy);
            Moto moto = new Moto(process, URI.create("http://127.0.0.1:" + port));
            moto.waitUntilReady();
            return moto;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void waitUntilReady() {
        Instant end = Instant.now().plus(LONGEST_START);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new AssertionError("moto ended with " + process.exitValue());
            }
            try {
                reset();
                return;
            } catch (UncheckedIOException e) {
                pause();
            }
        }
        process.destroy();
        throw new AssertionError("moto did not answer within " + LONGEST_START);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What is made from now on was made so many days ago. Roles cannot be assumed while it is not today. */
    public void daysAgo(int days) {
        try {
            BufferedWriter input = process.outputWriter();
            input.write(days + "\n");
            input.flush();
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); !("days ago: " + days).equals(line); line = output.readLine()) {
                if (line == null) {
                    throw new AssertionError("moto ended");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets everything. What it has by itself takes it a while to make again, so not where there is nothing else. */
    public void reset() {
        if (filled) {
            send("/moto-api/reset", "");
            filled = false;
        }
    }

    /** Gives moto something that no client can, such as what Cost Explorer answers. */
    public String post(String path, String body) {
        filled = true;
        return send(path, body);
    }

    /** What AWS would refuse of these requests, by its published model. */
    public String refused(String requests) {
        return send("/requests-to-judge", requests);
    }

    private String send(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = POSTING.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** What makes the SDK in this process and in others talk to this server; as variables of the environment. */
    public Map<String, String> environment() {
        filled = true;
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_ENDPOINT_URL", endpoint.toString());
        variables.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret");
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_CONFIG_FILE", "/dev/null");
        variables.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        for (String other :
                List.of("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")) {
            variables.put(other, "");
        }
        return variables;
    }

    /** A client of the account that the credentials belong to. */
    public <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder, String region) {
        return client(builder, region, ACCOUNT);
    }

    /** A client of any account: moto lets everybody in. */
    public <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(
            B builder, String region, String account) {
        return builder.endpointOverride(endpoint)
                .httpClient(http)
                .region(Region.of(region))
                .credentialsProvider(account.equals(ACCOUNT) ? own() : roleIn(account))
                .build();
    }

    private static AwsCredentialsProvider own() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret"));
    }

    private AwsCredentialsProvider roleIn(String account) {
        StsClient sts = client(StsClient.builder(), "us-east-1");
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request ->
                        request.roleArn("arn:aws:iam::" + account + ":role/any").roleSessionName("test"))
                .build();
    }
}
