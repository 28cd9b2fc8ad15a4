package io.aiaudit.collect.demo;

import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that the demo company hands over, kept in memory. */
final class Collected implements Sink {
    final List<Resource> resources = new ArrayList<>();
    final List<MetricHour> metrics = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();
    final List<Commitment> commitments = new ArrayList<>();
    final List<Advice> advice = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    final List<FileSet> files = new ArrayList<>();

    static Collected in(Path folder) throws IOException {
        DemoCollector collector = new DemoCollector(folder);
        Collected collected = new Collected();
        for (Slice slice : collector.plan("", DemoCollector.MONTH)) {
            collector.collect(slice, DemoCollector.MONTH, kind -> List.of(), collected);
        }
        return collected;
    }

    Resource resource(String name) {
        return resources.stream()
                .filter(resource -> name.equals(resource.name()))
                .findFirst()
                .orElseThrow();
    }

    List<MetricHour> metric(String resourceName, String metric) {
        String id = resource(resourceName).resourceId();
        return metrics.stream()
                .filter(hour -> hour.resourceId().equals(id) && hour.metric().equals(metric))
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
    }

    @Override
    public void advice(Advice one, String currency) {
        advice.add(one);
    }

    @Override
    public void gap(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void warning(String message) {}

    @Override
    public void files(FileSet fileSet) {
        files.add(fileSet);
    }
}
