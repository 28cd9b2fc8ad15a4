package io.aiaudit.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownWordsTest {
    private static final Pattern LITERAL = Pattern.compile("\"\"\"\\R([\\s\\S]*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*)\"");
    /** People in examples of ours are called so, and others are, too. */
    private static final Set<String> EXAMPLES = Set.of("jane", "doe");

    private static final Path PROJECT = Needs.projectFolder();
    private static final Path LIST = PROJECT.resolve("src/main/resources/io/aiaudit/redact/words.txt");

    /**
     * A word that is missing is replaced in redacted reports, which harms nobody; many that are missing make them hard
     * to read.
     */
    private static final double ENOUGH = 0.97;

    @Test
    void the_list_has_nearly_all_words_of_our_own_texts() throws IOException {
        TreeSet<String> ours = new TreeSet<>();
        texts().forEach(text -> addWords(text, ours));
        if (GoldenFile.isRenewed()) {
            Files.writeString(LIST, String.join("\n", ours) + "\n");
        }
        List<String> listed = Files.readAllLines(LIST);
        TreeSet<String> missing = new TreeSet<>(ours);
        listed.forEach(missing::remove);

        assertThat(missing).as(GoldenFile.renewal(LIST, KnownWordsTest.class)).hasSizeLessThan((int)
                (ours.size() * (1 - ENOUGH)));
    }

    private static Stream<String> texts() throws IOException {
        Stream<String> code = files("src/main/java", ".java").flatMap(KnownWordsTest::literals);
        Stream<String> data = files("src/main/resources", ".sql", ".yaml")
                .filter(file -> !file.toString().contains("/store/reference/"))
                .map(KnownWordsTest::read);
        Stream<String> mappings =
                files("src/main/resources/io/aiaudit/store/mappings", ".csv").map(KnownWordsTest::read);
        Stream<String> rules = files("rules", "rule.yaml", "rule.sql").map(KnownWordsTest::read);
        return Stream.of(code, data, mappings, rules).flatMap(texts -> texts);
    }

    /** The made-up company of the demo is a company: its names are not ours. */
    private static Stream<Path> files(String folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            return files
                    .filter(file -> Arrays.stream(endings)
                            .anyMatch(ending -> file.toString().endsWith(ending)))
                    .filter(file -> !file.toString().contains("/collect/demo/"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> literals(Path file) {
        return LITERAL.matcher(read(file))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(text -> text.replaceAll("\\\\[nrtbf]", " ").replace("\\", ""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addWords(String text, Set<String> words) {
        Matcher word = KnownWords.WORD.matcher(text);
        while (word.find()) {
            String lower = word.group().toLowerCase(Locale.ROOT);
            if (!KnownWords.isAmount(lower) && !EXAMPLES.contains(lower)) {
                words.add(lower);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests", "30", "2026-06-25", "24h", "g5.12xlarge", "us-east-1", "on-demand", "ruled"})
    void words_of_ours_amounts_and_what_the_clouds_have_may_stay(String word) {
        assertThat(KnownWords.load().mayStay(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Amazon Elastic Compute Cloud", "AWS CloudTrail", "Azure Monitor", "BigQuery"})
    void services_of_the_clouds_are_known_by_their_whole_names(String service) {
        assertThat(KnownWords.load().isService(service)).isTrue();
        assertThat(KnownWords.load().isService(service + " of Contoso")).isFalse();
        assertThat(KnownWords.load().isService(service.toLowerCase(Locale.ROOT)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoso",
                "111122223333",
                "jane.doe@contoso.com",
                "chat-assistant",
                "i-03d8c5e1709fa4b22",
                "10.1.2.3"
            })
    void names_and_long_numbers_may_not(String word) {
        assertThat(KnownWords.load().mayStay(word)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx-central-1",
                "us-east5-b",
                "westeurope",
                "p7.48xlarge",
                "Standard_ND96isr_H100_v5",
                "a3-megagpu-8g",
                "in-service",
                "VM deallocated",
                "RTX-PRO-6000",
                "StandardSSD_LRS/1024",
                "gcp",
                ""
            })
    void what_clouds_call_their_regions_types_and_states_may_stay(String text) {
        assertThat(KnownWords.load().isOfCloud(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso-dc-1", "ContosoCard-80", "owned-by-contoso", "contoso", "998877665544"})
    void what_a_file_has_there_and_no_cloud_may_not(String text) {
        assertThat(KnownWords.load().isOfCloud(text)).isFalse();
    }
}
