package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcpScopeTest {
    @Test
    void a_location_is_a_part_of_the_address() {
        assertThat(GcpScope.OWN_PROJECT.endpoint("aiplatform", "us-central1"))
                .isEqualTo("https://us-central1-aiplatform.googleapis.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8443/x", "evil.example#", "", "a@b"})
    void what_is_no_location_is_in_no_address(String location) {
        assertThatThrownBy(() -> GcpScope.OWN_PROJECT.endpoint("aiplatform", location))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("\"" + location + "\", which is not a location");
    }
}
