package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs and is paid for, by the states and numbers that Google reports. */
@Outside
class GoogleStatesTest {
    private static final String ID = GoogleServer.PROJECT;
    private static final Window WINDOW = Window.ofDays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 3));

    @AutoClose
    private static GoogleServer google;

    private GoogleProject project;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        google = GoogleServer.start();
    }

    @BeforeEach
    void empty() {
        google.reset();
        project = new GoogleProject(google, ID).empty();
    }

    private Gathered gather() throws Exception {
        return new GoogleGather(google, folder).read(WINDOW, List.of(), List.of(ID), List.of("us-central1"));
    }

    private static String range(Resource service) {
        return service.replicas() + ", " + service.attributes().get("min_instances") + " to "
                + service.attributes().get("max_instances") + ", "
                + service.attributes().get("scaling");
    }

    /** Queued for capacity, being prepared or in repair: not billed (Compute Engine instance lifecycle). */
    @ParameterizedTest
    @CsvSource({
        "RUNNING, 1",
        "REPAIRING, 0",
        "STOPPING, 1",
        "SUSPENDING, 1",
        "PENDING, 0",
        "PROVISIONING, 0",
        "STAGING, 0",
        "TERMINATED, 0",
        "SUSPENDED, 0"
    })
    void a_machine_that_is_not_there_yet_or_not_any_more_is_none(String status, int replicas) throws Exception {
        ObjectNode machine = GoogleProject.machine("gpu", "7", "a2-highgpu-1g").put("status", status);
        project.machines(null, null, machine);
        assertThat(gather().resource("gpu").replicas()).isEqualTo(replicas);
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATED, 2026-05-02, , 2026-05-01, 2026-05-02T10:00:00Z",
        "TERMINATED, 2026-05-02, , 2026-05-03,",
        "TERMINATED, 2026-05-02, , , 2026-05-02T10:00:00Z",
        "TERMINATED, , 2026-05-02, 2026-05-01,",
        "SUSPENDED, 2026-04-02, 2026-05-04, 2026-05-03, 2026-05-04T10:00:00Z",
        "SUSPENDED, 2026-04-02, , 2026-05-03,",
        "SUSPENDED, 2026-05-02, , 2026-05-01,",
        "SUSPENDED, , 2026-05-02, 2026-05-03,",
        "TERMINATED, 2020-05-02, , 2020-05-01,",
        "RUNNING, 2026-05-02, , 2026-05-03,"
    })
    void a_stop_of_before_the_last_start_is_not_the_present_one(
            String status, String stopped, String suspended, String started, String since) throws Exception {
        ObjectNode machine = GoogleProject.machine("gpu", "7", "a2-highgpu-1g").put("status", status);
        machine.put("creationTimestamp", "2026-01-01T10:00:00.000-00:00");
        machine.remove(List.of("lastStartTimestamp", "lastStopTimestamp", "lastSuspendedTimestamp"));
        put(machine, "lastStopTimestamp", stopped);
        put(machine, "lastSuspendedTimestamp", suspended);
        put(machine, "lastStartTimestamp", started);
        project.machines(null, null, machine);
        assertThat(gather().resource("gpu").attributes().get("stopped_since")).isEqualTo(since);
    }

    private static void put(ObjectNode machine, String member, String day) {
        if (day != null) {
            machine.put(member, day + "T10:00:00.000-00:00");
        }
    }

    /** JSON of proto3 leaves out a zero, and a message without anything in it is one all the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"maxReplicaCount\": 3 | , \"status\": {} | 0 | 0",
                "\"maxReplicaCount\": 3 | , \"status\": {\"availableReplicaCount\": 2} | 2 | 0",
                "\"maxReplicaCount\": 3 | '' | | 0",
                "\"minReplicaCount\": 1 | , \"status\": {} | 1 | 1",
                "\"minReplicaCount\": 1 | '' | 1 | 1",
                "\"minReplicaCount\": 1 | , \"status\": {\"message\": \"no capacity\"} | 0 | 1"
            })
    void a_deployed_model_without_a_least_number_and_with_an_empty_status_has_no_replica(
            String numbers, String status, Integer replicas, String least) throws Exception {
        project.answers("/v1/projects/" + ID + "/locations/us-central1/endpoints", """
                {"endpoints": [{"name": "projects/%s/locations/us-central1/endpoints/5", "displayName": "chat", \
                "deployedModels": [{"id": "6", "displayName": "llama", "dedicatedResources": {%s, "machineSpec": \
                {"machineType": "a2-highgpu-1g"}}%s}]}]}""".formatted(ID, numbers, status));
        Resource model = gather().resource("chat/llama");
        assertThat(model.replicas()).isEqualTo(replicas);
        assertThat(model.attributes()).containsEntry("min_replicas", least);
    }

    private static String revision(String accelerator, String least) {
        return """
                {"metadata": {"annotations": {"autoscaling.knative.dev/minScale": "%s", \
                "autoscaling.knative.dev/maxScale": "9"}}, "spec": {%s}}""".formatted(
                        least,
                        accelerator.equals("none")
                                ? ""
                                : "\"nodeSelector\": {\"run.googleapis.com/accelerator\": \"" + accelerator + "\"}");
    }

    /** What each revision is, beside its name: accelerator, minimum, share of the traffic. */
    @ParameterizedTest
    @CsvSource({
        // the newest keeps none, the one with the traffic keeps 2
        "'new nvidia-l4 0 0; old nvidia-l4 2 100', , '2, 2 to 9, null'",
        // at 0 % with a tag it is started all the same
        "'new nvidia-l4 0 100; old nvidia-l4 2 0', , '2, 2 to 9, null'",
        "'new nvidia-l4 1 50; old nvidia-l4 2 50', , '3, 3 to 9, null'",
        "'new none 0 100; old nvidia-l4 2 0', , '2, 2 to 9, null'",
        // the minimum of the service is one of the revisions with traffic
        "'new nvidia-l4 1 100; old nvidia-l4 2 0', 4, '6, 6 to 9, null'",
        "'new none 0 100; old nvidia-l4 2 0', 4, '2, 2 to 9, null'",
        // what nothing refers to keeps none
        "'new nvidia-l4 3 -; old nvidia-l4 0 100', , '0, 0 to 9, null'",
        "'new none 5 100; old none 2 0', , none",
        "'new nvidia-l4 0 0; old gone 0 100', , '0, 0 to 9, null'",
        "'new nvidia-l4 0 0; old denied 0 100', , 'null, null to 9, unknown'"
    })
    void each_revision_with_traffic_or_a_tag_keeps_its_own_minimum(String revisions, String least, String range)
            throws Exception {
        List<String> traffic = new ArrayList<>();
        Map<String, String> templates = new TreeMap<>();
        for (String one : revisions.split("; ")) {
            String[] words = one.split(" ");
            templates.put(words[0], revision(words[1], words[2]));
            if (!words[3].equals("-")) {
                traffic.add(
                        "{\"revisionName\": \"%s\", \"percent\": %s, \"tag\": \"t\"}".formatted(words[0], words[3]));
            }
        }
        String service = """
                {"metadata": {"name": "generate", "labels": {"cloud.googleapis.com/location": "us-central1"}, \
                "annotations": {%s}}, "spec": {"template": %s}, "status": {"latestCreatedRevisionName": "new", \
                "traffic": [%s]}}""".formatted(
                        least == null ? "" : "\"run.googleapis.com/minScale\": \"" + least + "\"",
                        templates.get("new"),
                        String.join(", ", traffic));
        String locations = "/v1/projects/" + ID + "/locations/";
        project.answers(locations + "-/services", "{\"items\": [" + service + "]}");
        String old = locations + "us-central1/revisions/old";
        if (revisions.contains("gone")) {
            project.refuses(old, 404, "NOT_FOUND", "NOT_FOUND", "gone");
        } else if (revisions.contains("denied")) {
            project.refuses(old, 403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED", "no");
        } else {
            project.answers(old, templates.get("old"));
        }
        Gathered gathered = gather();
        String found = gathered.resources.stream()
                .filter(resource -> resource.kind().equals("service"))
                .map(GoogleStatesTest::range)
                .collect(Collectors.joining());
        assertThat(found.isEmpty() ? "none" : found).isEqualTo(range);
        assertThat(gathered.gaps.stream().anyMatch(gap -> gap.scope().contains("revisions of services")))
                .isEqualTo(revisions.contains("denied"));
    }
}
