package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.model.TrailCoverage.State;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.SampleFindings;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.terminal.TerminalCompliance;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.Amounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of audit trails, as each report shows them. */
@SuppressWarnings("unchecked") // the views of templates are maps of anything
class TrailViewTest {
    private static final Audit AUDIT = SampleAudit.covered(SampleFindings.all());
    private static final Amounts DOLLARS = Amounts.rounded("USD");
    private static final String UNREAD = "whether their calls are recorded is unknown. A live scan reads it; an "
            + "inventory file has it in the attributes data_capture, data_collection, request_logging and "
            + "invocation_logging.";

    @Test
    void a_row_says_each_part_with_its_reason_and_the_volume_of_what_is_missing() {
        Map<String, Object> view = TrailView.of(AUDIT, DOLLARS);
        assertThat((String) view.get("lead"))
                .startsWith("1 of 1 workload has an incomplete audit trail.")
                .contains("about $33 a month");
        Map<String, Object> row = ((List<Map<String, Object>>) view.get("rows")).get(0);
        assertThat(row).containsEntry("volume", "120.5 GiB, $33");
        assertThat((List<Map<String, Object>>) row.get("parts"))
                .extracting(part -> part.get("word"))
                .containsExactly("Missing", "Yes", "Partly", "Not assessed", "Missing", "Yes");
    }

    @Test
    void markdown_and_terminal_say_what_is_missing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MarkdownReporter().write(AUDIT, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("| input, output (partly), immutability | downstream action | 120.5 GiB, $33 |");
        TerminalPage page = new TerminalPage(TerminalStyle.PLAIN);
        TerminalCompliance.trails(AUDIT, DOLLARS, page);
        assertThat(page.toString()).contains("has an incomplete audit trail");
    }

    @Test
    void what_nobody_could_read_is_not_called_complete() {
        assertThat(TrailView.lead(withParts(State.NOT_ASSESSED, State.NOT_ASSESSED), DOLLARS))
                .isEqualTo("The audit trail of 2 of 2 workloads could not be assessed, because " + UNREAD
                        + " Findings on the audit trails of accounts are listed apart.");
        assertThat(TrailView.lead(withParts(State.MISSING, State.NOT_ASSESSED), DOLLARS))
                .isEqualTo(
                        "1 of 2 workloads has an incomplete audit trail. The trail of 1 could not be assessed, because "
                                + UNREAD);
        assertThat(TrailView.lead(withParts(State.RECORDED, State.NOT_ASSESSED), DOLLARS))
                .startsWith("The audit trail of 1 of 2 workloads could not be assessed, because " + UNREAD);
        assertThat(TrailView.lead(withParts(State.RECORDED, State.RECORDED), DOLLARS))
                .isEqualTo("0 of 2 workloads have an incomplete audit trail.");
        assertThat(TrailView.markdown(withParts(State.NOT_ASSESSED), DOLLARS)).doesNotContain("|");
    }

    @Test
    void a_cost_of_cents_is_not_nothing() {
        TrailCoverage small = new TrailCoverage(
                "aws",
                "1",
                "chat",
                1,
                List.of(new TrailCoverage.Part("input", State.MISSING, "")),
                new BigDecimal("1.705"),
                new BigDecimal("0.3"),
                List.of(),
                null,
                null);
        assertThat(TrailView.volume(small, DOLLARS)).isEqualTo("1.705 GiB, $0.30");
        assertThat(TrailView.lead(
                        AuditBuilder.builder(AUDIT)
                                .trailCoverage(List.of(small))
                                .build(),
                        DOLLARS))
                .contains("about $0.30 a month");
    }

    @Test
    void the_reason_is_that_of_most_where_one_misses_a_part_only() {
        TrailCoverage.Part recorded = new TrailCoverage.Part("input", State.RECORDED, "");
        TrailCoverage.Part unknown = new TrailCoverage.Part("output", State.NOT_ASSESSED, "");
        TrailCoverage half =
                new TrailCoverage("aws", "1", "chat", 1, List.of(recorded, unknown), null, null, List.of(), null, null);
        TrailCoverage none =
                new TrailCoverage("aws", "1", "search", 1, List.of(unknown), null, null, List.of(), null, null);

        assertThat(lead(half, none)).contains("of 2 of 2 workloads could not be assessed, mostly because " + UNREAD);
        assertThat(lead(half)).contains("of 1 of 1 workload could not be assessed. Findings");
    }

    private static String lead(TrailCoverage... trails) {
        return TrailView.lead(
                AuditBuilder.builder(AUDIT).trailCoverage(List.of(trails)).build(), DOLLARS);
    }

    private static Audit withParts(State... states) {
        return AuditBuilder.builder(AUDIT)
                .trailCoverage(Stream.of(states)
                        .map(state -> new TrailCoverage(
                                "aws",
                                "1",
                                "chat",
                                1,
                                List.of(new TrailCoverage.Part("input", state, "")),
                                null,
                                null,
                                List.of(),
                                null,
                                null))
                        .toList())
                .build();
    }

    @Test
    void where_only_requests_were_counted_the_volume_is_the_least_and_each_kib_has_its_price() {
        TrailCoverage counted = missing("1.416", "0.39", "0.967", "0.27", List.of("tokens_input", "tokens_output"));
        TrailCoverage tiny = missing("0.010", "0.00", "0.007", "0.00", List.of("tokens_input"));
        TrailCoverage nothing = missing(null, null, null, null, List.of("requests", "tokens_input"));
        TrailCoverage large = missing("34.128", "9.42", null, null, List.of());
        assertThat(TrailView.volume(counted, DOLLARS)).isEqualTo("at least 1.416 GiB, $0.39");
        assertThat(TrailView.more(counted, DOLLARS)).isEqualTo("+ 0.967 GiB, $0.27 per KiB of a request and response");
        assertThat(TrailView.volume(tiny, DOLLARS)).isEqualTo("at least 0.01 GiB, less than $0.01");
        assertThat(TrailView.more(tiny, DOLLARS)).startsWith("+ 0.007 GiB, less than $0.01 per KiB");
        assertThat(TrailView.volume(large, DOLLARS)).isEqualTo("34.1 GiB, $9.42");
        assertThat(TrailView.more(large, DOLLARS)).isEmpty();
        assertThat(TrailView.volume(nothing, DOLLARS)).isEqualTo("unknown: no requests were measured");
        assertThat(lead(counted, nothing))
                .contains("Of 1 workload only the number of requests is known, so this is the least. Add the usage "
                        + "metrics tokens_input and tokens_output, or request_kib and response_kib to the inventory.")
                .endsWith("Of 1 workload no requests were measured, so the cost is unknown. Add the usage metric "
                        + "requests.");
    }

    private static TrailCoverage missing(
            String gib, String cost, String gibPerKib, String costPerKib, List<String> needed) {
        return new TrailCoverage(
                "aws",
                "1",
                "chat",
                1,
                List.of(new TrailCoverage.Part("input", State.MISSING, "")),
                number(gib),
                number(cost),
                needed,
                number(gibPerKib),
                number(costPerKib));
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    @Test
    void an_older_audit_says_nothing_of_trails() {
        assertThat(TrailView.of(SampleAudit.rich(), DOLLARS)).containsEntry("any", false);
    }
}
