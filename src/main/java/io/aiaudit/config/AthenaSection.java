package io.aiaudit.config;

import io.aiaudit.collect.aws.AthenaScope;
import io.aiaudit.model.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What aiaudit.yaml says under {@code aws: athena}: that a large export may be added up there, and where. */
final class AthenaSection {
    private AthenaSection() {}

    static AthenaScope of(YamlNode athena) {
        athena.unknownKeysAgainst(List.of("workgroup", "output", "table", "above_gib", "max_scan_gib"));
        return new AthenaScope(
                text(athena.need("workgroup"), "[A-Za-z0-9._-]{1,128}", "the name of a workgroup of Athena"),
                athena.get("output")
                        .map(node -> text(node, "s3://[a-z0-9.-]{3,63}/.*", "an address such as s3://BUCKET/PREFIX/"))
                        .orElse(null),
                athena.get("table")
                        .map(node -> text(node, "[^.]+[.][^.]+", "a table such as DATABASE.TABLE"))
                        .orElse(null),
                gib(athena.get("above_gib"), AthenaScope.DEFAULT_ABOVE_GIB),
                gib(athena.get("max_scan_gib"), AthenaScope.DEFAULT_MAX_SCAN_GIB));
    }

    private static String text(YamlNode node, String form, String expected) {
        if (!node.text().matches(form)) {
            throw node.error(
                    "\"" + node.text() + "\" is not " + expected + ".", "Correct it; docs/aws.md shows an example.");
        }
        return node.text();
    }

    private static BigDecimal gib(Optional<YamlNode> node, BigDecimal otherwise) {
        if (node.isEmpty()) {
            return otherwise;
        }
        BigDecimal number = node.get().number();
        if (number.signum() < 0) {
            throw node.get().error("expected GiB of 0 or more, found " + number + ".", "Write for example 1.");
        }
        return number;
    }
}
