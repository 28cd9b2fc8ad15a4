package io.aiaudit.collect;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sink that keeps the gaps of a slice and reports the same gap of many objects once: it names the first of them and
 * counts the others, and adds where it is. One slice has one of these.
 */
public final class ObjectGaps implements Sink {
    private static final int NAMED = 3;

    private final Slice slice;
    private final Sink sink;
    private final Set<Gap> reported;
    private final Map<Gap, Set<String>> objects = new LinkedHashMap<>();

    /**
     * {@code reported} are the gaps of the other slices of a scan, none of which is reported again; safe for several
     * threads.
     */
    public ObjectGaps(Slice slice, Sink sink, Set<Gap> reported) {
        this.slice = slice;
        this.sink = sink;
        this.reported = reported;
    }

    @Override
    public void gap(Gap gap, String object) {
        objects.computeIfAbsent(gap, key -> new LinkedHashSet<>()).add(object);
    }

    /** Hands over what is not known, last of all in a slice. */
    public void report() {
        objects.forEach((gap, names) -> {
            Gap whole = names.isEmpty() ? gap : gap.of(List.copyOf(names), some(names));
            if (reported.add(whole)) {
                sink.gap(slice.locate(whole));
            } else {
                sink.incomplete();
            }
        });
    }

    private static String some(Set<String> names) {
        String first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }

    @Override
    public void resource(Resource resource) {
        sink.resource(resource);
    }

    @Override
    public void metric(MetricHour metricHour) {
        sink.metric(metricHour);
    }

    @Override
    public void offer(Offer offer) {
        sink.offer(offer);
    }

    @Override
    public void commitment(Commitment commitment, String currency) {
        sink.commitment(commitment, currency);
    }

    @Override
    public void advice(Advice advice, String currency) {
        sink.advice(advice, currency);
    }

    @Override
    public void gap(Gap gap) {
        objects.computeIfAbsent(gap, key -> new LinkedHashSet<>());
    }

    @Override
    public void incomplete() {
        sink.incomplete();
    }

    @Override
    public void warning(String message) {
        sink.warning(message);
    }

    @Override
    public void files(FileSet files) {
        sink.files(files);
    }
}
