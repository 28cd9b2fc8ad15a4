package io.aiaudit.scan;

import io.aiaudit.config.Source;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import java.util.List;

/**
 * A source that was tried, and what the rules can expect of it.
 *
 * @param exports how to get what rules lack; of files only, other sources say themselves what they have to be allowed
 */
public record CheckedSource(Source source, SourceReport report, List<RuleOutlook> rules, List<Export> exports) {
    public CheckedSource {
        rules = List.copyOf(rules);
        exports = List.copyOf(exports);
    }

    public List<Part> parts() {
        return report.parts();
    }

    public List<Provided> provided() {
        return report.provided();
    }

    public List<String> notes() {
        return report.notes();
    }

    public List<String> setup() {
        return report.setup();
    }

    /** True when a scan would read nothing at all. */
    public boolean nothingReadable() {
        return parts().stream().noneMatch(part -> part.state() == State.READY || part.state() == State.PARTLY);
    }

    /** True when something that a scan needs cannot be read. */
    public boolean incomplete() {
        return parts().stream().anyMatch(part -> part.state() != State.READY && part.state() != State.UNUSED);
    }
}
