package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that is paid for, or that holds such things: one row of the resources table (DESIGN.md section 4). Unknown
 * is null. {@code acceleratorMemoryGib} is per accelerator, memory is in GiB, times are UTC. {@code workload} is what
 * lives longer than the machine, by default the resource itself.
 */
public record Resource(
        String resourceId,
        String kind,
        String provider,
        String accountId,
        String accountName,
        String region,
        String name,
        String machineType,
        Integer replicas,
        String accelerator,
        BigDecimal acceleratorCount,
        BigDecimal acceleratorMemoryGib,
        BigDecimal vcpus,
        BigDecimal memoryGib,
        Instant createdAt,
        Instant endedAt,
        String state,
        String purchase,
        String parentId,
        String workload,
        Map<String, String> tags,
        Map<String, String> attributes) {

    public Resource {
        Objects.requireNonNull(resourceId);
        tags = Map.copyOf(tags);
        attributes = Map.copyOf(attributes);
    }

    public static Builder builder(String resourceId, String kind, String provider) {
        return new Builder(resourceId, kind, provider);
    }

    /** Names the facts of a resource one by one, since a source seldom knows all of them. */
    public static final class Builder {
        private final String resourceId;
        private final String kind;
        private final String provider;
        private String accountId;
        private String accountName;
        private String region;
        private String name;
        private String machineType;
        private Integer replicas;
        private String accelerator;
        private BigDecimal acceleratorCount;
        private BigDecimal acceleratorMemoryGib;
        private BigDecimal vcpus;
        private BigDecimal memoryGib;
        private Instant createdAt;
        private Instant endedAt;
        private String state;
        private String purchase;
        private String parentId;
        private String workload;
        private Map<String, String> tags = Map.of();
        private Map<String, String> attributes = Map.of();

        private Builder(String resourceId, String kind, String provider) {
            this.resourceId = resourceId;
            this.kind = kind;
            this.provider = provider;
        }

        public Builder account(String id, String accountName) {
            this.accountId = id;
            this.accountName = accountName;
            return this;
        }

        public Builder region(String value) {
            this.region = value;
            return this;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder machineType(String value) {
            this.machineType = value;
            return this;
        }

        public Builder replicas(Integer value) {
            this.replicas = value;
            return this;
        }

        /** The accelerators of one replica and the memory of each in GiB. */
        public Builder accelerator(String accelerator, BigDecimal count, BigDecimal memoryGibEach) {
            this.accelerator = accelerator;
            this.acceleratorCount = count;
            this.acceleratorMemoryGib = memoryGibEach;
            return this;
        }

        public Builder size(BigDecimal vcpus, BigDecimal memoryGib) {
            this.vcpus = vcpus;
            this.memoryGib = memoryGib;
            return this;
        }

        public Builder createdAt(Instant value) {
            this.createdAt = value;
            return this;
        }

        public Builder endedAt(Instant value) {
            this.endedAt = value;
            return this;
        }

        public Builder state(String value) {
            this.state = value;
            return this;
        }

        /** One of on_demand, spot, committed. */
        public Builder purchase(String value) {
            this.purchase = value;
            return this;
        }

        public Builder parentId(String value) {
            this.parentId = value;
            return this;
        }

        public Builder workload(String value) {
            this.workload = value;
            return this;
        }

        public Builder tags(Map<String, String> value) {
            this.tags = value;
            return this;
        }

        public Builder attributes(Map<String, String> value) {
            this.attributes = value;
            return this;
        }

        public Resource build() {
            return new Resource(
                    resourceId,
                    kind,
                    provider,
                    accountId,
                    accountName,
                    region,
                    name,
                    machineType,
                    replicas,
                    accelerator,
                    acceleratorCount,
                    acceleratorMemoryGib,
                    vcpus,
                    memoryGib,
                    createdAt,
                    endedAt,
                    state,
                    purchase,
                    parentId,
                    workload == null ? resourceId : workload,
                    tags,
                    attributes);
        }
    }
}
