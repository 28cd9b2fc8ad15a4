package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Resource;
import org.junit.jupiter.api.Test;

class CloudRunTest {
    /** {@code annotations} are those of the service, beside a minimum of 1 and a maximum of 9 of its revision. */
    private static Resource service(String annotations) throws JsonProcessingException {
        GcpSession session = new GcpSession(null, "p", "7", "p", details -> null, thing -> false, failure -> false);
        String service = """
                {"metadata": {"name": "generate", "labels": {"cloud.googleapis.com/location": "us-central1"},
                  "annotations": {%s}},
                 "spec": {"template": {"metadata": {"annotations": {"autoscaling.knative.dev/minScale": "1", \
                "autoscaling.knative.dev/maxScale": "9"}},
                  "spec": {"nodeSelector": {"run.googleapis.com/accelerator": "nvidia-l4"}}}}}""";
        return CloudRun.resource(session, new ObjectMapper().readTree(service.formatted(annotations)));
    }

    private static String range(Resource service) {
        return service.replicas() + ", " + service.attributes().get("min_instances") + " to "
                + service.attributes().get("max_instances") + ", "
                + service.attributes().get("scaling");
    }

    @Test
    void a_number_that_somebody_set_runs_whatever_the_limits_of_the_revision_are() throws Exception {
        assertThat(range(service("\"run.googleapis.com/scalingMode\": \"manual\", "
                        + "\"run.googleapis.com/manualInstanceCount\": \"3\"")))
                .isEqualTo("3, 3 to 3, manual");
        assertThat(range(service("\"run.googleapis.com/scalingMode\": \"manual\", "
                        + "\"run.googleapis.com/manualInstanceCount\": \"0\"")))
                .isEqualTo("0, 0 to 0, manual");
        assertThat(range(service("\"run.googleapis.com/scalingMode\": \"MANUAL\"")))
                .isEqualTo("null, null to null, manual");
    }

    @Test
    void a_number_of_before_says_nothing_where_it_scales_by_itself() throws Exception {
        assertThat(range(service("\"run.googleapis.com/scalingMode\": \"automatic\", "
                        + "\"run.googleapis.com/manualInstanceCount\": \"3\"")))
                .isEqualTo("1, 1 to 9, null");
        assertThat(range(service("\"run.googleapis.com/minScale\": \"2\""))).isEqualTo("2, 2 to 9, null");
    }
}
