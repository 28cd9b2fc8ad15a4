package io.aiaudit.collect.azure;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The bill of a subscription: an export that lies in Blob storage already, else the queries of Cost Management. Says
 * which it took, and why.
 */
final class AzureBill extends AzurePart {
    private final Path scratch;
    private final Predicate<Path> hasRows;

    /**
     * Exports are downloaded into {@code scratch}, and removed when they are read. {@code hasRows} is the test for
     * Parquet files.
     */
    AzureBill(Path scratch, Predicate<Path> hasRows) {
        super(
                "bill",
                Slice.Dataset.BILLING,
                Stream.concat(CostExport.OPERATIONS.stream(), Stream.of(CostQuery.QUERY))
                        .toList());
        this.scratch = scratch;
        this.hasRows = hasRows;
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws IOException {
        if (session.arm().scope().export() != null) {
            named(session.arm(), window, sink);
            return;
        }
        List<String> reasons = new ArrayList<>();
        for (CostExport export : exports(session, reasons, sink)) {
            Optional<List<Window>> missingDays = read(export, session, window, sink, reasons);
            if (missingDays.isPresent()) {
                query(export, missingDays.get(), session, sink);
                return;
            }
        }
        Optional<Path> costs = new CostQuery(session, scratch).read(window);
        hand(costs, "Cost Management of " + session.subscription(), sink);
        String why = String.join("; ", reasons) + ".";
        sink.warning(
                costs.isPresent()
                        ? "The bill of azure " + session.subscription()
                                + " comes from queries of Cost Management, by day, resource and meter, amortized: "
                                + why + " To set up an export, see docs/azure.md."
                        : "Cost Management has no costs of the subscription " + session.subscription() + " in " + window
                                + ": " + why);
    }

    /** Queries the days that an export lacks. Where they cannot be queried, the days of the export are kept. */
    private void query(CostExport export, List<Window> missingDays, AzureSession session, Sink sink)
            throws IOException {
        Details details = session.details(sink);
        for (Window stretch : missingDays) {
            sink.warning("The export " + export.name() + " has no data of " + stretch + ": the bill of azure "
                    + session.subscription() + " comes from queries of Cost Management there, amortized.");
            Optional<Path> costs = details.call("costs of " + stretch, () -> costs(session, stretch))
                    .flatMap(found -> found);
            hand(costs, "Cost Management of " + session.subscription() + ", " + stretch, sink);
        }
    }

    private Optional<Path> costs(AzureSession session, Window stretch) {
        try {
            return new CostQuery(session, scratch).read(stretch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hand(Optional<Path> costs, String label, Sink sink) throws IOException {
        if (costs.isPresent()) {
            sink.files(FileSet.fetched(FileSet.Content.BILLING, label, costs.get(), Set.of()));
            Files.delete(costs.get());
        }
    }

    /** Which subscriptions it is about is not known: the days that it lacks cannot be queried instead. */
    private void named(Arm arm, Window window, Sink sink) throws IOException {
        CostExport export = CostExport.named(arm, arm.scope().export());
        CostExport.Coverage coverage = export.read(window, scratch, hasRows, sink);
        if (coverage.missingDays() == null) {
            throw new UserError(
                    "the export " + export.name() + " has no complete data of " + window
                            + (coverage.withoutRows() == null ? "" : " with rows: " + withoutRows(coverage)) + ".",
                    "Check its runs: az costmanagement export show --name " + export.name() + " --scope "
                            + export.scope() + ". Or omit azure: export; then Cost Management is used.");
        }
        warnWithoutRows(export, coverage, sink);
        coverage.missingDays()
                .forEach(stretch -> sink.gap(new Gap(
                        "azure",
                        "the export " + export.name(),
                        "it has no data of " + stretch + ".",
                        "Run it for those days: Cost Management, Exports, " + export.name()
                                + ", Export selected dates.")));
    }

    /**
     * What cannot be listed is a reason to take queries, and a gap: they show less than an export, such as what a
     * commitment covers.
     */
    private static List<CostExport> exports(AzureSession session, List<String> reasons, Sink sink) {
        try {
            List<CostExport> exports = CostExport.of(session.arm(), "subscriptions/" + session.subscription());
            if (exports.isEmpty()) {
                reasons.add("the subscription has no export of its costs");
            }
            return exports;
        } catch (RestFailure e) {
            reasons.add("its exports can't be queried (" + sentence(session, e) + ")");
            session.details(sink).failed("exports of costs", null, e);
            return List.of();
        }
    }

    /** One that cannot be read is a gap, and no reason to go without a bill. */
    private Optional<List<Window>> read(
            CostExport export, AzureSession session, Window window, Sink sink, List<String> reasons)
            throws IOException {
        try {
            CostExport.Coverage coverage = export.read(window, scratch, hasRows, sink);
            if (coverage.missingDays() == null) {
                reasons.add("the export " + export.name() + " has no complete data of the window"
                        + (coverage.withoutRows() == null ? "" : " with rows: " + withoutRows(coverage)));
                return Optional.empty();
            }
            warnWithoutRows(export, coverage, sink);
            return Optional.of(coverage.missingDays());
        } catch (RuntimeException e) {
            UserError error = e instanceof UserError refusal
                    ? refusal
                    : session.arm().explain(e).orElseThrow(() -> e);
            reasons.add("the export " + export.name() + " cannot be read (" + bare(error) + ")");
            session.details(sink).failed("bill", "the export " + export.name(), error);
            return Optional.empty();
        }
    }

    /** It looks the same as a month without any cost, and is no bill either way. */
    private static void warnWithoutRows(CostExport export, CostExport.Coverage coverage, Sink sink) {
        if (coverage.withoutRows() != null) {
            sink.warning("The export " + export.name() + ": " + withoutRows(coverage)
                    + ", which does not mean zero cost; the bill comes from earlier runs.");
        }
    }

    private static String withoutRows(CostExport.Coverage coverage) {
        return "there are no rows in its newest run, " + coverage.withoutRows().origin();
    }

    private static String sentence(AzureSession session, RestFailure failure) {
        return bare(session.arm().explain(failure).orElseThrow());
    }

    private static String bare(UserError error) {
        return error.problem().replaceAll("[.]$", "");
    }
}
