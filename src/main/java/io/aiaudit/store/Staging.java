package io.aiaudit.store;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * One slice on its way into the {@link Store}: a transaction of its own, so that the slice lands whole or not at all.
 * For one thread.
 */
public final class Staging implements Sink {
    /** As a line of a file. */
    private static final long BYTES_OF_A_POINT = 100;

    private final Store store;
    private final Sql sql;
    private final String source;
    private final String scope;
    private final List<String> claimed = new ArrayList<>();
    private final Appended resources;
    private final Appended metrics;
    private final Appended offers;
    private final Appended commitments;
    private final Appended advice;
    private long sequence;
    private Sql bills;
    private final List<Gap> gaps = new ArrayList<>();

    Staging(Store store, Sql sql, String source, String scope) {
        this.store = store;
        this.sql = sql;
        this.source = source;
        this.scope = scope;
        this.resources = new Appended(sql, "work", "appended_resources");
        this.metrics = new Appended(sql, "work", "metrics");
        this.offers = new Appended(sql, "work", "offers");
        this.commitments = new Appended(sql, "work", "commitments");
        this.advice = new Appended(sql, "work", "advice");
        Macros.use(sql);
        sql.execute("BEGIN TRANSACTION");
    }

    @Override
    public void resource(Resource resource) {
        resources.row(
                source,
                scope,
                ++sequence,
                ResourceIds.canonical(resource.resourceId()),
                resource.kind(),
                resource.provider(),
                resource.accountId(),
                resource.accountName(),
                resource.region(),
                resource.name(),
                resource.machineType(),
                resource.replicas(),
                resource.accelerator(),
                decimal(resource.acceleratorCount()),
                decimal(resource.acceleratorMemoryGib()),
                decimal(resource.vcpus()),
                decimal(resource.memoryGib()),
                resource.createdAt(),
                resource.endedAt(),
                resource.state(),
                resource.purchase(),
                ResourceIds.canonical(resource.parentId()),
                workload(resource),
                Sql.json(resource.tags()),
                Sql.json(resource.attributes()));
    }

    /** A workload that is only the default follows the canonical id. */
    private static String workload(Resource resource) {
        return resource.resourceId().equals(resource.workload())
                ? ResourceIds.canonical(resource.resourceId())
                : resource.workload();
    }

    /** Sizes of machines: numbers of the SQL type DOUBLE. */
    private static Double decimal(java.math.BigDecimal size) {
        return size == null ? null : size.doubleValue();
    }

    @Override
    public void metric(MetricHour point) {
        metrics.row(
                source,
                scope,
                ResourceIds.canonical(point.resourceId()),
                point.metric(),
                point.hour(),
                point.average(),
                point.maximum(),
                point.total(),
                point.samples());
    }

    @Override
    public void offer(Offer offer) {
        offers.row(
                offer.provider(),
                offer.region(),
                offer.machineType(),
                offer.accelerator(),
                decimal(offer.acceleratorCount()),
                decimal(offer.acceleratorMemoryGib()),
                decimal(offer.vcpus()),
                decimal(offer.memoryGib()),
                offer.onDemand(),
                offer.spot(),
                offer.committed1y(),
                offer.committed3y(),
                offer.currency(),
                offer.asOf());
    }

    @Override
    public void commitment(Commitment commitment, String currency) {
        commitments.row(
                commitment.provider(),
                commitment.commitmentId(),
                Tokens.hide(commitment.kind()),
                Tokens.hide(commitment.scope()),
                commitment.start(),
                commitment.end(),
                commitment.hourlyCommitment(),
                commitment.usedShare(),
                currency);
    }

    @Override
    public void advice(Advice note, String currency) {
        advice.row(
                ResourceIds.canonical(note.resourceId()),
                note.source(),
                Tokens.hide(note.recommendation()),
                note.monthlySaving(),
                currency);
    }

    @Override
    public void gap(Gap gap) {
        gaps.add(gap);
        GapRow.insert(sql, "work.gaps", gap);
    }

    /** What it could not read. */
    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    @Override
    public void warning(String message) {
        sql.update("INSERT INTO work.warnings VALUES (?, ?, ?)", source, scope, message);
    }

    /**
     * A part of an export that is no bill takes no other part with it: a transaction that failed is begun anew, without
     * that part, which is a gap.
     */
    @Override
    public void files(FileSet files) {
        boolean isAlone =
                bills == null && !files.runs().isEmpty() && !files.names().isEmpty();
        List<String> before = List.copyOf(claimed);
        FileSet left = files;
        for (boolean isRead = false; !isRead; ) {
            FileLoad load = load(files);
            try {
                load.read(left);
                isRead = true;
            } catch (UserError e) {
                if (!isAlone || left.files().size() == 1) {
                    throw e;
                }
                broken(files.name(load.current()), e);
                left = left.without(load.current());
                claimed.stream().filter(claim -> !before.contains(claim)).forEach(store::release);
                claimed.retainAll(before);
                bills.close();
                bills = null;
                store.leavesBytes();
            }
        }
    }

    private FileLoad load(FileSet files) {
        return new FileLoad(
                sql, files.content() == FileSet.Content.BILLING ? bills() : sql, store, source, scope, claimed);
    }

    private void broken(String name, UserError error) {
        gap(new Gap(
                source,
                name,
                "the part can't be read: " + error.problem().replaceFirst("^\\Q" + name + "\\E:? *", "it "),
                error.fix() + " The costs in this part are excluded from totals."));
    }

    /** Rows of bills are written where they stay: in the store itself, which takes a transaction of its own. */
    private Sql bills() {
        if (bills == null) {
            bills = sql.another();
            Macros.use(bills);
            bills.execute("BEGIN TRANSACTION");
        }
        return bills;
    }

    void land() {
        try {
            List.of(resources, metrics, offers, commitments, advice).forEach(Appended::finish);
            store.expect(metrics.rows() * BYTES_OF_A_POINT);
            sql.update("INSERT INTO work.resources SELECT * REPLACE (tags::JSON::MAP(VARCHAR, VARCHAR) AS tags,"
                    + " attributes::JSON::MAP(VARCHAR, VARCHAR) AS attributes) FROM work.appended_resources");
            sql.update("DELETE FROM work.appended_resources");
            sql.execute("COMMIT");
            // Last, since a slice of which only the rest landed counts no money.
            if (bills != null) {
                bills.execute("COMMIT");
            }
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
        close();
    }

    /** Closing a connection rolls its transaction back, also after an error in it. */
    void drop() {
        claimed.forEach(store::release);
        if (bills != null) {
            store.leavesBytes();
        }
        List.of(resources, metrics, offers, commitments, advice).forEach(Appended::abandon);
        close();
    }

    private void close() {
        if (bills != null) {
            bills.close();
        }
        sql.close();
    }
}
