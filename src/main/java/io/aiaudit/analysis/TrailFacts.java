package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import io.aiaudit.model.TrailCoverage.Part;
import io.aiaudit.model.TrailCoverage.State;
import io.aiaudit.model.YesOrNo;
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

    private static final Set<String> NO_VERSION = Set.of("", "none", "unknown");
    private static final Set<String> MODELS = Set.of("model_usage", "provisioned_throughput");
    /** The setting of an endpoint that keeps its requests and responses, by platform. */
    private static final Map<String, String> CAPTURES =
            Map.of("aws", "data_capture", "azure", "data_collection", "gcp", "request_logging");

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
        return switch (Recording.ofSwitch(attributes.get("downstream_log"))) {
            case ON -> part(3, State.RECORDED, "the inventory says so");
            case OFF -> part(3, State.MISSING, "the inventory says so");
            case UNKNOWN -> part(3, State.NOT_ASSESSED, "the application knows it, no cloud does");
        };
    }

    private List<Part> ofModel() {
        String logging = attributes.get("invocation_logging");
        Recording recording = Recording.ofDestinations(logging);
        if ("gcp".equals(resource.provider()) && recording == Recording.UNKNOWN) {
            return ofPublisherModel(account.get("model_call_logging"));
        }
        if (recording == Recording.UNKNOWN) {
            return all(State.NOT_ASSESSED, "its call logging is unknown");
        }
        boolean off = recording == Recording.OFF;
        if ("azure".equals(resource.provider())) {
            State texts = State.NOT_ASSESSED;
            String where = "diagnostic settings hold no texts; a gateway may";
            return List.of(
                    part(0, texts, where),
                    off
                            ? part(1, State.MISSING, "no diagnostic setting for its calls")
                            : part(1, State.RECORDED, "diagnostic setting: " + logging),
                    part(2, texts, where),
                    off ? nothing(4) : lockedIn(logging, "storage"),
                    off ? nothing(5) : separated(goesTo(logging, "storage"), "logs of its own in storage"));
        }
        if (off) {
            return all(State.MISSING, "invocation logging is off");
        }
        State texts = switch (Recording.ofSwitch(attributes.get("invocation_logging_text"))) {
            case ON -> State.RECORDED;
            case OFF -> State.MISSING;
            case UNKNOWN -> State.NOT_ASSESSED;
        };
        String how = switch (texts) {
            case RECORDED -> "invocation logging with texts: " + logging;
            case MISSING -> "invocation logging delivers no texts";
            default -> "unknown whether texts are delivered";
        };
        return List.of(
                part(0, texts, how),
                part(1, State.RECORDED, "invocation logging names the model: " + logging),
                part(2, texts, how),
                lockedIn(logging, "s3"),
                separated(goesTo(logging, "s3"), "a bucket that only the model service writes to"));
    }

    private static boolean goesTo(String logging, String storage) {
        return logging.toLowerCase(Locale.ROOT).contains(storage);
    }

    /** That it is on does not say where the entries go; the name of a destination does. */
    private Part lockedIn(String logging, String storage) {
        return locked(
                attributes.get("invocation_logging_lock"),
                goesTo(logging, storage) || Recording.ofSwitch(logging) == Recording.ON);
    }

    /** Data access logs say who called which model; texts would be in a log of requests, which is not read. */
    private List<Part> ofPublisherModel(String logged) {
        Recording recording = Recording.ofDestinations(logged);
        if (recording == Recording.UNKNOWN) {
            return all(State.NOT_ASSESSED, "its call logging is unknown");
        }
        Part texts = part(0, State.NOT_ASSESSED, "data access logs hold no texts; request logging is not read");
        if (recording == Recording.OFF) {
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
        Share share = share();
        return switch (String.valueOf(resource.provider())) {
            case "aws" -> captured("data capture", share);
            case "gcp" -> captured("request logging", share);
            case "azure" -> collected(share);
            default -> all(State.NOT_ASSESSED, "no setting of this platform is read");
        };
    }

    /** The share of requests that an endpoint keeps where it keeps any; null where it is unknown. */
    Share share() {
        return Share.of(attributes.get(CAPTURES.get(String.valueOf(resource.provider())) + "_percent"));
    }

    /** A switch for requests and responses alike. */
    private List<Part> captured(String name, Share share) {
        Recording recording = Recording.ofSwitch(attributes.get(CAPTURES.get(String.valueOf(resource.provider()))));
        return captured(
                recording, capturedPart(0, recording, share, name), capturedPart(2, recording, share, name), name);
    }

    /** The collector of Azure has a collection for each: its setting names those that are kept. */
    private List<Part> collected(Share share) {
        String name = "data collector";
        String kept = attributes.getOrDefault(CAPTURES.get("azure"), "").toLowerCase(Locale.ROOT);
        Recording recording = Recording.ofDestinations(kept);
        if (Recording.ofSwitch(kept) == Recording.ON) {
            String reason = name + " is on, and which collections it keeps is unknown";
            return captured(recording, part(0, State.NOT_ASSESSED, reason), part(2, State.NOT_ASSESSED, reason), name);
        }
        boolean inputs = kept.contains("input") || kept.contains("request");
        boolean outputs = kept.contains("output") || kept.contains("response");
        return captured(
                recording,
                capturedPart(0, inputs ? recording : Recording.OFF, share, name),
                capturedPart(2, outputs ? recording : Recording.OFF, share, name),
                name);
    }

    private List<Part> captured(Recording recording, Part inputs, Part outputs, String name) {
        return switch (recording) {
            case UNKNOWN -> all(State.NOT_ASSESSED, "its " + name + " is unknown");
            case OFF -> List.of(inputs, version(), outputs, nothing(4), nothing(5));
            case ON ->
                List.of(
                        inputs,
                        version(),
                        outputs,
                        part(4, State.NOT_ASSESSED, "the lock of its destination is not read"),
                        separated(true, name + " writes to a destination of its own"));
        };
    }

    private static Part capturedPart(int which, Recording recording, Share share, String name) {
        if (recording != Recording.ON) {
            return part(which, State.MISSING, name + " is off");
        }
        if (share == null) {
            return part(which, State.NOT_ASSESSED, name + " is on for an unknown share of requests");
        }
        if (share.isAll()) {
            return part(which, State.RECORDED, name + " of all requests");
        }
        return new Part(
                PARTS.get(which),
                share.isNone() ? State.MISSING : State.PARTLY,
                name + " of " + share.percent() + " % of requests");
    }

    /** A served version in the configuration is recorded by the log of changes. */
    private Part version() {
        String model = attributes.getOrDefault("model_package", attributes.getOrDefault("model_version", ""));
        if (!NO_VERSION.contains(model.trim().toLowerCase(Locale.ROOT))) {
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
        String mode = String.valueOf(lock).trim().split(" ", 2)[0].toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "compliance", "locked" -> part(4, State.RECORDED, "lock: " + lock);
            case "governance" -> part(4, State.PARTLY, "lock that a permission lifts: " + lock);
            case "null", "", "unknown" -> part(4, State.NOT_ASSESSED, "the lock of its storage is unknown");
            default ->
                YesOrNo.of(mode) == YesOrNo.YES
                        ? part(4, State.NOT_ASSESSED, "a lock on its storage, in an unknown mode")
                        : part(4, State.MISSING, "no lock on its storage");
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
