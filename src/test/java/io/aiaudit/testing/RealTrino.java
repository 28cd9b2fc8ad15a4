package io.aiaudit.testing;

import io.trino.jdbc.TrinoDriver;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Trino on this computer, with a catalog {@code memory} and a catalog {@code iceberg} whose files lie in a folder.
 * The unpacked server (io.trino:trino-server, 900 MB) is where the variable AIAUDIT_TEST_TRINO says, and runs on Java
 * 25.
 */
public final class RealTrino implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final List<String> PLUGINS = List.of("memory", "iceberg");

    private final Path folder;
    private final Process process;
    private final int port;

    private RealTrino(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** {@code java} is the home of a Java 25, {@code heap} such as {@code 4G}. */
    public static RealTrino start(Path folder, Path java, String heap) throws IOException, InterruptedException {
        String home = System.getenv("AIAUDIT_TEST_TRINO");
        if (home == null) {
            Assumptions.abort("needs AIAUDIT_TEST_TRINO, the folder of an unpacked trino-server 476");
        }
        int port = freePort();
        configure(folder, Path.of(home), port);
        Process process = new ProcessBuilder(List.of(
                        java.resolve("bin/java").toString(),
                        "-Xmx" + heap,
                        "-Djdk.attach.allowAttachSelf=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-Dnode.environment=test",
                        "-Dnode.id=one",
                        "-Dnode.internal-address=127.0.0.1",
                        "-Dnode.data-dir=" + folder.resolve("node"),
                        "-Dplugin.dir=" + folder.resolve("plugin"),
                        "-Dcatalog.config-dir=" + folder.resolve("catalog"),
                        "-Dconfig=" + folder.resolve("config.properties"),
                        "-cp",
                        home + "/lib/*",
                        "io.trino.server.TrinoServer"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        RealTrino trino = new RealTrino(folder, process, port);
        trino.await();
        return trino;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void configure(Path folder, Path home, int port) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugin"));
        for (String plugin : PLUGINS) {
            Files.createSymbolicLink(
                    plugins.resolve(plugin), home.resolve("plugin").resolve(plugin));
        }
        Files.createDirectories(folder.resolve("node"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Path catalogs = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalogs.resolve("memory.properties"), "connector.name=memory\n");
        Files.writeString(catalogs.resolve("iceberg.properties"), """
                connector.name=iceberg
                iceberg.catalog.type=TESTING_FILE_METASTORE
                hive.metastore.catalog.dir=local:///metastore
                fs.native-local.enabled=true
                local.location=%s
                """.formatted(files));
        Files.writeString(folder.resolve("config.properties"), """
                coordinator=true
                node-scheduler.include-coordinator=true
                http-server.http.port=%1$d
                discovery.uri=http://127.0.0.1:%1$d
                catalog.management=static
                """.formatted(port));
    }

    /** Until a statement gets through. */
    private void await() throws InterruptedException, IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.readString(folder.resolve("log")).contains("SERVER STARTED")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("Trino does not start: " + Files.readString(folder.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private Connection connect() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "test");
        return new TrinoDriver().connect("jdbc:trino://127.0.0.1:" + port, user);
    }

    /** Runs a statement that gives no rows. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a query; the cells of its rows as texts. */
    public List<List<String>> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The address of a table, such as {@code iceberg/finops/focus}. */
    public String table(String path) {
        return "trino://127.0.0.1:" + port + "/" + path;
    }

    /** Where the files of the tables of {@code iceberg} are. */
    public Path files() {
        return folder.resolve("files");
    }

    public Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** The most memory that it had so far, such as {@code 3120 MB}. */
    public String peakMemory() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1000 + " MB")
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
