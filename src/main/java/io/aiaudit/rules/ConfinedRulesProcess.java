package io.aiaudit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import io.aiaudit.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The other side of {@link ConfinedRules}: runs rules on the same store, read-only and locked, and returns their rows.
 */
final class ConfinedRulesProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfinedRulesProcess() {}

    /** See {@link ConfinedRules} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        ConfinedEnd end = new ConfinedEnd();
        StoreLimits limits = StoreLimits.ofStrangers(Long.parseLong(arguments[1]), Path.of(arguments[2]));
        Window window = new Window(Instant.parse(arguments[3]), Instant.parse(arguments[4]));
        ConfinedRules.Known known = JSON.readValue(Path.of(arguments[5]).toFile(), ConfinedRules.Known.class);
        Duration patience = Duration.ofMillis(Long.parseLong(arguments[6]));
        try (LockedStore store = LockedStore.open(Path.of(arguments[0]), limits);
                RuleRun run = RuleRun.confined(store, window, patience, known)) {
            end.respond("");
            while (true) {
                end.respond(response(run, JSON.readValue(end.nextRequest(), ConfinedRules.Request.class)));
            }
        }
    }

    private static ConfinedRules.Response response(RuleRun run, ConfinedRules.Request request) throws IOException {
        try {
            Rule rule = RuleFolder.read(Path.of(request.folder()));
            Rows rows = run.rows(rule, request.parameters(), request.lostHoursAreQuiet());
            return new ConfinedRules.Response(null, rows.columns(), RowsText.write(rows));
        } catch (ConfinedRuleFailed e) {
            return new ConfinedRules.Response(e.getMessage(), null, null);
        } catch (UserError e) {
            // The folder changed since it was read.
            return new ConfinedRules.Response(e.problem(), null, null);
        }
    }
}
