package io.aiaudit.testing;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An Azurite server, which plays Blob storage: a process of its own on a free port, ended by its process id when this
 * Java ends: tests share it, and each has containers of its own.
 */
public final class Azurite {
    public static final String ACCOUNT = "devstoreaccount1";

    /** Azurite's own, which everybody knows. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private static Azurite withKey;
    private static Azurite withToken;

    private final Process process;
    private final String endpoint;

    private Azurite(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Over http, for those who have the key: started once. */
    public static synchronized Azurite withKey() {
        if (withKey == null) {
            withKey = start("http", List.of());
        }
        return withKey;
    }

    /** Over https with the certificate of the servers that give tokens, for those who have one: started once. */
    public static synchronized Azurite withToken() {
        if (withToken == null) {
            String keys = AzureServer.keys().toString();
            withToken = start("https", List.of("--oauth", "basic", "--cert", keys, "--pwd", AzureServer.PASSWORD));
        }
        return withToken;
    }

    private static Azurite start(String scheme, List<String> further) {
        Path program = Needs.program("azurite-blob");
        Path folder = AtExit.folder("azurite");
        try {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--silent",
                    "--disableTelemetry",
                    "--skipApiVersionCheck",
                    "--blobHost",
                    "127.0.0.1",
                    "--blobPort",
                    String.valueOf(port),
                    "--location",
                    folder.toString()));
            command.addAll(further);
            Process process = Ran.builder(folder, Map.of(), command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            AtExit.run(() -> end(process));
            Azurite azurite = new Azurite(process, scheme + "://127.0.0.1:" + port + "/" + ACCOUNT);
            azurite.waitUntilReady(port);
            return azurite;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitUntilReady(int port) {
        Instant end = Instant.now().plus(LONGEST_START);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new AssertionError("azurite ended with " + process.exitValue());
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                pause();
            }
        }
        throw new AssertionError("azurite did not start");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With the name of the account in braces, as aiaudit.yaml wants it. */
    public String template() {
        return endpoint.replace(ACCOUNT, "{account}");
    }

    /** A container that is empty. */
    public BlobContainerClient container(String name) {
        BlobContainerClient container = new BlobContainerClientBuilder()
                .endpoint(endpoint)
                .containerName(name)
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient();
        container.deleteIfExists();
        container.create();
        return container;
    }

    public static void put(BlobContainerClient container, String name, byte[] content) {
        container.getBlobClient(name).upload(BinaryData.fromBytes(content), true);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        // It writes into its folder until it has ended, which nobody could delete meanwhile.
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
