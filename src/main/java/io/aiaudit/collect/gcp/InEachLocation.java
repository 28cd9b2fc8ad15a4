package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Requests the same lists from each of several locations. A location of which no list could be read is one gap, by the
 * first failure; a list that fails beside others is one for all locations with the same failure. Neither takes anything
 * else with it. One slice has one of these.
 */
final class InEachLocation {
    private final GcpSession session;
    private final String what;
    private final Details details;

    /** What Cloud Asset Inventory calls the things of a list; empty where it is not compared. */
    private Map<String, String> assets = Map.of();

    /** Something of the location at hand could not be made. */
    private boolean lostSome;

    /** {@code what} is what is not known where an answer fails. */
    InEachLocation(GcpSession session, String what, Sink sink) {
        this.session = session;
        this.what = what;
        this.details = session.details(sink);
    }

    /**
     * {@code request} makes one of a location and a list; {@code page} is given the list and each of its pages.
     *
     * @return the locations in which all lists were read
     */
    Set<String> call(
            Collection<String> locations,
            List<String> lists,
            BiFunction<String, String, RestRequest> request,
            BiConsumer<String, JsonNode> page) {
        Set<String> whole = new HashSet<>(locations);
        for (String location : locations) {
            lostSome = false;
            List<RestFailure> failures = new ArrayList<>();
            for (String list : lists) {
                int[] pages = {0};
                boolean[] isEmpty = {true};
                try {
                    session.pages(request.apply(location, list), one -> {
                        page.accept(list, one);
                        pages[0]++;
                        isEmpty[0] &= one.path(list).isEmpty();
                    });
                    details.responded(what);
                    // Google leaves empty lists out, so a response without any content may be a true one.
                    if (pages[0] > 0 && isEmpty[0] && session.inventoried().test(location + " " + assets.get(list))) {
                        whole.remove(location);
                        UserError error = session.incomplete(
                                "it has no " + list + ", though Cloud Asset Inventory has some in " + location);
                        details.missing(what, location, error.problem(), error.fix());
                    }
                } catch (RestFailure e) {
                    whole.remove(location);
                    if (pages[0] > 0) {
                        details.brokeOff(what, location, pages[0] == 1 ? "1 page" : pages[0] + " pages", e);
                    } else {
                        failures.add(e);
                    }
                }
            }
            if (lostSome) {
                whole.remove(location);
            }
            if (!failures.isEmpty()) {
                boolean closed =
                        failures.size() == lists.size() && !session.api().isOfPermission(failures.get(0));
                failures.subList(0, closed ? 1 : failures.size())
                        .forEach(failure -> details.failed(what, location, failure));
            }
        }
        return whole;
    }

    /** Declares a list of Vertex AI; {@code asset} is what Cloud Asset Inventory calls its things. */
    static GoogleOperation vertex(String list, String asset, Frequency frequency, String... reads) {
        return GoogleOperation.list(
                        "aiplatform", "/v1/projects/{project}/locations/{location}/" + list, frequency, reads)
                .lists("aiplatform.googleapis.com/" + asset);
    }

    /**
     * Lists of Vertex AI, in all of its locations that the project uses; {@code item} is given the list and each of its
     * things.
     *
     * @return the locations in which all lists were read
     */
    Set<String> callVertex(List<GoogleOperation> operations, BiConsumer<String, JsonNode> item) {
        Map<String, GoogleOperation> lists =
                operations.stream().collect(Collectors.toMap(GoogleOperation::list, operation -> operation));
        assets = operations.stream().collect(Collectors.toMap(GoogleOperation::list, GoogleOperation::asset));
        return call(
                session.locations(details),
                operations.stream().map(GoogleOperation::list).toList(),
                (location, list) -> session.request(lists.get(list), location).query("pageSize", "100"),
                (list, page) -> page.path(list).forEach(one -> make(one, () -> item.accept(list, one))));
    }

    /** What is made of a thing; one that cannot be made takes no other with it. */
    void make(JsonNode thing, Runnable made) {
        lostSome |= !details.attempt(what, session.shortName(thing), made);
    }

    /** Where not one list was read the slice was not. */
    void failUnlessSomethingAnswered() {
        details.failUnlessSomethingAnswered();
    }
}
