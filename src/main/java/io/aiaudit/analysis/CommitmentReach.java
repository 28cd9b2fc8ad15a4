package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import java.util.Locale;
import java.util.Optional;

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
        UNITS
    }

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
        return switch (resource.kind()) {
            case "provisioned_throughput", "model_usage" -> Sold.UNITS;
            case "search_index" -> Sold.SEARCH;
            default -> {
                boolean isAws = "aws".equals(resource.provider());
                if (isAws && machine.endsWith(".search")) {
                    yield Sold.SEARCH;
                }
                yield isAws && (machine.startsWith("ml.") || id.startsWith("arn:aws:sagemaker:"))
                        ? Sold.SAGEMAKER
                        : Sold.COMPUTE;
            }
        };
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
