package io.aiaudit.report.pdf;

import io.aiaudit.report.paper.Heading;
import java.util.List;
import java.util.Optional;

/**
 * The parts that the appendix of one report has. Letters count these alone, so that no reference leads to another part.
 *
 * @param parts in the order of the report
 */
record Appendices(List<AppendixPart> parts) {
    Appendices {
        parts = List.copyOf(parts);
    }

    /** Such as {@code Appendix B}; empty where the report has no such part. */
    Optional<String> name(AppendixPart part) {
        int index = parts.indexOf(part);
        return index < 0 ? Optional.empty() : Optional.of("Appendix " + (char) ('A' + index));
    }

    /** Such as {@code Appendix B: rule coverage}. */
    Heading heading(AppendixPart part) {
        return Heading.chapter(name(part).orElseThrow() + ": " + part.title());
    }
}
