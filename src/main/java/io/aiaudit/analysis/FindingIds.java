package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Names findings so that two audits can be compared though machines come and go: by rule, provider, account and
 * workload.
 */
final class FindingIds {
    private static final int HEX_DIGITS = 16;

    private final Map<String, Resource> resources;

    FindingIds(Map<String, Resource> resources) {
        this.resources = resources;
    }

    /** The id of every finding; where a rule finds several resources of one workload, the resource is part of it. */
    Map<Finding, String> of(List<Finding> findings) {
        Map<String, Long> ofWorkload =
                findings.stream().collect(Collectors.groupingBy(this::workload, Collectors.counting()));
        return findings.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        finding -> hash(
                                ofWorkload.get(workload(finding)) == 1
                                        ? workload(finding)
                                        : workload(finding) + "\n" + finding.resourceId()),
                        (first, second) -> first,
                        IdentityHashMap::new));
    }

    private String workload(Finding finding) {
        Resource resource = resources.get(finding.resourceId());
        return String.join(
                "\n",
                finding.rule(),
                String.valueOf(resource.provider()),
                resource.accountId() == null ? "" : resource.accountId(),
                resource.workload());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
