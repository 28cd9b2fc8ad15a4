package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bcmdataexports.BcmDataExportsClient;
import software.amazon.awssdk.services.bcmdataexports.model.Export;
import software.amazon.awssdk.services.bcmdataexports.model.ExportReference;
import software.amazon.awssdk.services.bcmdataexports.model.S3Destination;
import software.amazon.awssdk.services.costandusagereport.CostAndUsageReportClient;
import software.amazon.awssdk.services.costandusagereport.model.ReportDefinition;

/**
 * The bill of the accounts, the cheapest source with enough detail: an export that lies in S3 already, else Cost
 * Explorer, which has resources of 14 days at most and charges for each request. Reports which source it took, and why.
 */
final class AwsBill {
    private static final AwsService<BcmDataExportsClient> DATA_EXPORTS = AwsService.of(
                    "BcmDataExports", "bcm-data-exports", BcmDataExportsClient.class, BcmDataExportsClient::builder)
            .atHome();
    private static final AwsService<CostAndUsageReportClient> REPORTS = AwsService.of(
                    "CostAndUsageReport", "cur", CostAndUsageReportClient.class, CostAndUsageReportClient::builder)
            .atHome();

    /** What is called here. An export can be tried only where there is one. */
    static final List<AwsOperation> OPERATIONS = AwsOperation.all(
            List.of(
                    DATA_EXPORTS
                            .operation("ListExports", Frequency.BILL, BILL)
                            .granted(Grant.PAYER)
                            .probe(client -> client.listExports(request -> request.maxResults(1))),
                    DATA_EXPORTS
                            .operation("GetExport", S3Export.FOUND, BILL)
                            .granted(Grant.PAYER)
                            .probe(client -> client.listExports(request -> request.maxResults(1))
                                    .exports()
                                    .forEach(listed ->
                                            client.getExport(request -> request.exportArn(listed.exportArn())))),
                    REPORTS.operation("DescribeReportDefinitions", Frequency.BILL, BILL)
                            .granted(Grant.PAYER)
                            .probe(client -> client.describeReportDefinitions(request -> request.maxResults(5)))),
            S3Export.OPERATIONS,
            AthenaTable.OPERATIONS,
            AthenaBill.OPERATIONS,
            CostExplorer.OPERATIONS,
            ResourceCosts.OPERATIONS);

    private static final String LABEL = "bill";
    private static final String REPORT = "COST_AND_USAGE_REPORT";

    /** Of Data Exports, the best first. */
    private static final List<String> TABLES = List.of("FOCUS_1_2_AWS", "FOCUS_1_0_AWS", REPORT);

    private static final Pattern WHERE = Pattern.compile("\\bWHERE\\b");

    private final AwsAccounts accounts;
    private final AwsScope scope;
    private final Path scratch;
    private final List<String> reasons = new ArrayList<>();

    /** Exports that there are and that are not the bill, and why. */
    private final List<String> passedOver = new ArrayList<>();

    /** Searches for an export that failed. */
    private final List<Gap> unsearched = new ArrayList<>();

    /** Exports are downloaded into {@code scratch}, and removed when they are read. */
    AwsBill(AwsAccounts accounts, AwsScope scope, Path scratch) {
        this.accounts = accounts;
        this.scope = scope;
        this.scratch = scratch;
    }

    static String label() {
        return LABEL;
    }

    void read(Window window, Sink sink) throws IOException, InterruptedException {
        AwsSession payer = accounts.payer();
        for (S3Export export : exports(payer)) {
            if (isRead(export, payer, window, sink)) {
                unsearched(payer, sink);
                if (!passedOver.isEmpty()) {
                    sink.warning("Not used as the bill of aws: " + String.join("; ", passedOver) + ".");
                }
                return;
            }
        }
        reasons.addAll(passedOver);
        unsearched(payer, sink);
        sink.warning("The bill of aws comes from Cost Explorer, by service and meter"
                + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons))
                + ". To set up an export, see docs/aws.md.");
        new CostExplorer(accounts, scratch).read(window, sink);
    }

    /** The role of an account other than the caller's need not list exports. */
    private void unsearched(AwsSession payer, Sink sink) {
        if (accounts.isCaller(payer.account())) {
            unsearched.forEach(sink::gap);
        }
    }

    /** One that cannot be read is a gap, and no reason to go without a bill. */
    private boolean isRead(S3Export export, AwsSession payer, Window window, Sink sink)
            throws IOException, InterruptedException {
        try {
            switch (export.read(payer, scope.athena(), window, scratch, sink)) {
                case READ -> {
                    return true;
                }
                case ALL_BROKEN -> {
                    passedOver.add(export.name() + " cannot be read (each of its parts broke off)");
                    return false;
                }
                case NOTHING_OF_THE_WINDOW -> {
                    // reported below
                }
            }
        } catch (SdkException e) {
            UserError error = AwsFailure.explain(e).orElseThrow();
            sink.gap(new Gap("aws", export.label(), error.problem(), error.fix()));
            passedOver.add(export.name() + " cannot be read (" + bare(error) + ")");
            return false;
        }
        passedOver.add(export.name() + " has no data of the window");
        if (scope.export() != null) {
            sink.gap(new Gap(
                    "aws",
                    scope.export(),
                    "the export named by aws: export has no data of " + window
                            + ", or does not exist; Cost Explorer was used instead.",
                    "Correct the address: aws s3 ls --recursive " + scope.export()
                            + ". Omit aws: export in aiaudit.yaml to search for an export."));
        }
        return false;
    }

    /** Where the bill most likely lies, if it does. */
    Optional<S3Export> export(AwsSession payer) {
        return exports(payer).stream().findFirst();
    }

    /** Where the bill may lie, the best first: what the configuration names, else what is found. */
    private List<S3Export> exports(AwsSession payer) {
        if (scope.export() != null) {
            S3Export export = S3Export.named(scope.export(), payer.region());
            return List.of(export.in(regionOf(export, payer)));
        }
        return Stream.concat(
                        found("Data Exports", found -> dataExports(payer, found)).stream(),
                        found("the Cost and Usage Reports", found -> reports(payer, found)).stream())
                .sorted(Comparator.comparing(S3Export::rank).thenComparing(S3Export::name))
                .toList();
    }

    /** Where the region is denied, the bucket is assumed to be in the home region; if it is not, reading it fails. */
    private static String regionOf(S3Export export, AwsSession payer) {
        try {
            return new LogBucket(payer, export.bucket(), false).region();
        } catch (SdkException e) {
            return payer.region();
        }
    }

    /**
     * What a search finds until it fails, which is a gap: another search may find an export that has less, and Cost
     * Explorer shows less than any, such as what a commitment covers.
     */
    private List<S3Export> found(String what, Consumer<List<S3Export>> search) {
        int before = passedOver.size();
        List<S3Export> found = new ArrayList<>();
        try {
            search.accept(found);
            if (found.isEmpty() && passedOver.size() == before) {
                reasons.add(what + " have none with resources");
            }
        } catch (SdkException e) {
            unsearched(what, "can't be queried", e);
        }
        return found;
    }

    private void unsearched(String what, String outcome, SdkException failure) {
        UserError error = AwsFailure.explain(failure).orElseThrow();
        if (failure instanceof AwsServiceException answer && AwsFailure.isUnknownOperation(answer)) {
            passedOver.add(what + " " + outcome + " (" + bare(error) + ")");
        } else {
            unsearched(what, outcome, error);
        }
    }

    private void unsearched(String what, String outcome, UserError error) {
        passedOver.add(what + " " + outcome + " (" + bare(error) + ")");
        unsearched.add(new Gap("aws", what, error.problem(), error.fix()));
    }

    private static String bare(UserError error) {
        return error.problem().replaceAll("[.]$", "");
    }

    private void dataExports(AwsSession payer, List<S3Export> found) {
        BcmDataExportsClient client = payer.client(BcmDataExportsClient.class, BcmDataExportsClient::builder);
        client.listExportsPaginator(request -> request.maxResults(100))
                .exports()
                .forEach(listed -> dataExport(client, listed).ifPresent(found::add));
    }

    /** One that cannot be looked at hides no other. */
    private Optional<S3Export> dataExport(BcmDataExportsClient client, ExportReference listed) {
        try {
            Export export = client.getExport(request -> request.exportArn(listed.exportArn()))
                    .export();
            if (export == null || export.dataQuery() == null) {
                unsearched(
                        "the export " + listed.exportName(),
                        "cannot be read",
                        new UserError(
                                "the response of bcm-data-exports:GetExport does not describe it.",
                                "Run it again, or name it in aiaudit.yaml: aws: {export: s3://BUCKET/PREFIX/NAME}"));
                return Optional.empty();
            }
            return rank(export).map(rank -> {
                S3Destination s3 = export.destinationConfigurations().s3Destination();
                return new S3Export(rank, export.name(), s3.s3Bucket(), s3.s3Prefix(), s3.s3Region());
            });
        } catch (SdkException e) {
            unsearched("the export " + listed.exportName(), "cannot be read", e);
            return Optional.empty();
        }
    }

    /**
     * FOCUS before the Cost and Usage Report; other tables, and exports without resources, are no bills for us. A
     * partial export of the bill is reported.
     */
    private Optional<Integer> rank(Export export) {
        String query = export.dataQuery().queryStatement().toUpperCase(Locale.ROOT);
        Optional<String> table = TABLES.stream().filter(query::contains).findFirst();
        if (table.isEmpty() || export.destinationConfigurations() == null || !hasResources(export, table.get())) {
            return Optional.empty();
        }
        Optional<String> narrowed = narrowed(export, query);
        narrowed.ifPresent(by -> passedOver.add(export.name() + " is not the whole bill (" + by + ")"));
        return narrowed.isPresent() ? Optional.empty() : table.map(TABLES::indexOf);
    }

    /** FOCUS always has them; the Cost and Usage Report only where the export is configured with them. */
    private static boolean hasResources(Export export, String table) {
        List<String> settings = configured(export, "INCLUDE_RESOURCES");
        return settings.isEmpty() ? !table.equals(REPORT) : settings.stream().noneMatch("FALSE"::equalsIgnoreCase);
    }

    /** By what an export leaves out some of the bill: its query, or a view other than that of all. */
    private static Optional<String> narrowed(Export export, String query) {
        if (WHERE.matcher(query).find()) {
            return Optional.of("its query has a WHERE");
        }
        return configured(export, "BILLING_VIEW_ARN").stream()
                .filter(view -> !view.endsWith("/primary"))
                .findFirst()
                .map(view -> "it is of the billing view " + view);
    }

    private static List<String> configured(Export export, String property) {
        return export.dataQuery().tableConfigurations().values().stream()
                .map(table -> table.get(property))
                .filter(Objects::nonNull)
                .toList();
    }

    private static void reports(AwsSession payer, List<S3Export> found) {
        CostAndUsageReportClient client =
                payer.client(CostAndUsageReportClient.class, CostAndUsageReportClient::builder);
        client.describeReportDefinitionsPaginator(request -> {}).stream()
                .flatMap(page -> page.reportDefinitions().stream())
                .filter(report -> report.additionalSchemaElementsAsStrings().contains("RESOURCES"))
                .forEach(report -> found.add(legacy(report)));
    }

    private static S3Export legacy(ReportDefinition report) {
        return new S3Export(9, report.reportName(), report.s3Bucket(), report.s3Prefix(), report.s3RegionAsString());
    }
}
