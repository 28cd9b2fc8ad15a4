package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static Settings.Value value(
            Setting setting, Map<Setting, List<String>> flags, String yaml, Map<String, String> environment) {
        return Settings.of(flags, ConfigFile.parse("aiaudit.yaml", yaml), environment)
                .find(setting)
                .orElseThrow();
    }

    @Test
    void a_flag_wins_over_the_file_and_the_file_over_the_environment() {
        Map<Setting, List<String>> flag = Map.of(Setting.FAIL_ON, List.of("1"));
        Map<String, String> environment = Map.of("AIAUDIT_FAIL_ON", "3");
        assertThat(value(Setting.FAIL_ON, flag, "fail_on: 2", environment).amount())
                .isEqualTo(BigDecimal.ONE);
        assertThat(value(Setting.FAIL_ON, Map.of(), "fail_on: 2", environment).amount())
                .isEqualTo("2");
        assertThat(value(Setting.FAIL_ON, Map.of(), "", environment).amount()).isEqualTo("3");
    }

    @Test
    void a_mistake_is_reported_with_its_line_and_in_the_way_it_was_written() {
        assertThatThrownBy(() -> value(Setting.DAYS, Map.of(Setting.DAYS, List.of("-1")), "", Map.of())
                        .positive(90))
                .hasMessage("--days is \"-1\", expected a whole number from 1 to 90. Write --days 30.");
        assertThatThrownBy(() ->
                        value(Setting.DAYS, Map.of(), "\ndays: ten", Map.of()).positive(90))
                .hasMessage("aiaudit.yaml:2: days is \"ten\", expected a whole number from 1 to 90. Write days: 30.");
        assertThatThrownBy(() -> value(Setting.FAIL_ON, Map.of(), "", Map.of("AIAUDIT_FAIL_ON", "12,5"))
                        .amount())
                .hasMessageStartingWith("AIAUDIT_FAIL_ON is \"12,5\", expected an amount");
    }

    /** Found by an attack: 0666 was refused, and "0600 to 0666" expected. */
    @Test
    void a_refused_mode_is_not_among_those_that_are_expected() {
        for (String mode : List.of("0666", "0777", "0200", "0444", "-1", "NaN", "", "0o640")) {
            Settings settings = Settings.of(Map.of(Setting.MODE, List.of(mode)), null, Map.of());
            assertThatThrownBy(settings::mode)
                    .hasMessage("--mode is \"" + mode + "\", expected 0600, 0604, 0640, 0644, 0660 or 0664: "
                            + "the owner reads and writes, others never write. Write --mode 0640.");
        }
    }

    @Test
    void an_unknown_key_is_refused_with_its_line() {
        assertThatThrownBy(() -> ConfigFile.parse("aiaudit.yaml", "days: 7\nbiling: x.csv"))
                .hasMessage("aiaudit.yaml:2: unknown key \"biling\". Did you mean \"billing\"?");
    }

    @Test
    void several_values_come_as_a_list_or_with_commas() {
        assertThat(value(Setting.FORMAT, Map.of(), "format: [html, csv]", Map.of())
                        .words())
                .containsExactly("html", "csv");
        assertThat(value(Setting.FORMAT, Map.of(), "", Map.of("AIAUDIT_FORMAT", "html, csv"))
                        .words())
                .containsExactly("html", "csv");
        assertThat(value(Setting.BILLING, Map.of(), "", Map.of("AIAUDIT_BILLING", "a,b.csv:c.csv"))
                        .texts())
                .containsExactly("a,b.csv", "c.csv");
    }

    @Test
    void a_path_in_the_file_is_relative_to_the_folder_of_the_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("aiaudit.yaml"), "billing: bill.csv\nsave: /x/y.aiaudit");
        Settings settings = Settings.of(Map.of(), ConfigFile.read(file), Map.of());
        assertThat(settings.find(Setting.BILLING).orElseThrow().path()).isEqualTo(folder.resolve("bill.csv"));
        assertThat(settings.find(Setting.SAVE).orElseThrow().path()).isEqualTo(Path.of("/x/y.aiaudit"));
    }
}
