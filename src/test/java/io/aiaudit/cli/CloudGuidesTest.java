package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the pages about clouds name files of the documentation where an installation has them, too: nobody
 * who installed it is in the folder of the source.
 */
class CloudGuidesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
    private static final Pattern FILE = Pattern.compile("([^\\s\"'=]*/)((?:aws|azure|gcp)-[a-z-]+[.](?:json|yaml))");
    private static final String INSTALLED = "~/.local/share/doc/aiaudit";

    @ParameterizedTest
    @ValueSource(strings = {"aws", "azure", "gcp"})
    void the_files_that_commands_name_are_those_that_the_installer_puts_down(String cloud) throws Exception {
        String page = Files.readString(Path.of("docs", cloud + ".md"));
        List<String> folders = BLOCK.matcher(page)
                .results()
                .flatMap(block -> FILE.matcher(block.group(1)).results())
                .peek(file -> assertThat(Path.of("docs", file.group(2))).exists())
                .map(file -> file.group(1).replace("file://", ""))
                .distinct()
                .toList();
        assertThat(folders)
                .isNotEmpty()
                .allMatch(folder -> List.of("$DOCS/", INSTALLED + "/").contains(folder));
        if (folders.contains("$DOCS/")) {
            assertThat(page.replaceAll("\\s+", " "))
                    .contains("DOCS=" + INSTALLED, "in the folder of the source it is `DOCS=docs`");
        }
    }
}
