package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tries every permission in every account, in one region of it and one list of each service in the others, and shows
 * what a scan could read.
 */
public final class AwsCheck implements SourceCheck {
    private static final List<AwsOperation> OPERATIONS = AwsCollector.operations();
    private static final String ALL_REGIONS = "all";
    private static final int THREADS = 8;

    private final AwsScope scope;
    private final BigDecimal maxApiCost;
    private final PermissionTrial trial = new PermissionTrial("aws", AwsFailure::explain, AwsCollector.measures());

    public AwsCheck(AwsScope scope, BigDecimal maxApiCost) {
        this.scope = scope;
        this.maxApiCost = maxApiCost;
    }

    @Override
    public String source() {
        return "aws";
    }

    @Override
    public SourceReport check() throws InterruptedException {
        Operations operations = Operations.of(OPERATIONS, maxApiCost);
        try (AwsClients clients = new AwsClients(operations)) {
            AwsAccounts accounts = new AwsAccounts(clients, scope);
            List<Part> reported = new ArrayList<>();
            List<AwsSession> sessions = new ArrayList<>();
            for (String account :
                    trial.explained(() -> accounts.find(gap -> reported.add(PermissionTrial.unread(gap))))) {
                reported.add(account(accounts, account, sessions));
            }
            List<Part> parts = together(reported);
            Optional<S3Export> export = sessions.isEmpty() ? Optional.empty() : export(accounts);
            AwsTrials trials = new AwsTrials(
                    tried(questions(accounts, sessions, export.orElse(null), scope.athena()), operations, accounts));
            // Without Athena an export is downloaded: no rule knows less.
            trials.lacking().stream()
                    .filter(operation -> operation.grant() != AwsOperation.Grant.ATHENA)
                    .forEach(trial::lacks);
            parts.addAll(trials.parts());
            if (!sessions.isEmpty() && export.isEmpty()) {
                parts.add(
                        Part.unused("s3:ListBucket, s3:GetObject", "No billing export found; Cost Explorer is used."));
            }
            if (!sessions.isEmpty()) {
                parts.add(athena(export));
            }
            return trial.report(
                    parts,
                    OPERATIONS,
                    "EC2 instances have GPU metrics only where an agent publishes them; see docs/aws.md.",
                    trials.anyDenied() ? AwsPolicy.json(scope) : "");
        }
    }

    /** The result for Athena, beside the permissions that were tried. */
    private Part athena(Optional<S3Export> export) {
        return Part.unused(
                "Athena and Glue",
                scope.athena() == null
                        ? "Not configured (aws: athena): a large export is downloaded."
                        : export.isEmpty()
                                ? "Configured, but no export was found to aggregate."
                                : "No query was started because queries cost money; athena:StartQueryExecution is "
                                        + "untested.");
    }

    /** Accounts with the same result are one part. */
    private static List<Part> together(List<Part> accounts) {
        Map<Part, Set<String>> names = new LinkedHashMap<>();
        for (Part part : accounts) {
            names.computeIfAbsent(
                            new Part("", part.state(), part.what(), part.problem(), part.fix()),
                            same -> new LinkedHashSet<>())
                    .add(part.name());
        }
        List<Part> together = new ArrayList<>();
        names.forEach((part, same) ->
                together.add(new Part(AwsTrials.few(same), part.state(), part.what(), part.problem(), part.fix())));
        return together;
    }

    /**
     * One line for an account; the regions of it that can be tried are added to {@code sessions}, the one to try
     * everything in first.
     */
    private Part account(AwsAccounts accounts, String account, List<AwsSession> sessions) {
        List<String> regions = new ArrayList<>();
        Optional<Part> closed = trial.closed(account, () -> regions.addAll(accounts.regions(account)));
        if (closed.isPresent()) {
            return closed.get();
        }
        Optional<String> off = regions.stream()
                .filter(region -> !accounts.isOn(account, region))
                .findFirst();
        if (off.isPresent()) {
            UserError error = accounts.off(account, off.get());
            return Part.missing(account + "/" + off.get(), error.problem(), error.fix());
        }
        String first = accounts.tryFirst(regions);
        sessions.add(accounts.session(account, first));
        regions.stream()
                .filter(region -> !region.equals(first))
                .forEach(region -> sessions.add(accounts.session(account, region)));
        return Part.ready(
                account,
                regions.size() == 1
                        ? "1 region, tried in " + first
                        : regions.size() + " regions; elsewhere than in " + first + " one list of each service");
    }

    private Optional<S3Export> export(AwsAccounts accounts) {
        return new AwsBill(accounts, scope, null).export(accounts.payer());
    }

    /** One permission to try in one region. */
    private record Question(AwsOperation operation, AwsOperation.Trial trial) {}

    private static List<Question> questions(
            AwsAccounts accounts, List<AwsSession> sessions, S3Export export, AthenaScope athena) {
        List<Question> questions = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        for (AwsSession session : sessions) {
            boolean first = begun.add(session.account());
            boolean pays = session.account().equals(accounts.payer().account());
            AwsOperation.Trial trial = new AwsOperation.Trial(session, export, athena);
            OPERATIONS.stream()
                    .filter(operation -> operation.isTried(trial))
                    .filter(operation -> first ? pays || !operation.isOfPayer() : operation.isTriedEverywhere())
                    .forEach(operation -> questions.add(new Question(operation, trial)));
        }
        return questions;
    }

    /** In the order of the questions, and first what has been called by then to get so far. */
    private List<AwsTrials.Tried> tried(List<Question> questions, Operations operations, AwsAccounts accounts)
            throws InterruptedException {
        List<AwsTrials.Tried> tried = new ArrayList<>();
        OPERATIONS.stream()
                .filter(operation -> operation.reads().contains(Operation.SCOPE)
                        && !operation.permission().isEmpty())
                .filter(operation -> !questions.isEmpty() && operations.called().contains(operation.name()))
                .forEach(operation -> tried.add(
                        new AwsTrials.Tried(operation, accounts.payer().account(), ALL_REGIONS, null)));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<AwsTrials.Tried> response : pool.invokeAll(questions.stream()
                    .map(question -> (Callable<AwsTrials.Tried>) () -> response(question))
                    .toList())) {
                tried.add(response.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a permission could not be tried", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return tried;
    }

    /** A missing object shows that the request is permitted. */
    private AwsTrials.Tried response(Question question) {
        AwsSession session = question.trial().session();
        UserError failure = trial.failure(() -> AwsFailure.unlessGone(() -> {
                    question.operation().probe(question.trial());
                    return true;
                }))
                .orElse(null);
        return new AwsTrials.Tried(question.operation(), session.account(), session.region(), failure);
    }
}
