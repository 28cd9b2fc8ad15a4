package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Operation.COMMITMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Committed use of cores, memory and accelerators: what is committed, and until when. What it costs and how much of it
 * is used is read from the bill.
 */
final class Commitments extends GcpPart {
    private static final GoogleOperation LIST =
            AggregatedList.operation("commitments", "compute.googleapis.com/Commitment", ACCOUNT, COMMITMENTS);

    Commitments() {
        super("commitments", Slice.Dataset.COMMITMENTS, List.of(LIST));
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        new AggregatedList(session, LIST)
                .read(label(), details, sink::gap, commitment -> read(session, commitment, window, sink));
        details.failUnlessSomethingAnswered();
    }

    /** Those that reach into the window; one that was cancelled or never began is none. */
    private static void read(GcpSession session, JsonNode commitment, Window window, Sink sink) {
        Instant end = Json.instant(commitment, "/endTimestamp");
        Instant start = Json.instant(commitment, "/startTimestamp");
        boolean is = String.valueOf(Json.text(commitment, "/status")).matches("ACTIVE|EXPIRED");
        if (is && (end == null || end.isAfter(window.start()))) {
            String region = GcpSession.last(Json.text(commitment, "/region"));
            sink.commitment(new Commitment(
                    "gcp",
                    "//compute.googleapis.com/projects/" + session.number() + "/regions/" + region + "/commitments/"
                            + Json.text(commitment, "/id"),
                    kind(commitment),
                    session.project() + "/" + region,
                    start,
                    end,
                    null,
                    null));
        }
    }

    /** {@code committed use, accelerator optimized: 96 vCPU, 680 GiB, 8 nvidia-tesla-a100}. */
    private static String kind(JsonNode commitment) {
        String type = Json.text(commitment, "/type");
        String resources = StreamSupport.stream(commitment.path("resources").spliterator(), false)
                .map(Commitments::resource)
                .collect(Collectors.joining(", "));
        return "committed use"
                + (type == null ? "" : ", " + type.toLowerCase(Locale.ROOT).replace('_', ' '))
                + (resources.isEmpty() ? "" : ": " + resources);
    }

    /** Memory and local disks are given in MB. */
    private static String resource(JsonNode resource) {
        Integer amount = Json.integer(resource, "/amount");
        return switch (String.valueOf(Json.text(resource, "/type"))) {
            case "VCPU" -> amount + " vCPU";
            case "MEMORY" -> (amount == null ? null : Integer.valueOf(amount / 1024)) + " GiB";
            case "LOCAL_SSD" -> (amount == null ? null : Integer.valueOf(amount / 1024)) + " GiB of local disks";
            case "ACCELERATOR" -> amount + " " + GcpSession.last(Json.text(resource, "/acceleratorType"));
            default -> amount + " " + Json.text(resource, "/type");
        };
    }
}
