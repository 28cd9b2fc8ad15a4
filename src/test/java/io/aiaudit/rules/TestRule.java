package io.aiaudit.rules;

import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.testing.AtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rule folder and a store in a file, written by a test with as few words as possible. */
final class TestRule {
    static final String YAML = """
            id: ID
            title: Machines work
            summary: A machine that does nothing can be stopped.
            applies_to: [instance]
            needs: [cpu_utilization]
            proof: arithmetic
            lever: eliminate
            params:
              max_days: {default: 3, help: A limit.}
              share: {default: 0.5, help: A share.}
              word: {default: abc, help: A word.}
              words: {default: [a, b], help: Words.}
            remedies:
              stop: {action: Stop it., effort: low, speed: minutes, compliance: none, commands: {aws: "aws ec2 \
            stop-instances --instance-ids {resource_id} --region {region}"}}
              resize:
                lever: resize
                asks: [latency]
                action: Take a smaller one.
                effort: medium
                speed: some
                compliance: none
                feasible_when: {azure: never, gcp: a stopped machine}
            """;
    static final String README = "# x\n## Why it costs\n## How it is found\n## Fix\n## When it is wrong\n";

    private static byte[] emptyStore;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final String id;

    TestRule(String id) {
        this.id = id;
        files.put("rule.yaml", YAML.replace("ID", id));
        files.put("rule.sql", "SELECT resource_id, 0 AS remaining FROM subject\n");
        files.put("README.md", README);
        files.put("tests.yaml", "window: 2026-06-01/2026-06-08\ncases: []\n");
    }

    TestRule with(String file, String content) {
        files.put(file, content);
        return this;
    }

    TestRule yaml(String from, String to) {
        return with("rule.yaml", files.get("rule.yaml").replace(from, to));
    }

    TestRule sql(String sql) {
        return with("rule.sql", sql);
    }

    TestRule without(String file) {
        files.remove(file);
        return this;
    }

    Path write(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(id));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    Rule read(Path parent) throws IOException {
        return RuleFolder.read(write(parent));
    }

    /** Written once: every test has its own copy. */
    private static synchronized byte[] emptyStore() throws IOException {
        if (emptyStore == null) {
            Path file = AtExit.folder("store").resolve("audit.aiaudit");
            EmptyStore.write(file);
            emptyStore = Files.readAllBytes(file);
        }
        return emptyStore;
    }

    /** A store in {@code folder} that holds what {@code sql} inserts, opened as rules see it. */
    static LockedStore store(Path folder, String sql) throws SQLException, IOException {
        Path file = Files.createTempDirectory(folder, "store").resolve("audit.aiaudit");
        Files.write(file, emptyStore());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return LockedStore.open(file, new StoreLimits(512, 2, file.resolveSibling("spill")));
    }
}
