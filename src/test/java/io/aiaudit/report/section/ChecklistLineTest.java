package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.ChecklistItemBuilder;
import io.aiaudit.report.SampleFindings;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecklistLineTest {
    private static final ChecklistItem ITEM = new ChecklistItem(
            "Jobs run on spot", "no", List.of(), "checklist", "spot purchase", 20, 2, 15, "x", 12, null);

    @Test
    void confirmed_contradicted_and_neither_add_up_to_what_was_checked() {
        ChecklistLine line = new ChecklistLine(ITEM, List.of());
        assertThat(line.basis())
                .isEqualTo(
                        "Of 20 resources checked 2 confirmed (spot purchase), 12 contradicted, 6 neither; 15 could not"
                                + " be checked");
        assertThat(line.item().shown() + line.contradicted() + line.neither()).isEqualTo(20);
    }

    @Test
    void an_older_audit_counts_resources_not_findings() {
        ChecklistItem older =
                ChecklistItemBuilder.builder(ITEM).shown(19).contradicted(null).build();
        ChecklistLine line = new ChecklistLine(older, SampleFindings.all());
        assertThat(line.contradicted()).isEqualTo(1);
        assertThat(line.neither()).isZero();
    }

    @Test
    void a_review_names_its_audits_and_without_any_it_is_unknown() {
        ChecklistItem unknown =
                ChecklistItemBuilder.builder(ITEM).audits(List.of()).build();
        assertThat(new ChecklistLine(unknown, List.of()).basis())
                .startsWith("Unknown: no earlier audit was given. Of 20 resources checked 2 confirmed (in use), 12");
        ChecklistItem known = ChecklistItemBuilder.builder(ITEM)
                .fact("2 audits at most 30 days apart, since 2026-05-31")
                .audits(List.of(LocalDate.of(2026, 5, 31), LocalDate.of(2026, 6, 30)))
                .build();
        assertThat(new ChecklistLine(known, List.of()).basis())
                .startsWith("Audits: 2026-05-31, 2026-06-30 (2 audits at most 30 days apart, since 2026-05-31). Of 20");
    }
}
