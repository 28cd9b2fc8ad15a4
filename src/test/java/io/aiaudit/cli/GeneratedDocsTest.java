package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.config.Policy;
import io.aiaudit.config.Setting;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * docs/cli.md, docs/config.md and the manual page are made from the commands and settings, docs/adr/README.md from the
 * decisions. -Daiaudit.updateGolden=true rewrites them.
 */
class GeneratedDocsTest {
    private static final String STAMP =
            "<!-- Generated from the commands and settings: mvn -Dtest=GeneratedDocsTest -Daiaudit.updateGolden=true "
                    + "test -->\n\n";

    @Test
    void the_page_about_the_commands_is_up_to_date() throws IOException {
        StringBuilder page = new StringBuilder("# The commands\n\n").append(STAMP);
        page.append("What `aiaudit help` and `aiaudit COMMAND --help` print. ")
                .append("Every flag is also a key of `aiaudit.yaml` and a variable: [config.md](config.md).\n\n")
                .append("Standard output holds the report and nothing else; progress, gaps, errors and the summary go "
                        + "to standard error.\n");
        describe(CommandLines.create(), page);
        check("cli.md", page.toString());
    }

    @Test
    void the_index_of_the_decisions_is_up_to_date() throws IOException {
        StringBuilder page = new StringBuilder("# Decisions\n\n")
                .append(STAMP.replace("commands and settings", "titles of the decisions"));
        page.append("Each is half a page: what was decided, why, and what it costs.\n\n");
        try (Stream<Path> files = Files.list(Needs.projectFolder().resolve("docs/adr"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*/\\d+-[^/]*[.]md"))
                    .sorted()
                    .toList()) {
                String title = Files.readAllLines(file).get(0);
                assertThat(title).as(file.toString()).matches("# \\d+[.:] .*");
                page.append("- ")
                        .append(title.substring(2)
                                .replaceFirst("^0*(\\d+)[.:] (.*)$", "$1: [$2](" + file.getFileName() + ")"))
                        .append("\n");
            }
        }
        check("adr/README.md", page.toString());
    }

    @Test
    void no_line_of_the_help_ends_within_a_file_name_or_an_address() throws IOException {
        String commands = Files.readString(Needs.projectFolder().resolve("docs/cli.md"));
        assertThat(commands).doesNotContainPattern("[.:]\\n +(?:md|xml|json|ya?ml|csv|zip|PORT)\\b");
    }

    private static void describe(CommandLine command, StringBuilder page) {
        if (command.getCommandSpec().userObject() instanceof CommandLine.HelpCommand) {
            return;
        }
        String name = command.getCommandSpec().qualifiedName();
        StringWriter usage = new StringWriter();
        command.usage(new PrintWriter(usage), CommandLine.Help.Ansi.OFF);
        page.append("\n## ")
                .append(name)
                .append("\n\n```text\n")
                .append(usage.toString().strip())
                .append("\n```\n");
        command.getSubcommands().values().forEach(subcommand -> describe(subcommand, page));
    }

    @Test
    void the_page_about_the_configuration_is_up_to_date() throws IOException {
        StringBuilder page = new StringBuilder("# The configuration\n\n").append(STAMP);
        page.append("`aiaudit.yaml` of the current folder, or the file that `--config` or `AIAUDIT_CONFIG` names. ")
                .append("A flag wins over a key of the file, a key over a variable of the environment. ")
                .append("Relative paths in the file are relative to its folder. ")
                .append("An unknown key is an error. No secret belongs here: credentials come from the clouds' own "
                        + "variables and files.\n")
                .append("\nAn editor completes and checks the file by its JSON Schema: ")
                .append("`aiaudit config schema > aiaudit.schema.json`, and as its first line ")
                .append("`# yaml-language-server: $schema=aiaudit.schema.json`.\n");
        for (Setting.Section section : Setting.Section.values()) {
            page.append("\n## ")
                    .append(section.heading())
                    .append("\n\n| key | flag | variable | meaning |\n|---|---|---|---|\n");
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.section() == section)
                    .forEach(setting -> row(setting, page));
        }
        page.append(example());
        page.append("\n### Keys of an entry of `policy`\n\n| key | meaning |\n|---|---|\n");
        Policy.KEYS.forEach((key, help) ->
                page.append("| `").append(key).append("` | ").append(help).append(" |\n"));
        check("config.md", page.toString());
    }

    /** Read by man; groff finds no fault in it. */
    @Test
    void the_manual_page_is_up_to_date() throws Exception {
        check("aiaudit.1", ManPage.of(CommandLines.create()));
    }

    @Test
    @Outside
    void the_manual_page_is_what_man_can_read() {
        Path page = Needs.projectFolder().resolve("docs/aiaudit.1");
        Ran groff = Ran.program(
                page.getParent(),
                Map.of(),
                List.of(Needs.program("groff").toString(), "-man", "-ww", "-Tutf8", "-P-cbou", page.toString()));
        assertThat(groff.exitCode()).isZero();
        assertThat(groff.err()).isEmpty();
        assertThat(groff.out()).contains("EXIT STATUS").contains("--billing=PATH");
    }

    private static void row(Setting setting, StringBuilder page) {
        page.append(String.format(
                "| `%s` | `%s` | `%s` | %s%s |%n",
                setting.key(),
                setting.flag(),
                setting.variable(),
                setting.help(),
                setting.takesSeveral() ? " A list in the file." : ""));
    }

    private static String example() throws IOException {
        String yaml = Files.readString(Needs.projectFolder().resolve("src/test/resources/config/aiaudit.yaml"));
        return "\n## What only the file can say\n\nThe file below is read by a test, so it holds.\n\n```yaml\n" + yaml
                + "```\n";
    }

    private static void check(String name, String page) throws IOException {
        Path file = Needs.projectFolder().resolve("docs").resolve(name);
        GoldenFile.check(file, page, GeneratedDocsTest.class);
    }
}
