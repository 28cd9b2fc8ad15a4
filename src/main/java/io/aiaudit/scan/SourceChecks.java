package io.aiaudit.scan;

import io.aiaudit.collect.SourceCheck;
import io.aiaudit.collect.aws.AwsCheck;
import io.aiaudit.collect.azure.AzureCheck;
import io.aiaudit.collect.gcp.GcpCheck;
import io.aiaudit.collect.trino.TrinoCheck;
import io.aiaudit.collect.trino.TrinoLogin;
import io.aiaudit.config.Config;
import io.aiaudit.config.RuleSelection;
import io.aiaudit.config.Source;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.UserError;
import java.util.List;

/** Finds out what a scan would get from a source, without a report and without keeping anything. */
public final class SourceChecks {
    private final String toolVersion;
    private final Progress progress;

    public SourceChecks(String toolVersion, Progress progress) {
        this.toolVersion = toolVersion;
        this.progress = progress;
    }

    /**
     * Tries one source.
     *
     * @param paths files and folders beside those of {@code config}; only the source files takes some
     * @throws UserError when it cannot be tried at all
     */
    public CheckedSource check(Source source, List<String> paths, Config config) throws Exception {
        if (source != Source.FILES && !paths.isEmpty()) {
            throw new UserError(
                    "the source " + source.key() + " takes no files, and " + paths.get(0) + " is named.",
                    "Check files separately: aiaudit sources check files " + paths.get(0));
        }
        RuleSelection rules = RuleSelection.of(config.rules());
        SourceReport report = Losses.withLosses(of(source, paths, config).check(), rules);
        List<RuleOutlook> outlook = RuleOutlook.of(rules, report);
        List<Export> exports = source == Source.FILES ? Export.missing(outlook, report.provided()) : List.of();
        return new CheckedSource(source, report, outlook, exports);
    }

    private SourceCheck of(Source source, List<String> paths, Config config) {
        return switch (source) {
            case FILES -> new FilesCheck(paths, config, toolVersion, progress);
            case DEMO ->
                throw new UserError(
                        "the demo company comes with aiaudit; there is nothing to check.",
                        "Scan it: aiaudit scan --demo");
            case AWS -> new AwsCheck(config.aws(), config.maxApiCost());
            case AZURE -> new AzureCheck(config.azure());
            case GCP -> new GcpCheck(config.gcp(), config.maxApiCost());
            case TRINO ->
                new TrinoCheck(config.inputs().tables(), new TrinoLogin(System::getenv), Scan.lastFullDays(config));
            case PROMETHEUS ->
                throw new UserError(
                        "the source " + source.key() + " is not available yet.",
                        "Export its bill and metrics and check the files: aiaudit sources check files FOLDER");
        };
    }
}
