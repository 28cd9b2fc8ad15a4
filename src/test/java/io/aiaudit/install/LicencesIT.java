package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The license of each library that is installed is named: none is forgotten, and none is named that is not there. */
@Outside
class LicencesIT {
    private static List<CSVRecord> named() throws IOException {
        Path list = Needs.projectFolder().resolve("src/main/licenses/libraries.csv");
        try (CSVParser parser = CSVParser.parse(
                list,
                StandardCharsets.UTF_8,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return parser.getRecords();
        }
    }

    private static boolean isOf(CSVRecord row, String jar) {
        return jar.matches(Pattern.quote(row.get("jar")) + "-[0-9v].*[.]jar");
    }

    @Test
    void each_jar_that_is_installed_has_its_license_named() throws IOException {
        List<CSVRecord> named = named();
        try (Stream<Path> files =
                Files.list(Installed.shared(Javas.current()).library().resolve("lib"))) {
            List<String> jars = files.map(file -> file.getFileName().toString()).toList();
            assertThat(jars).hasSizeGreaterThan(100);
            assertThat(jars)
                    .filteredOn(jar -> named.stream().noneMatch(row -> isOf(row, jar)))
                    .isEmpty();
            assertThat(named)
                    .filteredOn(row -> jars.stream().noneMatch(jar -> isOf(row, jar)))
                    .isEmpty();
        }
    }

    @Test
    void each_license_that_is_named_is_in_the_notice() throws IOException {
        TreeSet<String> licenses = new TreeSet<>();
        named().forEach(row -> licenses.addAll(List.of(row.get("license").split(" AND "))));
        List<String> notice = Files.readAllLines(Needs.projectFolder().resolve("NOTICE"));
        assertThat(licenses)
                .hasSizeGreaterThan(5)
                .allSatisfy(license ->
                        assertThat(notice).anyMatch(line -> line.equals(license) || line.startsWith(license + " ")));
    }
}
