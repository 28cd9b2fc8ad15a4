package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages of one list so far. A list ends: it names no page twice, does not return the same page again and again
 * under new names, and has no more pages than anybody has.
 */
public final class PageTrail {
    private static final int MOST = 10_000;

    /** Empty pages in the middle of a list are allowed, and come in a row where a filter finds nothing for long. */
    private static final int MOST_ALIKE = 20;

    /** Where the list of Cloud Run has the name of its next page. */
    private static final String METADATA = "metadata";

    private final RestRequest request;
    private final Set<Object> named = new HashSet<>();
    private Map<String, JsonNode> before;
    private int alike;

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
        alike = content.equals(before) ? alike + 1 : 0;
        before = content;
        if (!named.add(next) || named.size() >= MOST || alike >= MOST_ALIKE) {
            throw RestFailure.endless(request);
        }
    }
}
