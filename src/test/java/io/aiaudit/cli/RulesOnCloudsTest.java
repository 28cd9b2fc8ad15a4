package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.aiaudit.model.Audit;
import io.aiaudit.report.AuditJson;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule on every cloud that it has a remedy for: it fires in the demo company there, or a list says why not and a case of its tests shows it instead. */
class RulesOnCloudsTest {
    private static final Set<String> CLOUDS = Set.of("aws", "azure", "gcp");

    @TempDir
    private static Path folder;

    private static final Set<String> demo = new TreeSet<>();
    private static final Set<String> cases = new TreeSet<>();
    private static final Set<String> named = new TreeSet<>();
    private static final Map<String, String> reasons = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        Run.of("scan", "--demo", "-q", "-f", "json", "-o", folder.toString());
        Audit audit = AuditJson.read(folder.resolve("aiaudit.json"));
        audit.findings().forEach(finding -> demo.add(finding.rule() + " " + finding.provider()));
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        for (Rule rule : RuleBook.builtIn().rules()) {
            rule.remedies().values().stream()
                    .flatMap(remedy -> remedy.commands().keySet().stream())
                    .map(key -> key.split("/", -1)[0])
                    .filter(CLOUDS::contains)
                    .forEach(cloud -> named.add(rule.id() + " " + cloud));
            for (JsonNode one : yaml.readTree(rule.tests()).path("cases")) {
                found(one).forEach(cloud -> cases.add(rule.id() + " " + cloud));
            }
        }
        try (InputStream in = RulesOnCloudsTest.class.getResourceAsStream("clouds-without-demo.csv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .map(line -> line.split(",", 3))
                    .forEach(cells -> reasons.put(cells[0] + " " + cells[1], cells[2]));
        }
    }

    /** The clouds of the resources that a case expects to be found. */
    private static Set<String> found(JsonNode one) {
        Set<String> expected = StreamSupport.stream(one.path("expect").spliterator(), false)
                .map(row -> row.path("resource_id").asText())
                .collect(Collectors.toCollection(HashSet::new));
        return StreamSupport.stream(one.at("/given/resources").spliterator(), false)
                .filter(resource ->
                        expected.contains(resource.path("resource_id").asText()))
                .map(resource -> resource.path("provider").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void a_rule_fires_in_the_demo_on_each_cloud_or_the_list_says_why_not() {
        Set<String> silent = new TreeSet<>(named);
        silent.removeAll(demo);
        assertThat(silent).as("the list holds those and no other").isEqualTo(reasons.keySet());
        assertThat(reasons.values()).noneMatch(String::isBlank);
    }

    @Test
    void what_the_demo_does_not_show_a_case_of_the_rule_shows() {
        assertThat(cases).containsAll(reasons.keySet());
    }

    @Test
    void every_rule_fires_on_a_cloud_in_the_demo() {
        assertThat(RuleBook.builtIn().rules().stream().map(Rule::id).toList())
                .allSatisfy(id -> assertThat(demo).anyMatch(pair -> pair.startsWith(id + " ")));
        assertThat(List.copyOf(named)).hasSizeGreaterThan(100);
    }
}
