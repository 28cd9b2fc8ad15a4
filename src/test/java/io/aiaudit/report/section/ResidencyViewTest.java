package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.Residency;
import io.aiaudit.report.Printed;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.terminal.TerminalCompliance;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The map of workload and region, as each report shows it. */
@SuppressWarnings("unchecked") // the views of templates are maps of anything
class ResidencyViewTest {
    private static final Audit AUDIT = SampleAudit.covered(SampleFindings.all());

    @Test
    void a_policy_without_regions_has_checked_nothing() {
        Audit unlimited = AuditBuilder.builder(AUDIT)
                .residency(AUDIT.residency().stream()
                        .filter(part -> part.state() == Residency.State.UNSPECIFIED)
                        .toList())
                .build();
        assertThat(ResidencyView.lead(unlimited))
                .isEqualTo("The policy restricts no regions, so residency was not checked.");
    }

    /** Nothing was found outside, while the database of the workload was in another region. */
    @Test
    void parts_that_no_entry_limits_are_named_where_the_others_may_not_be() {
        Residency.State open = Residency.State.UNSPECIFIED;
        List<String> eu = List.of("aws/eu-*");
        Audit audit = AuditBuilder.builder(AUDIT)
                .residency(List.of(
                        part("orders", "model", "eu-west-1", Residency.State.ALLOWED, eu),
                        part("orders", "database", "us-east-1", open, List.of()),
                        part("orders", "log", "us-east-1", open, List.of()),
                        part("orders", "storage", "eu-central-1", open, List.of()),
                        part("orders", "backup", null, open, List.of()),
                        part("orders", "requests", "EU data zone", open, List.of()),
                        part("other", "database", "us-east-1", open, List.of())))
                .build();
        assertThat(ResidencyView.lead(audit))
                .isEqualTo("The policy restricts the regions of 1 of 2 workloads. It was not found outside the allowed "
                        + "regions. 1 has parts in other regions that no entry of the policy limits: databases, logs "
                        + "in us-east-1.");
    }

    private static Residency part(
            String workload, String part, String region, Residency.State state, List<String> allowed) {
        return new Residency("aws", "1", workload, part, region, state, allowed, 1);
    }

    @Test
    void a_row_has_a_cell_for_each_region_with_what_is_inside_outside_and_unknown() {
        Map<String, Object> view = ResidencyView.of(AUDIT);
        assertThat(view.get("lead"))
                .isEqualTo("The policy restricts the regions of 1 of 2 workloads. It could be "
                        + "processed or stored outside the allowed regions; 1 has an unknown region.");
        List<Map<String, Object>> rows = (List<Map<String, Object>>) view.get("rows");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("where")).asString().startsWith("AWS · ");
        assertThat((List<Map<String, Object>>) rows.get(0).get("cells"))
                .containsExactly(
                        Map.of(
                                "region",
                                "any region",
                                "inside",
                                "",
                                "outside",
                                "Requests",
                                "unknown",
                                "",
                                "unlimited",
                                ""),
                        Map.of(
                                "region",
                                "eu-west-1",
                                "inside",
                                "Endpoints",
                                "outside",
                                "",
                                "unknown",
                                "",
                                "unlimited",
                                ""),
                        Map.of(
                                "region",
                                "unknown region",
                                "inside",
                                "",
                                "outside",
                                "",
                                "unknown",
                                "Databases",
                                "unlimited",
                                ""));
        assertThat((List<Map<String, Object>>) view.get("others"))
                .extracting(row -> row.get("workload"))
                .containsExactly("drafts");
    }

    @Test
    void what_the_policy_does_not_limit_is_not_inside_and_data_without_a_limit_is_printed() {
        Audit audit = AuditBuilder.builder(AUDIT)
                .residency(List.of(
                        part("orders", "model", "eu-west-1", Residency.State.ALLOWED),
                        part("orders", "database", "us-east-1", Residency.State.UNSPECIFIED),
                        part("shop", "vector_store", "us-east-1", Residency.State.UNSPECIFIED),
                        part("shop", "log", "us-east-1", Residency.State.UNSPECIFIED),
                        part("tags", "model", "us-east-1", Residency.State.UNSPECIFIED)))
                .build();
        ResidencyView.Workload orders = ResidencyView.printed(audit).get(0);
        assertThat(ResidencyView.sentence(orders, Residency.State.ALLOWED)).isEqualTo("models in eu-west-1");
        assertThat(ResidencyView.open(orders)).isEqualTo("databases in us-east-1 (no limit in the policy)");
        Map<String, Object> row =
                ((List<Map<String, Object>>) ResidencyView.of(audit).get("rows")).get(0);
        assertThat((List<Map<String, Object>>) row.get("cells"))
                .contains(Map.of(
                        "region", "us-east-1", "inside", "", "outside", "", "unknown", "", "unlimited", "Databases"));
        assertThat(ResidencyView.printed(audit))
                .extracting(ResidencyView.Workload::name)
                .containsExactly("orders", "shop");
        assertThat(ResidencyView.leftOut(audit)).endsWith("are listed; 1 other: HTML report.");
    }

    private static Residency part(String workload, String part, String region, Residency.State state) {
        return new Residency("aws", "1", workload, part, region, state, List.of(), 1);
    }

    @Test
    void the_terminal_says_only_what_violates_the_policy() {
        TerminalPage page = new TerminalPage(TerminalStyle.PLAIN);
        TerminalCompliance.residency(AUDIT, page);
        assertThat(page.toString())
                .contains("chat-v1-prod: requests that may be processed in any region")
                .doesNotContain("eu-west-1", "drafts");
    }

    @Test
    void markdown_and_pdf_have_a_row_for_each_workload_that_the_policy_limits() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MarkdownReporter().write(AUDIT, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| chat-v1-prod | requests that may be processed in any region | endpoints in eu-west-1 "
                        + "| databases in an unknown "
                        + "region |");
        assertThat(String.join(" ", Printed.of(AUDIT).pages()))
                .contains("Where workloads run and keep data", "processed in any region");
    }

    @Test
    void an_older_audit_has_no_map() {
        assertThat(ResidencyView.of(SampleAudit.rich())).containsEntry("any", false);
    }
}
