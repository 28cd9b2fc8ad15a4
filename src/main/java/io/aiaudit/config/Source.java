package io.aiaudit.config;

import io.aiaudit.model.Keyed;

/** Where facts can come from: the names after {@code --source}. */
public enum Source implements Keyed {
    FILES(true, "bill, inventory and usage files (--billing, --inventory, --usage)"),
    DEMO(true, "a fictional company, to try aiaudit (--demo)"),
    AWS(
            true,
            "EC2, EKS, SageMaker, Bedrock, CloudWatch, the bill, commitments, list prices and advice of an "
                    + "organization"),
    AZURE(true, "virtual machines, AKS, Machine Learning, OpenAI, Monitor, the bill, prices and advice"),
    GCP(
            true,
            "Compute Engine, Vertex AI, TPU, GKE, Workbench, Cloud Run, the bill in BigQuery, list prices and advice"),
    TRINO(
            true,
            "bills and usage in tables of a lake, added up there by Trino (--billing "
                    + "trino://HOST:PORT/CATALOG/SCHEMA/TABLE)"),
    PROMETHEUS(false, "GPU and serving metrics of Kubernetes clusters");

    private final boolean built;
    private final String whatItReads;

    Source(boolean built, String whatItReads) {
        this.built = built;
        this.whatItReads = whatItReads;
    }

    public boolean built() {
        return built;
    }

    public String whatItReads() {
        return whatItReads;
    }
}
