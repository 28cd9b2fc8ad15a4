package io.aiaudit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.model.UserError;
import io.aiaudit.report.AuditDiff.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditDiffTest {
    private final List<AuditedFinding> all = SampleFindings.all();

    @Test
    void an_audit_does_not_differ_from_itself() {
        AuditDiff diff = AuditDiff.of(SampleAudit.rich(), SampleAudit.rich());

        assertThat(changes(diff)).isEmpty();
        assertThat(diff.findings().unchanged()).isEqualTo(all.size());
        assertThat(diff.savingChange()).isEqualByComparingTo("0");
    }

    @Test
    void the_changes_of_the_findings_add_up_to_the_change_of_the_saving_whichever_findings_come_and_go() {
        for (int cut = 1; cut < all.size(); cut++) {
            Audit before = SampleAudit.of(all.subList(0, cut));
            Audit after = SampleAudit.of(all.subList(cut / 2, all.size()));
            AuditDiff diff = AuditDiff.of(before, after);

            assertThat(changes(diff).stream().map(Change::savingChange).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(diff.savingChange());
            assertThat(diff.findings().appeared()).hasSize(all.size() - cut);
            assertThat(diff.findings().gone()).hasSize(cut / 2);
            assertThat(diff.findings().unchanged()).isEqualTo(cut - cut / 2);
        }
    }

    @Test
    void what_is_no_longer_found_says_whether_it_could_be_looked_for() {
        String lost = counted().resourceId();
        List<AuditedFinding> withoutFinding = new ArrayList<>(all);
        withoutFinding.remove(counted());
        List<AuditedFinding> withoutResource = new ArrayList<>(all);
        withoutResource.removeIf(finding -> finding.resourceId().equals(lost));
        Audit looked = SampleAudit.withFindings(SampleAudit.rich(), withoutFinding);

        assertThat(reasonOfGone(looked))
                .startsWith("The rule no longer finds it or could not examine it: it did not examine 4");
        assertThat(reasonOfGone(SampleAudit.of(withoutResource)))
                .startsWith("The resource is not in NEW, which is incomplete");
        assertThat(reasonOfGone(SampleAudit.empty())).startsWith("Unknown, not fixed: in NEW the rule was not there");
    }

    @Test
    void what_is_written_is_as_the_published_schema_says() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs", "diff.schema.json")), InputFormat.JSON);
        for (int cut = 1; cut < all.size(); cut++) {
            AuditDiff diff =
                    AuditDiff.of(SampleAudit.of(all.subList(0, cut)), SampleAudit.of(all.subList(cut / 2, all.size())));
            assertThat(schema.validate(text(diff, "json"), InputFormat.JSON)).isEmpty();
        }
        String unknownStatus = text(AuditDiff.of(SampleAudit.of(all.subList(0, 1)), SampleAudit.empty()), "json")
                .replaceFirst("\"status\" ?: ?\"[a-z_]+\"", "\"status\": \"perhaps\"");
        assertThat(schema.validate(unknownStatus, InputFormat.JSON)).isNotEmpty();
    }

    private String reasonOfGone(Audit after) {
        return AuditDiff.of(SampleAudit.rich(), after).findings().gone().stream()
                .filter(change -> change.id().equals(counted().id()))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    private AuditedFinding counted() {
        return all.stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_demo_and_a_real_company_are_not_compared() {
        Audit demo = SampleAudit.flagged(SampleAudit.rich(), true, false);
        assertThatThrownBy(() -> AuditDiff.of(demo, SampleAudit.rich()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("OLD is about the demo company, NEW is about a real one");
    }

    @Test
    void an_unknown_saving_has_an_unknown_change() throws IOException {
        AuditDiff diff = AuditDiff.of(SampleAudit.rich(), SampleAudit.empty());

        assertThat(diff.savingChange()).isNull();
        assertThat(text(diff, "json")).contains("\"saving_change\": null");
        assertThat(text(diff, "terminal")).contains("Net saving           66,940.31              -              -");
    }

    @Test
    void hostile_names_move_nothing_and_no_line_is_wider_than_the_terminal() throws IOException {
        String text = text(
                AuditDiff.of(SampleAudit.flagged(SampleAudit.empty(), true, false), HostileAudit.everywhere()),
                "terminal");

        assertThat(text.codePoints().filter(point -> point != '\n' && VisibleText.actsOnScreen(point)))
                .isEmpty();
        assertThat(Arrays.stream(text.split("\n"))).allMatch(line -> DisplayText.width(line) <= 80);
    }

    private static List<Change> changes(AuditDiff diff) {
        return Stream.of(
                        diff.findings().appeared(),
                        diff.findings().gone(),
                        diff.findings().changed())
                .flatMap(List::stream)
                .toList();
    }

    private static String text(AuditDiff diff, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiffReport.of(format, TerminalStyle.PLAIN).write(diff, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
