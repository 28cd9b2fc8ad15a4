package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The resources of one type in a subscription, with the time when each was made: only the list of all resources has it.
 *
 * @param label as gaps call them, such as {@code private endpoints}
 */
record DatedResources(ResourceGraph.Type type, String label) {
    List<AzureOperation> operations() {
        return List.of(ResourceGraph.RESOURCES, type.list(), CreationTimes.LIST);
    }

    /** Those that are {@code wanted}; {@code resource} makes one of a response and of when it was made. */
    void read(
            AzureSession session,
            Predicate<JsonNode> wanted,
            BiFunction<JsonNode, Instant, Resource> resource,
            Sink sink) {
        Details details = session.details(sink);
        List<JsonNode> found = new ResourceGraph(session)
                .of(List.of(type), details).stream()
                        .filter(type::isOf)
                        .filter(wanted)
                        .toList();
        if (!found.isEmpty()) {
            Map<String, Instant> created = CreationTimes.of(session, type.name(), label, details);
            details.make(
                    label,
                    found,
                    each -> Json.text(each, "/name"),
                    each -> resource.apply(each, created.get(AzureSession.id(Json.text(each, "/id")))),
                    sink::resource);
        }
        details.failUnlessSomethingAnswered();
    }
}
