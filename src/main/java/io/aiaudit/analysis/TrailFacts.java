package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import io.aiaudit.model.TrailCoverage.Part;
import io.aiaudit.model.TrailCoverage.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the configuration of one model or endpoint says about the six parts of an audit trail. What it does not say is
 * not assessed.
 */
final class TrailFacts {
    static final List<String> PARTS =
            List.of("input", "model_version", "output", "downstream_action", "immutability", "separation");

    private static final Set<String> MODELS = Set.of("model_usage", "provisioned_throughput");
    private static final String OFF = "off";

    private final Resource resource;
    private final Map<String, String> attributes;
    private final Map<String, String> account;
    private final Resource defaultBucket;

    /**
     * @param account attributes of the account that the resource is in
     * @param defaultBucket the bucket of the project into which Google Cloud writes data access logs; null elsewhere
     */
    TrailFacts(Resource resource, Map<String, String> account, Resource defaultBucket) {
        this.resource = resource;
        this.attributes = resource.attributes();
        this.account = account;
        this.defaultBucket = defaultBucket;
    }

    /** In the order of {@link #PARTS}. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>(MODELS.contains(resource.kind()) ? ofModel() : ofEndpoint());
        parts.add(3, downstream());
        return parts;
    }

    /** Only an inventory can say it: it is in the application. */
    private Part downstream() {
        return switch (attributes.getOrDefault("downstream_log", "")) {
            case "on" -> part(3, State.RECORDED, "the inventory says so");
            case OFF -> part(3, State.MISSING, "the inventory says so");
            default -> part(3, State.NOT_ASSESSED, "the application knows it, no cloud does");
        };
    }

    private List<Part> ofModel() {
        String logging = attributes.get("invocation_logging");
        if ("gcp".equals(resource.provider()) && logging == null) {
            return ofPublisherModel(account.get("model_call_logging"));
        }
        if (logging == null) {
            return all(State.NOT_ASSESSED, "its call logging is unknown");
        }
        boolean off = OFF.equals(logging);
        if ("azure".equals(resource.provider())) {
            State texts = State.NOT_ASSESSED;
            String where = "diagnostic settings hold no texts; a gateway may";
            return List.of(
                    part(0, texts, where),
                    off
                            ? part(1, State.MISSING, "no diagnostic setting for its calls")
                            : part(1, State.RECORDED, "diagnostic setting: " + logging),
                    part(2, texts, where),
                    off ? nothing(4) : locked(attributes.get("invocation_logging_lock"), logging.contains("storage")),
                    off ? nothing(5) : separated(logging.contains("storage"), "logs of its own in storage"));
        }
        if (off) {
            return all(State.MISSING, "invocation logging is off");
        }
        String text = attributes.get("invocation_logging_text");
        State texts = "true".equals(text) ? State.RECORDED : "false".equals(text) ? State.MISSING : State.NOT_ASSESSED;
        String how = switch (texts) {
            case RECORDED -> "invocation logging with texts: " + logging;
            case MISSING -> "invocation logging delivers no texts";
            default -> "unknown whether texts are delivered";
        };
        return List.of(
                part(0, texts, how),
                part(1, State.RECORDED, "invocation logging names the model: " + logging),
                part(2, texts, how),
                locked(attributes.get("invocation_logging_lock"), logging.contains("s3")),
                separated(logging.contains("s3"), "a bucket that only the model service writes to"));
    }

    /** Data access logs say who called which model; texts would be in a log of requests, which is not read. */
    private List<Part> ofPublisherModel(String logged) {
        if (logged == null) {
            return all(State.NOT_ASSESSED, "its call logging is unknown");
        }
        Part texts = part(0, State.NOT_ASSESSED, "data access logs hold no texts; request logging is not read");
        if (OFF.equals(logged)) {
            return List.of(
                    texts,
                    part(1, State.MISSING, "data access logs are off"),
                    part(2, texts.state(), texts.reason()),
                    nothing(4),
                    nothing(5));
        }
        return List.of(
                texts,
                part(1, State.RECORDED, "data access logs: " + logged),
                part(2, texts.state(), texts.reason()),
                locked(defaultBucket == null ? null : defaultBucket.attributes().get("bucket_object_lock"), true),
                part(5, State.MISSING, "_Default also holds the logs of applications"));
    }

    private List<Part> ofEndpoint() {
        return switch (String.valueOf(resource.provider())) {
            case "aws" ->
                captured(
                        switchOf(attributes.get("data_capture")),
                        attributes.get("data_capture_percent"),
                        "data capture",
                        true,
                        true);
            case "gcp" ->
                captured(
                        attributes.get("request_logging"),
                        attributes.get("request_logging_percent"),
                        "request logging",
                        true,
                        true);
            case "azure" -> {
                String collected = attributes.getOrDefault("data_collection", "");
                yield captured(
                        collected.isEmpty() ? null : OFF.equals(collected) ? OFF : "on",
                        attributes.get("data_collection_percent"),
                        "data collector",
                        OFF.equals(collected) || collected.contains("input") || collected.contains("request"),
                        OFF.equals(collected) || collected.contains("output") || collected.contains("response"));
            }
            default -> all(State.NOT_ASSESSED, "no setting of this platform is read");
        };
    }

    private static String switchOf(String yes) {
        return yes == null ? null : "true".equals(yes) ? "on" : OFF;
    }

    private List<Part> captured(String state, String percent, String name, boolean inputs, boolean outputs) {
        if (state == null) {
            return all(State.NOT_ASSESSED, "its " + name + " is unknown");
        }
        boolean off = OFF.equals(state);
        return List.of(
                capturedPart(0, off || !inputs, percent, name),
                version(),
                capturedPart(2, off || !outputs, percent, name),
                off ? nothing(4) : part(4, State.NOT_ASSESSED, "the lock of its destination is not read"),
                off ? nothing(5) : separated(true, name + " writes to a destination of its own"));
    }

    private static Part capturedPart(int which, boolean missing, String percent, String name) {
        if (missing) {
            return part(which, State.MISSING, name + " is off");
        }
        if (percent == null) {
            return part(which, State.NOT_ASSESSED, name + " is on for an unknown share of requests");
        }
        return "100".equals(percent)
                ? part(which, State.RECORDED, name + " of all requests")
                : part(which, State.PARTLY, name + " of " + percent + " % of requests");
    }

    /** A served version in the configuration is recorded by the log of changes. */
    private Part version() {
        String model = attributes.getOrDefault("model_package", attributes.getOrDefault("model_version", ""));
        if (!model.isEmpty() && !"none".equals(model)) {
            return part(1, State.RECORDED, "the configuration names version " + model);
        }
        String served = attributes.getOrDefault("model", "");
        return served.matches(".*(/versions/|@)[^/]+$")
                ? part(1, State.RECORDED, "the configuration names " + served.replaceFirst("^.*/(?=models/)", ""))
                : part(1, State.NOT_ASSESSED, "no source names the version that is served");
    }

    private Part locked(String lock, boolean inStorage) {
        if (!inStorage) {
            return part(4, State.MISSING, "entries can be deleted where they are kept; no lock");
        }
        String mode = String.valueOf(lock).split(" ", 2)[0].toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "compliance", "locked" -> part(4, State.RECORDED, "lock: " + lock);
            case "governance" -> part(4, State.PARTLY, "lock that a permission lifts: " + lock);
            case "null", "unknown" -> part(4, State.NOT_ASSESSED, "the lock of its storage is unknown");
            default -> part(4, State.MISSING, "no lock on its storage");
        };
    }

    private static Part separated(boolean own, String reason) {
        return own
                ? part(5, State.RECORDED, reason)
                : part(5, State.NOT_ASSESSED, "what else writes to the same store is unknown");
    }

    private static Part nothing(int which) {
        return part(which, State.MISSING, "nothing is recorded");
    }

    private static List<Part> all(State state, String reason) {
        return List.of(
                part(0, state, reason),
                part(1, state, reason),
                part(2, state, reason),
                part(4, state, reason),
                part(5, state, reason));
    }

    private static Part part(int which, State state, String reason) {
        return new Part(PARTS.get(which), state, reason);
    }
}
