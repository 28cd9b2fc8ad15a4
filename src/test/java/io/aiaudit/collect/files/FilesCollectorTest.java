package io.aiaudit.collect.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilesCollectorTest {
    private static final Window WINDOW = Window.parse("2026-06-01/2026-07-01");

    private static FileSet set(FileSet.Content content, String label) {
        return new FileSet(content, label, List.of(Path.of(label)), Set.of());
    }

    /** Keeps the files that it is given. */
    private static final class Files implements Sink {
        private final List<FileSet> given = new ArrayList<>();

        @Override
        public void resource(Resource resource) {
            throw new AssertionError(resource);
        }

        @Override
        public void metric(MetricHour metricHour) {
            throw new AssertionError(metricHour);
        }

        @Override
        public void offer(Offer offer) {
            throw new AssertionError(offer);
        }

        @Override
        public void commitment(Commitment commitment, String currency) {
            throw new AssertionError(commitment);
        }

        @Override
        public void advice(Advice advice, String currency) {
            throw new AssertionError(advice);
        }

        @Override
        public void gap(Gap gap) {
            throw new AssertionError(gap);
        }

        @Override
        public void warning(String message) {}

        @Override
        public void files(FileSet files) {
            given.add(files);
        }
    }

    @Test
    void each_set_is_a_slice_and_metrics_come_last() {
        FilesCollector collector = new FilesCollector(List.of(
                set(FileSet.Content.USAGE, "u.csv"),
                set(FileSet.Content.BILLING, "a/"),
                set(FileSet.Content.INVENTORY, "i.csv"),
                set(FileSet.Content.BILLING, "b.csv")));
        assertThat(collector.plan("", WINDOW))
                .containsExactly(
                        new Slice("", "a/", Slice.Dataset.BILLING),
                        new Slice("", "b.csv", Slice.Dataset.BILLING),
                        new Slice("", "i.csv", Slice.Dataset.INVENTORY),
                        new Slice("", "u.csv", Slice.Dataset.METRICS));
    }

    @Test
    void a_slice_hands_over_its_own_files() {
        FileSet bill = set(FileSet.Content.BILLING, "same.csv");
        FileSet inventory = set(FileSet.Content.INVENTORY, "same.csv");
        FilesCollector collector = new FilesCollector(List.of(bill, inventory));
        Files sink = new Files();
        collector.collect(new Slice("", "same.csv", Slice.Dataset.INVENTORY), WINDOW, kind -> List.of(), sink);
        assertThat(sink.given).containsExactly(inventory);
    }
}
