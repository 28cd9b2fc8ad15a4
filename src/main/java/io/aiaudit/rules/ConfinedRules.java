package io.aiaudit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.RunFolder;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import io.aiaudit.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Runs the SQL of rules of the user in a process of its own, on the same store. That SQL cannot read or write anything,
 * but it can take memory that the database does not count and time that the database does not interrupt. The process
 * starts with the first such rule.
 */
final class ConfinedRules implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    /**
     * Beyond the patience of the database, which comes first and has better words; a process with much memory takes its
     * time to end, and is gone before a tenth more.
     */
    private static final double TOLERANCE = 1.03;

    private final LockedStore store;
    private final Window window;
    private final Duration patience;
    private final List<List<Object>> spend;
    private final List<List<Object>> policies;
    private ConfinedProcess process;

    ConfinedRules(
            LockedStore store,
            Window window,
            Duration patience,
            List<List<Object>> spend,
            List<List<Object>> policies) {
        this.store = store;
        this.window = window;
        this.patience = patience;
        this.spend = spend;
        this.policies = policies;
    }

    /** What a process reads first. The rows are as text, which the database casts. */
    record Known(List<List<Object>> spend, List<List<Object>> policies) {}

    /**
     * One rule to run.
     *
     * @param parameters with their values
     * @param lostHoursAreQuiet see {@link LostHours}
     */
    record Request(String folder, Map<String, Object> parameters, boolean lostHoursAreQuiet) {}

    /** What a rule returned, or why it failed; the other is null. */
    record Response(String problem, List<Rows.Column> columns, List<List<Object>> rows) {}

    /**
     * What a rule returns.
     *
     * @param lostHoursAreQuiet see {@link LostHours}
     * @throws ConfinedRuleFailed when it does not come to its end, or is wrong
     */
    Rows rows(Rule rule, Map<String, Object> parameters, boolean lostHoursAreQuiet) {
        if (process == null) {
            start(rule);
        }
        try {
            process.request(JSON.writeValueAsString(new Request(rule.folder(), parameters, lostHoursAreQuiet)));
            Response response = JSON.readValue(
                    process.response(Duration.ofMillis((long) (patience.toMillis() * TOLERANCE))), Response.class);
            if (response.problem() != null) {
                throw new ConfinedRuleFailed(response.problem());
            }
            return RowsText.read(response.columns(), response.rows());
        } catch (TimeoutException e) {
            throw stopped(rule, RuleRun.tooSlow(patience), e);
        } catch (IOException e) {
            throw stopped(rule, tooLarge(store.limits().memoryMib()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(rule, "it was interrupted.", e);
        }
    }

    static String tooLarge(long memoryMib) {
        return "it was stopped: it takes more memory than the " + memoryMib
                + " MiB that a rule may have. Read less in it, and make no long texts or lists.";
    }

    private ConfinedRuleFailed stopped(Rule rule, String problem, Exception cause) {
        close();
        return new ConfinedRuleFailed(rule.sqlFile() + ": " + problem, cause);
    }

    private void start(Rule rule) {
        StoreLimits limits = store.limits();
        try {
            RunFolder folder = RunFolder.temporary(Files.createDirectories(limits.spillFolder()));
            Path known = folder.path().resolve("known.json");
            JSON.writeValue(known.toFile(), new Known(texts(spend), texts(policies)));
            process = ConfinedProcess.start(
                    ConfinedRulesProcess.class,
                    folder,
                    limits.memoryMib(),
                    List.of(
                            store.file().toAbsolutePath().toString(),
                            Long.toString(limits.memoryMib()),
                            folder.path().toString(),
                            window.start().toString(),
                            window.end().toString(),
                            known.toString(),
                            Long.toString(patience.toMillis())));
            process.response(LONGEST_START);
        } catch (IOException | TimeoutException e) {
            throw stopped(rule, ConfinedProcess.notStarted(limits.memoryMib()), e);
        } catch (NotWritten e) {
            throw stopped(rule, e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(rule, "it was interrupted.", e);
        }
    }

    private static List<List<Object>> texts(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ConfinedRules::text).toList())
                .toList();
    }

    private static Object text(Object value) {
        return value == null || value instanceof Collection ? value : String.valueOf(value);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
