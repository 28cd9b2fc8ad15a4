package io.aiaudit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every relative link of the documentation leads to a file, and to a heading of it: here and where it is installed. */
class LinksTest {
    private static final Path PROJECT = Needs.projectFolder();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    @Test
    void links_of_the_project_lead_somewhere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(PROJECT.resolve("README.md"), PROJECT.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "rules", "reports")) {
            pages.addAll(pages(PROJECT.resolve(folder)));
        }
        assertThat(dead(pages)).isEmpty();
    }

    @Test
    @Outside
    void links_of_the_installed_documentation_lead_to_what_is_installed(@TempDir Path folder) throws IOException {
        String installer = Files.readString(PROJECT.resolve("install.sh"));
        int start = installer.indexOf("copy_documentation() {");
        String copy = installer.substring(start, installer.indexOf("\n}\n", start) + 3);
        Ran ran = Ran.program(
                folder,
                Map.of(),
                List.of(
                        Needs.program("sh").toString(),
                        "-euc",
                        "record() { :; }\nmake_folders() { mkdir -p -- \"$@\"; }\nput() { cp -- \"$1\" \"$2\"; }\n"
                                + "fail() { echo \"$@\" >&2; exit 1; }\n"
                                + copy + "source=$1 documentation=$2\ncopy_documentation",
                        "sh",
                        PROJECT.toString(),
                        folder.toString()));
        assertThat(ran.exitCode()).as(ran::toString).isZero();

        List<Path> pages = pages(folder);
        assertThat(pages).contains(folder.resolve("README.md"), folder.resolve("adr/README.md"));
        assertThat(dead(pages)).isEmpty();
        assertThat(pages.stream().flatMap(LinksTest::links).filter(link -> link.contains("../..")))
                .isEmpty();
    }

    @Test
    void a_dead_link_is_found(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("a.md"),
                "# One `heading`, two\n[a](#one-heading-two) [b](b.md) `[c](c.md)` [d](a.md#three) [e](https://e.e)\n");
        assertThat(dead(List.of(page))).containsExactly(page + ": b.md", page + ": a.md#three");
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> dead(List<Path> pages) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            for (String link : links(page).toList()) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                if (!Files.exists(target)
                        || (parts.length == 2 && !anchors(target).contains(parts[1]))) {
                    dead.add(page + ": " + link);
                }
            }
        }
        return dead;
    }

    private static Stream<String> links(Path page) {
        return LINK.matcher(CODE.matcher(text(page)).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"));
    }

    /** As the usual viewers of Markdown make them. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text(page))
                .results()
                .map(MatchResult::group)
                .forEach(heading -> anchors.add(heading.replaceAll("^#+ +|[^\\w\\- ]", "")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replace(' ', '-')));
        return anchors;
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
