package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the terminal report proposes to type next: nothing that reads a cloud a second time. */
class NextCommandsTest {
    @Test
    void a_saved_scan_is_shown_again_from_its_file_with_the_flags_that_shape_the_report() {
        assertThat(after("scan --source aws --days 30 --save june.aiaudit --allow-gaps --rule gpu-oversized"
                        + " --config client.yaml --filter owner=data --fail-on 1000 --details"))
                .isEqualTo(new NextCommands(
                        "aiaudit report june.aiaudit --rule gpu-oversized --config client.yaml --filter owner=data",
                        null));
    }

    @Test
    void a_cloud_is_read_once_more_at_most_to_save_what_was_read() {
        assertThat(after("scan --source aws --days 30 --details"))
                .isEqualTo(new NextCommands(
                        "aiaudit report audit.aiaudit", "aiaudit scan --source aws --days 30 --save audit.aiaudit"));
    }

    @Test
    void files_and_the_demo_company_are_scanned_again() {
        assertThat(after("scan", "--billing", "june bill.csv", "--usage", "usage.csv"))
                .isEqualTo(new NextCommands("aiaudit scan --billing 'june bill.csv' --usage usage.csv", null));
        assertThat(after("scan --demo --details")).isEqualTo(new NextCommands("aiaudit scan --demo", null));
    }

    @Test
    void a_format_and_a_folder_are_left_out_since_the_next_command_has_its_own() {
        assertThat(after("scan big -f terminal,html -o report --days 30"))
                .isEqualTo(new NextCommands("aiaudit scan big --days 30", null));
        assertThat(after("scan big --format=terminal -oreport")).isEqualTo(new NextCommands("aiaudit scan big", null));
        assertThat(after("scan big -qf html -o report --days 30"))
                .isEqualTo(new NextCommands("aiaudit scan big -q --days 30", null));
        assertThat(after("scan big -qfhtml --days 30"))
                .isEqualTo(new NextCommands("aiaudit scan big -q --days 30", null));
        assertThat(after("report june.aiaudit -f terminal"))
                .isEqualTo(new NextCommands("aiaudit report june.aiaudit", null));
        assertThat(after("scan --source aws -f html -o report --save a.aiaudit"))
                .isEqualTo(new NextCommands("aiaudit report a.aiaudit", null));
    }

    @Test
    void what_has_pseudonyms_is_not_repeated() {
        assertThat(after("scan --source aws --redact --redact-key key.json")).isEqualTo(new NextCommands(null, null));
    }

    @Test
    void a_report_repeats_itself() {
        assertThat(after("report june.aiaudit --filter owner=data"))
                .isEqualTo(new NextCommands("aiaudit report june.aiaudit --filter owner=data", null));
    }

    private static NextCommands after(String... line) {
        String[] words = line.length == 1 ? line[0].split(" ") : line;
        Invocation invocation =
                new Invocation(CommandLines.create().parseArgs(words).subcommand(), Map.of());
        return NextCommands.of(invocation.settings(Optional.empty()), invocation);
    }
}
