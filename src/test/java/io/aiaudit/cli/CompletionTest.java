package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void fish_completes_commands_flags_and_their_values() {
        Run run = Run.of("completion", "fish");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("-f -a 'scan' -d '")
                .contains("complete -c aiaudit -n '__fish_seen_subcommand_from scan' -l source -x -a 'files demo aws "
                        + "azure gcp trino'")
                .contains("'__fish_seen_subcommand_from scan' -s f -l format -x -a 'csv csv.zip focus.csv github html")
                .contains("'__fish_seen_subcommand_from scan' -l billing -r -F")
                .containsPattern("from rules; and __fish_seen_subcommand_from show' -f -a '[^']*gpu-oversized");
    }

    @Test
    void bash_and_zsh_complete_sources_formats_rules_and_files() {
        String script = Run.of("completion", "bash").out();

        assertThat(script)
                .contains(
                        "SOURCE_option_args=(\"files\" \"demo\" \"aws\" \"azure\" \"gcp\" \"trino\") # --source values")
                .contains("# --format values")
                .contains("# --rule values")
                .contains("\"gpu-oversized\"")
                .contains("compgen -f")
                .isEqualTo(Run.of("completion", "zsh").out());
    }

    @Test
    void the_values_of_one_flag_are_never_those_of_another() {
        for (String command : Run.of("completion", "bash").out().split("\nfunction ")) {
            assertThat(command.lines()
                            .filter(line -> line.startsWith("  local ") && line.contains("_option_args=("))
                            .map(line -> line.substring(0, line.indexOf(" # ")))
                            .distinct()
                            .map(line -> line.substring(0, line.indexOf('='))))
                    .as(command)
                    .doesNotHaveDuplicates();
        }
        assertThat(Run.of("completion", "bash").out()).contains("(\"text\" \"json\") # --log-format values");
    }

    @Test
    void help_of_scan_shows_the_ten_most_used_flags_first() {
        String help = Run.of("scan", "--help").out();

        assertThat(help.substring(help.indexOf("Most used:"), help.indexOf("Sources, more:"))
                        .lines()
                        .filter(line -> line.matches(" +(?:-\\w, )?--.*"))
                        .map(line -> line.replaceFirst(".*?(--[a-z-]+).*", "$1")))
                .containsExactly(
                        "--demo",
                        "--billing",
                        "--inventory",
                        "--usage",
                        "--source",
                        "--days",
                        "--format",
                        "--output",
                        "--details",
                        "--fail-on");
    }
}
