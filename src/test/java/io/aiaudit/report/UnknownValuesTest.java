package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.json.AuditSchema;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An audit that somebody edited: without any one value it is refused by its schema, or all reports can show it. */
class UnknownValuesTest {
    private final List<Reporter> reporters = Reporters.all(TerminalStyle.PLAIN.withDetails());
    private final List<String> broken = new ArrayList<>();
    private int shown;

    @Test
    void any_one_value_may_be_unknown() throws IOException {
        Audit audit = SampleAudit.covered(Stream.of(Status.COUNTED, Status.UNCONFIRMED, Status.GOVERN)
                .map(UnknownValuesTest::first)
                .toList());
        JsonNode tree = AuditMapper.reader().readTree(AuditJson.text(audit));
        assertThat(AuditSchema.firstProblem(tree)).isEmpty();

        forgetEach(tree, tree, "$");

        assertThat(broken).isEmpty();
        assertThat(shown).isPositive();
    }

    private static AuditedFinding first(Status status) {
        return SampleFindings.all().stream()
                .filter(finding -> finding.status() == status)
                .findFirst()
                .orElseThrow();
    }

    /** Of lists other than that of the findings the first is enough. */
    private void forgetEach(JsonNode root, JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                if (!value.isNull()) {
                    object.putNull(name);
                    show(root, path + "." + name);
                    object.set(name, value);
                    forgetEach(root, value, path + "." + name);
                }
            }
        } else if (node instanceof ArrayNode list) {
            int many = path.equals("$.findings") ? list.size() : Math.min(1, list.size());
            for (int index = 0; index < many; index++) {
                forgetEach(root, list.get(index), path + "[" + index + "]");
            }
        }
    }

    private void show(JsonNode tree, String forgotten) {
        if (AuditSchema.firstProblem(tree).isPresent()) {
            return;
        }
        try {
            Audit audit = AuditMapper.reader().treeToValue(tree, Audit.class);
            for (Reporter reporter : reporters) {
                reporter.write(audit, OutputStream.nullOutputStream());
            }
            shown++;
        } catch (IOException | RuntimeException e) {
            broken.add(forgotten + ": " + e);
        }
    }
}
