package io.aiaudit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.disk.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Runs the cases of a rule of the user in a process of its own, as {@link ConfinedRules} does with the rule in a scan.
 */
final class ConfinedRuleTests implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final Path folder;
    private final Duration longest;
    private final long memoryMib;
    private ConfinedProcess process;

    /** @param longest what one case may take */
    ConfinedRuleTests(Path folder, Duration longest, long memoryMib) {
        this.folder = folder;
        this.longest = longest;
        this.memoryMib = memoryMib;
    }

    /** What comes in one line: the name of a case that begins, or its result; neither when there are no more. */
    record Step(String begun, RuleTests.Result result) {}

    /** The results in order; where a case does not come to its end, it is the last one and has failed. */
    List<RuleTests.Result> results(Rule rule) {
        List<RuleTests.Result> results = new ArrayList<>();
        String name = "start of the process";
        try {
            if (process == null) {
                start();
            }
            process.request(JSON.writeValueAsString(rule.folder()));
            Step step = next();
            while (step.begun() != null) {
                name = step.begun();
                results.add(next().result());
                step = next();
            }
            return results;
        } catch (TimeoutException e) {
            results.add(failed(rule, name, RuleRun.tooSlow(longest)));
        } catch (IOException e) {
            results.add(failed(
                    rule,
                    name,
                    process == null ? ConfinedProcess.notStarted(memoryMib) : ConfinedRules.tooLarge(memoryMib)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            results.add(failed(rule, name, "it was interrupted."));
        }
        return results;
    }

    private Step next() throws IOException, TimeoutException, InterruptedException {
        return JSON.readValue(process.response(longest), Step.class);
    }

    private RuleTests.Result failed(Rule rule, String name, String problem) {
        close();
        return new RuleTests.Result(rule.id(), name, false, rule.sqlFile() + ": " + problem);
    }

    private void start() throws IOException, TimeoutException, InterruptedException {
        RunFolder own = RunFolder.temporary(folder);
        ConfinedProcess started = ConfinedProcess.start(
                ConfinedRuleTestsProcess.class,
                own,
                memoryMib,
                List.of(own.path().toString()));
        try {
            started.response(LONGEST_START);
            process = started;
        } finally {
            if (process == null) {
                started.close();
            }
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
