package io.aiaudit.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerFilesTest {
    @Test
    void each_owner_has_a_file_with_findings_of_that_owner_only() {
        Audit audit = SampleAudit.rich();
        Map<String, String> files = OwnerFiles.of(audit);
        Set<String> owners = new HashSet<>();
        audit.findings().forEach(finding -> owners.add(finding.owner() == null ? "" : finding.owner()));

        assertThat(files).hasSameSizeAs(owners);
        audit.findings()
                .forEach(finding -> files.forEach((name, text) -> {
                    boolean own = name.equals(OwnerFiles.fileName(finding.owner() == null ? "" : finding.owner()));
                    assertThat(text.contains("Id `" + finding.id() + "`"))
                            .as(name + " " + finding.id())
                            .isEqualTo(own);
                }));
    }

    @Test
    void a_hostile_owner_is_a_plain_file_name_and_no_two_share_one() {
        List<String> owners = List.of(
                "../../etc/passwd",
                "..",
                "a/b",
                "a-b",
                "A-B",
                "unowned",
                "con",
                "$(rm -rf ~)",
                "\u202egnp.exe",
                "x".repeat(500),
                "データ",
                "\u0000",
                "-rf");
        Set<String> names = new HashSet<>();
        owners.forEach(owner -> {
            String name = OwnerFiles.fileName(owner);
            names.add(name);
            assertThat(name).matches("[a-z0-9][a-z0-9-]{0,60}\\.md");
        });
        names.add(OwnerFiles.fileName(""));

        assertThat(names).hasSize(owners.size() + 1).contains("a-b.md", "unowned.md");
    }

    @Test
    void names_from_clouds_stay_text() {
        OwnerFiles.of(HostileAudit.everywhere())
                .values()
                .forEach(text -> assertThat(text).doesNotContain("\u001b", "\u202e"));
    }
}
