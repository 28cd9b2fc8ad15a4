package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.PagesRead;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages of one list of JSON so far. */
public final class PageTrail {
    /** Where the list of Cloud Run has the name of its next page. */
    private static final String METADATA = "metadata";

    private final RestRequest request;
    private final PagesRead pages = new PagesRead();

    public PageTrail(RestRequest request) {
        this.request = request;
    }

    /**
     * Takes note of a page that is not the last.
     *
     * @param next what it names as the next one
     * @throws RestFailure where the list does not end
     */
    public void read(JsonNode page, Object next) {
        Map<String, JsonNode> content = page.properties().stream()
                .filter(field ->
                        field.getValue().isContainerNode() && !field.getKey().equals(METADATA))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (pages.isEndless(content, next)) {
            throw RestFailure.endless(request);
        }
    }
}
