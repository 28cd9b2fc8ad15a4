package io.aiaudit.testing;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/**
 * Everything that a collector handed over, kept in memory: what a scan would do with it is left out. Files are read
 * before the collector removes them.
 */
public final class Gathered implements Sink {
    public final List<Resource> resources = new ArrayList<>();
    public final List<MetricHour> metrics = new ArrayList<>();
    public final List<Offer> offers = new ArrayList<>();
    public final List<Commitment> commitments = new ArrayList<>();
    public final List<Advice> advice = new ArrayList<>();

    /** Of the commitments and then of the advice, in their order; null = that of the audit. */
    public final List<String> currencies = new ArrayList<>();

    public final List<Gap> gaps = new ArrayList<>();
    public final List<String> warnings = new ArrayList<>();
    public final List<FileSet> files = new ArrayList<>();
    public final Map<Path, String> texts = new HashMap<>();

    /** All slices one after the other; a failure that the collector explains is a gap. */
    public static Gathered from(Collector collector, Window window) throws Exception {
        Gathered gathered = new Gathered();
        try (collector) {
            List<Slice> slices = new ArrayList<>(); // of all accounts before the first is read, as a scan does it
            for (String account : collector.accounts(gathered::gap)) {
                gathered.guarded(
                        collector,
                        account,
                        gap -> gap.in(account, null, null),
                        () -> slices.addAll(collector.plan(account, window)));
            }
            for (Slice slice : slices) {
                Gathered landed = new Gathered();
                gathered.guarded(collector, slice.toString(), slice::locate, () -> {
                    collector.collect(slice, window, gathered::ofKind, landed);
                    gathered.add(landed);
                });
            }
        }
        return gathered;
    }

    /** A slice lands whole or not at all. */
    private void add(Gathered slice) {
        resources.addAll(slice.resources);
        metrics.addAll(slice.metrics);
        offers.addAll(slice.offers);
        commitments.addAll(slice.commitments);
        advice.addAll(slice.advice);
        currencies.addAll(slice.currencies);
        gaps.addAll(slice.gaps);
        warnings.addAll(slice.warnings);
        files.addAll(slice.files);
        texts.putAll(slice.texts);
    }

    private interface Work {
        void run() throws Exception;
    }

    private void guarded(Collector collector, String scope, UnaryOperator<Gap> where, Work work) throws Exception {
        try {
            work.run();
        } catch (UserError e) {
            gaps.add(where.apply(new Gap(collector.source(), scope, e.problem(), e.fix())));
        } catch (RuntimeException e) {
            UserError error = collector.explain(e).orElseThrow(() -> e);
            gaps.add(where.apply(new Gap(collector.source(), scope, error.problem(), error.fix())));
        }
    }

    private List<Resource> ofKind(String kind) {
        return resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .toList();
    }

    public Resource resource(String name) {
        return resources.stream()
                .filter(resource -> name.equals(resource.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + resources));
    }

    public List<MetricHour> metric(String resourceName, String metric) {
        String id = ResourceIds.canonical(resource(resourceName).resourceId());
        return metrics.stream()
                .filter(hour -> ResourceIds.canonical(hour.resourceId()).equals(id)
                        && hour.metric().equals(metric))
                .toList();
    }

    @Override
    public void resource(Resource resource) {
        resources.add(resource);
    }

    @Override
    public void metric(MetricHour metricHour) {
        metrics.add(metricHour);
    }

    @Override
    public void offer(Offer offer) {
        offers.add(offer);
    }

    @Override
    public void commitment(Commitment commitment, String currency) {
        commitments.add(commitment);
        currencies.add(currency);
    }

    @Override
    public void advice(Advice one, String currency) {
        advice.add(one);
        currencies.add(currency);
    }

    @Override
    public void gap(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }

    @Override
    public void files(FileSet fileSet) {
        files.add(fileSet);
        for (Path file : fileSet.files()) {
            if (!file.toString().endsWith(".parquet")) {
                texts.put(file, text(file));
            }
        }
    }

    private static String text(Path file) {
        try {
            if (!file.toString().endsWith(".gz")) {
                return Files.readString(file);
            }
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
