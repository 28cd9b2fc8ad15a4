package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceValuesTest {
    /** What one command saves before it deletes must not be overwritten by the next one. */
    @Test
    void resources_that_are_called_alike_are_saved_to_files_of_different_names(@TempDir Path folder) throws Exception {
        try (LockedStore store = TestRule.store(folder, """
                INSERT INTO resources (resource_id, kind, provider, region, name) VALUES
                  ('arn:aws:sagemaker:eu-west-1:1:endpoint/chat', 'inference_endpoint', 'aws', 'eu-west-1', 'chat'),
                  ('arn:aws:sagemaker:us-east-1:1:endpoint/chat', 'inference_endpoint', 'aws', 'us-east-1', 'chat'),
                  ('arn:aws:sagemaker:us-east-1:2:endpoint/Chat', 'inference_endpoint', 'aws', 'us-east-1', 'Chat'),
                  ('arn:aws:sagemaker:us-east-1:1:endpoint/rank', 'inference_endpoint', 'aws', 'us-east-1', 'rank');
                """)) {
            KnownFacts.fillPolicies(store, List.of());
            ResourceValues values = new ResourceValues(store, RuleRun.storeTables(store));

            assertThat(Stream.of("eu-west-1:1:endpoint/chat", "us-east-1:1:endpoint/chat", "us-east-1:2:endpoint/Chat")
                            .map(id ->
                                    values.of("arn:aws:sagemaker:" + id, false).get("file_name")))
                    .allMatch(name -> name.matches("[Cc]hat-[0-9a-f]{8}"))
                    .doesNotHaveDuplicates();
            assertThat(values.of("arn:aws:sagemaker:us-east-1:1:endpoint/rank", false))
                    .contains(Map.entry("file_name", "rank"));
        }
    }
}
