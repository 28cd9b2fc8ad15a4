package io.aiaudit.analysis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The family of a machine type, which is what commitments of certain machines are sold for: g5 of g5.xlarge, a2 of
 * a2-highgpu-1g, nc a100_v4 of Standard_NC24ads_A100_v4.
 */
final class MachineFamily {
    private static final Pattern AZURE = Pattern.compile("(?:standard|basic)_([a-z]+)[0-9]+(?:-[0-9]+)?([a-z]*)_?(.*)");
    private static final Pattern AWS =
            Pattern.compile("((?:ml\\.)?[a-z0-9-]+)\\.(?:nano|micro|small|medium|[0-9]*x?large|metal[a-z0-9-]*)");
    private static final Pattern GCP = Pattern.compile("([a-z][0-9][a-z]*|ct[0-9][a-z]*)-.+");

    private MachineFamily() {}

    /** Empty for what is no machine type of a cloud. */
    static Optional<String> of(String machineType) {
        String type = machineType == null ? "" : machineType.toLowerCase(Locale.ROOT);
        Matcher azure = AZURE.matcher(type);
        if (azure.matches()) {
            return Optional.of((azure.group(1) + azure.group(2) + " " + azure.group(3)).strip());
        }
        Matcher aws = AWS.matcher(type);
        if (aws.matches()) {
            return Optional.of(aws.group(1));
        }
        Matcher gcp = GCP.matcher(type);
        return gcp.matches() ? Optional.of(gcp.group(1)) : Optional.empty();
    }
}
