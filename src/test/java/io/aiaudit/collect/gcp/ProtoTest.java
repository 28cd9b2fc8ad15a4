package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtoTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'summary': {'name': 'one', 'count': '7'}} | 7",
                "{'summary': {'name': 'one', 'count': 0}}   | 0",
                "{'summary': {'name': 'one'}}               | 0",
                "{'summary': {'name': 'one', 'count': '?'}} |",
                "{'summary': {}}                            |",
                "{}                                         |"
            })
    void a_number_that_is_left_out_is_zero_where_its_message_is_there(String response, Integer count)
            throws JsonProcessingException {
        assertThat(Proto.count(json(response.replace('\'', '"')).path("summary"), "count"))
                .isEqualTo(count);
    }

    @Test
    void a_distribution_of_idle_time_leaves_its_mean_out_and_one_of_nothing_has_none() throws JsonProcessingException {
        assertThat(Monitoring.value(json("{\"distributionValue\": {\"count\": \"60\"}}")))
                .isZero();
        assertThat(Monitoring.value(json("{\"distributionValue\": {\"count\": \"60\", \"mean\": 0.4}}")))
                .isEqualTo(0.4);
        assertThat(Monitoring.value(json("{\"distributionValue\": {\"bucketOptions\": {}}}")))
                .isNull();
        assertThat(Monitoring.value(json("{\"distributionValue\": {\"count\": \"0\", \"bucketOptions\": {}}}")))
                .isNull();
    }
}
