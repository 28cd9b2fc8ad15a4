package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Questions;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Sink;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Asks each of several locations for the same lists. A location that does not answer, or that lets nobody in, is one gap; a list that may not be read is one for all
 * locations. Neither takes anything else with it. One slice has one of these.
 */
final class InEachLocation {
    private final GcpPlace place;
    private final String what;
    private final Questions questions;

    /** {@code what} is what is not known where an answer fails. */
    InEachLocation(GcpPlace place, String what) {
        this.place = place;
        this.what = what;
        this.questions = place.questions();
    }

    /**
     * {@code request} makes one of a location and a list; {@code page} is given the list and each of its pages.
     *
     * @return the locations in which all lists were read
     */
    Set<String> ask(
            Collection<String> locations,
            List<String> lists,
            BiFunction<String, String, RestRequest> request,
            BiConsumer<String, JsonNode> page) {
        Set<String> whole = new HashSet<>(locations);
        for (String location : locations) {
            for (String list : lists) {
                try {
                    place.pages(request.apply(location, list), one -> page.accept(list, one));
                    questions.answered();
                } catch (RestFailure e) {
                    if (SwitchedOff.isSwitchedOff(e)) {
                        throw e; // everywhere
                    }
                    questions.failed(what, location, e);
                    whole.remove(location);
                    if (!place.api().isOfPermission(e)) {
                        break;
                    }
                }
            }
        }
        return whole;
    }

    /** Lists of Vertex AI, in all of its locations that the project uses; {@code item} is given the list and each of its things. */
    void askVertex(List<String> lists, BiConsumer<String, JsonNode> item) {
        ask(
                place.locations(),
                lists,
                (location, list) -> place.get(
                                "aiplatform", location, "/v1/projects/{project}/locations/{location}/" + list)
                        .query("pageSize", "100"),
                (list, page) -> page.path(list).forEach(one -> item.accept(list, one)));
    }

    /** Says what is not known, last of all. */
    void tell(Sink sink) {
        questions.tellUnlessNothingAnswered(sink);
    }
}
