package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether what lies under a commitment and another resource could lie under the same one, by what the clouds sell
 * commitments for. Where the machine is unknown they could.
 */
public final class CommitmentReach {
    /** What one commitment covers, at the most. */
    private enum Sold {
        /** Instances, with all that a plan for them covers. */
        COMPUTE,
        /** Instances of a machine learning service that has plans of its own. */
        SAGEMAKER,
        /** Nodes of a search service, reserved one by one. */
        SEARCH,
        /** Units of a model: they are the commitment. */
        UNITS,
        /** Instances of Vertex AI, which no commitment of Compute Engine covers. */
        VERTEX
    }

    private static final Pattern SAGEMAKER = Pattern.compile("arn:aws[a-z-]*:sagemaker:.*");
    private static final Set<String> OF_VERTEX = Set.of("inference_endpoint", "training_job", "batch_job");

    private CommitmentReach() {}

    /**
     * Whether one commitment could cover both.
     *
     * @param committed a resource of which some time lies under a commitment
     */
    public static boolean mayReach(Resource committed, Resource other) {
        Sold sold = sold(committed);
        if (!committed.provider().equals(other.provider()) || sold != sold(other)) {
            return false;
        }
        return switch (committed.provider()) {
            case "aws" -> sold != Sold.UNITS;
            case "gcp" -> sold == Sold.COMPUTE && isOfSameAccelerator(committed, other);
            default -> true;
        };
    }

    private static Sold sold(Resource resource) {
        String machine = lower(resource.machineType());
        String id = lower(resource.resourceId());
        return switch (String.valueOf(resource.kind())) {
            case "provisioned_throughput", "model_usage" -> Sold.UNITS;
            case "search_index" -> Sold.SEARCH;
            default -> {
                boolean isAws = "aws".equals(resource.provider());
                if (isAws && machine.endsWith(".search")) {
                    yield Sold.SEARCH;
                }
                if (isAws && (machine.startsWith("ml.") || SAGEMAKER.matcher(id).matches())) {
                    yield Sold.SAGEMAKER;
                }
                yield "gcp".equals(resource.provider()) && isOfVertex(id, resource.kind()) ? Sold.VERTEX : Sold.COMPUTE;
            }
        };
    }

    /** As product_of in list-prices.sql. */
    private static boolean isOfVertex(String id, String kind) {
        return id.startsWith("//aiplatform.googleapis.com/")
                || (!id.startsWith("//") && OF_VERTEX.contains(String.valueOf(kind)));
    }

    /** Accelerators of Google Cloud are committed by their kind and region; plans of money cover none of them. */
    private static boolean isOfSameAccelerator(Resource committed, Resource other) {
        if (committed.machineType() == null || other.machineType() == null) {
            return true;
        }
        Optional<String> accelerator = Optional.ofNullable(committed.accelerator());
        return accelerator.equals(Optional.ofNullable(other.accelerator()))
                && (accelerator.isEmpty()
                        || committed.region() == null
                        || other.region() == null
                        || committed.region().equals(other.region()));
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
