package io.aiaudit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a {@link ConfinedProcess} has to itself of the connection: it takes requests, and ends with the process that
 * sends them, in the midst of a query too.
 */
final class ConfinedEnd {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream responses = new FileOutputStream(FileDescriptor.out);
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    ConfinedEnd() {
        Thread reader = new Thread(this::read, "requests");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            lines.lines().forEach(requests::add);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    String nextRequest() throws InterruptedException {
        return requests.take();
    }

    void respond(Object response) throws IOException {
        responses.write((JSON.writeValueAsString(response) + "\n").getBytes(StandardCharsets.UTF_8));
        responses.flush();
    }
}
