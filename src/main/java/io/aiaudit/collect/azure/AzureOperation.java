package io.aiaudit.collect.azure;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.collect.rest.RestRequest;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An operation of Azure that aiaudit may call: a method, a path and a version of the API. Declared beside the call, and
 * the request is made from it.
 *
 * @param method empty for what the SDK for blobs calls
 * @param template of the path, as of {@link RestRequest}
 * @param probe makes the cheapest request of the general one, which names objects that do not exist: Azure checks
 *     the permission first. Null = not tried: another operation needs the same permission, or it has been called by
 *     then
 */
public record AzureOperation(
        String method,
        String template,
        String version,
        String permission,
        Frequency frequency,
        List<String> reads,
        int times,
        BiFunction<RestRequest, AzureSession, RestRequest> probe)
        implements Operation {
    /** Where the graph has nothing of a type, its provider is requested. */
    static final Frequency WHERE_NOTHING_IS = new Frequency(Sort.NOTHING, "1");

    private static final String NO_MACHINE =
            "/resourceGroups/" + NO_SUCH_NAME + "/providers/Microsoft.Compute/virtualMachines/" + NO_SUCH_NAME;

    public AzureOperation {
        reads = List.copyOf(reads);
    }

    static AzureOperation get(String template, String version, Frequency frequency, String... reads) {
        return of("GET", template, version, frequency, reads);
    }

    static AzureOperation post(String template, String version, Frequency frequency, String... reads) {
        return of("POST", template, version, frequency, reads);
    }

    private static AzureOperation of(
            String method, String template, String version, Frequency frequency, String... reads) {
        return new AzureOperation(
                method,
                template,
                version,
                template.replaceFirst("^.*/providers/", "").replaceAll("/[{][^}]*[}]", "") + "/read",
                frequency,
                List.of(reads),
                1,
                (request, session) -> request);
    }

    /** Where the permission is not named as the path. */
    AzureOperation permission(String other) {
        return new AzureOperation(method, template, version, other, frequency, reads, times, probe);
    }

    /** Where one call after another is needed, whatever there is. */
    AzureOperation times(int requests) {
        return new AzureOperation(method, template, version, permission, frequency, reads, requests, probe);
    }

    AzureOperation probe(BiFunction<RestRequest, AzureSession, RestRequest> cheapest) {
        return new AzureOperation(method, template, version, permission, frequency, reads, times, cheapest);
    }

    AzureOperation untried() {
        return probe(null);
    }

    @Override
    public String name() {
        return method.isEmpty() ? template : method + ":" + template;
    }

    /** What belongs to the tenant is the same from every subscription. */
    boolean isOfTenant() {
        return frequency.equals(Frequency.ONCE);
    }

    /**
     * A missing object is no failure, and neither is an unregistered provider: both were looked for with
     * permission.
     */
    void tryIn(AzureSession session) {
        try {
            session.arm().call(probe.apply(filled(session), session));
        } catch (RestFailure e) {
            if (e.status() != 404 && !AzureFailure.isNotRegistered(e)) {
                throw e;
            }
        }
    }

    private RestRequest filled(AzureSession session) {
        RestRequest request = session.arm().request(this);
        for (String part : template.split("/", -1)) {
            if (part.startsWith("{")) {
                String name = part.substring(1, part.length() - 1);
                request = request.with(name, value(name, session));
            }
        }
        return request;
    }

    private static String value(String name, AzureSession session) {
        return switch (name) {
            case "subscription" -> session.subscription();
            case "scope*" -> "subscriptions/" + session.subscription();
            case "resource*" -> "subscriptions/" + session.subscription() + NO_MACHINE;
            default -> NO_SUCH_NAME;
        };
    }
}
