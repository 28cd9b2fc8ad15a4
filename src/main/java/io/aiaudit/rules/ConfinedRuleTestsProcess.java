package io.aiaudit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** The other side of {@link ConfinedRuleTests}: runs the cases of rules and names each before it runs. */
final class ConfinedRuleTestsProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfinedRuleTestsProcess() {}

    /** Takes a private folder; requests are folders of rules. */
    public static void main(String[] arguments) throws Exception {
        ConfinedEnd end = new ConfinedEnd();
        try (RuleTests tests = new RuleTests(Path.of(arguments[0]))) {
            end.respond("");
            while (true) {
                Rule rule = RuleFolder.read(Path.of(JSON.readValue(end.nextRequest(), String.class)));
                tests.run(
                        rule,
                        name -> send(end, new ConfinedRuleTests.Step(name, null)),
                        result -> send(end, new ConfinedRuleTests.Step(null, result)));
                end.respond(new ConfinedRuleTests.Step(null, null));
            }
        }
    }

    private static void send(ConfinedEnd end, ConfinedRuleTests.Step step) {
        try {
            end.respond(step);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
