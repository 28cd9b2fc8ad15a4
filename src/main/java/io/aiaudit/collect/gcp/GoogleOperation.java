package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.rest.RestRequest;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An operation of Google that aiaudit may call: a method and a path of a service. Declared beside the call, and the
 * request is made from it.
 *
 * @param service as {@link GcpScope} knows its address
 * @param template of the path, as of {@link RestRequest}
 * @param asset what a list lists, as Cloud Asset Inventory calls it, which lists it whether the API is on or not; null
 *     where the inventory does not show it
 * @param probe makes the cheapest request of the general one; null = not tried, since it takes something that exists,
 *     or has been called by then
 */
public record GoogleOperation(
        String method,
        String service,
        String template,
        String permission,
        Frequency frequency,
        List<String> reads,
        String asset,
        UnaryOperator<RestRequest> probe)
        implements Operation {
    public GoogleOperation {
        reads = List.copyOf(reads);
    }

    /** A list, whose permission is named as Google names most: the service, the list, and what is done with it. */
    static GoogleOperation list(String service, String template, Frequency frequency, String... reads) {
        String list = template.substring(template.lastIndexOf('/') + 1);
        return get(service, template, service + "." + list + ".list", frequency, reads);
    }

    static GoogleOperation get(
            String service, String template, String permission, Frequency frequency, String... reads) {
        return new GoogleOperation(
                "GET", service, template, permission, frequency, List.of(reads), null, request -> request);
    }

    static GoogleOperation post(
            String service, String template, String permission, Frequency frequency, String... reads) {
        return new GoogleOperation(
                "POST", service, template, permission, frequency, List.of(reads), null, request -> request);
    }

    GoogleOperation lists(String type) {
        return new GoogleOperation(method, service, template, permission, frequency, reads, type, probe);
    }

    GoogleOperation probe(UnaryOperator<RestRequest> cheapest) {
        return new GoogleOperation(method, service, template, permission, frequency, reads, asset, cheapest);
    }

    GoogleOperation untried() {
        return probe(null);
    }

    @Override
    public String name() {
        return method + ":" + template;
    }

    /** The last part of the path, which is the name of the list in a response. */
    String list() {
        return template.substring(template.lastIndexOf('/') + 1);
    }
}
