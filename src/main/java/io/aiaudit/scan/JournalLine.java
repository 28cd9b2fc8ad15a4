package io.aiaudit.scan;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.List;

/**
 * One thing that a slice put into its sink, as a line of JSON: one of these is set, {@code currency} beside a
 * commitment or advice.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalLine(
        Resource resource,
        MetricHour metric,
        Offer offer,
        Commitment commitment,
        Advice advice,
        String currency,
        String warning) {

    /** Records as arrays: millions of metric hours need no names of their fields. */
    static final ObjectMapper JSON = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder().addModule(new JavaTimeModule()).build();
        for (Class<?> type : List.of(Resource.class, MetricHour.class, Offer.class, Commitment.class, Advice.class)) {
            mapper.configOverride(type).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY));
        }
        return mapper;
    }

    static JournalLine of(Resource resource) {
        return new JournalLine(resource, null, null, null, null, null, null);
    }

    static JournalLine of(MetricHour metric) {
        return new JournalLine(null, metric, null, null, null, null, null);
    }

    static JournalLine of(Offer offer) {
        return new JournalLine(null, null, offer, null, null, null, null);
    }

    static JournalLine of(Commitment commitment, String currency) {
        return new JournalLine(null, null, null, commitment, null, currency, null);
    }

    static JournalLine of(Advice advice, String currency) {
        return new JournalLine(null, null, null, null, advice, currency, null);
    }

    static JournalLine of(String warning) {
        return new JournalLine(null, null, null, null, null, null, warning);
    }

    void into(Sink sink) {
        if (resource != null) {
            sink.resource(resource);
        } else if (metric != null) {
            sink.metric(metric);
        } else if (offer != null) {
            sink.offer(offer);
        } else if (commitment != null) {
            sink.commitment(commitment, currency);
        } else if (advice != null) {
            sink.advice(advice, currency);
        } else if (warning != null) {
            sink.warning(warning);
        }
    }
}
